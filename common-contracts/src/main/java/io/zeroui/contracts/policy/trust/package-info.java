/**
 * How a policy's origin and freshness are proved: the roles, metadata form and client workflow of The Update Framework
 * (specification 1.0.34, §4 and §5), with Ed25519 keys and consistent snapshots. Each tenant has metadata of its own below one
 * root; each document but the root names its tenant, so that no tenant's can stand in for another's. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.policy.trust;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
