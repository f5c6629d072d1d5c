/**
 * Context that a tenant exports for search: redacted by the rules for receipts, allowed by the tenant's policies, kept in
 * {@code tenant/{tenant}/{region}/context/exports}, and sent on {@code tenant-context} until {@code product-context-acks} says that the product plane
 * has it, or has nothing of it any more. No tables.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.context;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
