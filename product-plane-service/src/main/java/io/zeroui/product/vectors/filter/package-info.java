/**
 * Conditions on points' ids and payloads, and their JSON form, which is Qdrant's. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.filter;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
