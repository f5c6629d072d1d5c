/**
 * Tenants' policies as files below {@code product/{region}/policy/registry}: each tenant's history of acts and its snapshots in
 * {@code releases}, what is derived of revocations in {@code revocations}. The files are the truth; one process writes them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy.registry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
