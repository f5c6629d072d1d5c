/**
 * Context that tenants export: consumes {@code tenant-context}, keeps the texts as documents of a collection of the tenant, removes what is withdrawn
 * from all of its collections, and answers on {@code product-context-acks}. Tables {@code app.context_exports}, {@code app.context_epoch}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.context;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
