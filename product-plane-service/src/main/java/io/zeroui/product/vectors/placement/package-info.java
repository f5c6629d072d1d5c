/**
 * Which partition a collection's points are in: small collections share one, large ones get their own with its index, and go back when they
 * have become small. Also removes what deleted collections and tenants leave behind.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.placement;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
