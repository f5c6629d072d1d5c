/**
 * The registry of tenants and edges: created, suspended, resumed, deleted here and nowhere else, and announced to the planes
 * that mirror it. Owns the tables of schema {@code registry}; writes channel {@code product-tenants}, reads
 * {@code tenant-registry-questions}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.tenants;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
