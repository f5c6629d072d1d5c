/**
 * What the product plane announced of its registry of tenants and edges, kept so that the ledger can be asked whose receipts
 * it may take while the product plane is away. Owns the tables {@code app.registry_*}; reads channel
 * {@code product-tenants}, writes {@code tenant-registry-questions}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.registry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
