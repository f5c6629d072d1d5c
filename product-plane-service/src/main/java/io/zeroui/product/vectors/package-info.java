/**
 * Tenants' collections of points: vectors with a payload, found by nearness. Owns what {@code app.vector_collections} and its points mean;
 * the statements are in {@code vectors.store}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
