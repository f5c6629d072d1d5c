/**
 * How the product plane is doing: {@code GET /v1/status} and the channel {@code product-telemetry}. Owns no table.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.status;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
