/**
 * What collections and points are: names, dimensions, metrics, ids, payloads, and their limits. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
