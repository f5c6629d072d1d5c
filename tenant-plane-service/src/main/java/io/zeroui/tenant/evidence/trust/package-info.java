/**
 * Which public keys a tenant's ledger accepts. Reads and writes {@code tenant/{tenant}/{region}/policy/trust/pubkeys}; also
 * reads {@code tenant/policy/trust/pubkeys}, where older tools keep keys.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.trust;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
