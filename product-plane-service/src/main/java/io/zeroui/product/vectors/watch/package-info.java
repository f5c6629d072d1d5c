/**
 * How well searches do: what they find against what is there, how they were answered, and in which state the partitions are, as metrics.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.watch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
