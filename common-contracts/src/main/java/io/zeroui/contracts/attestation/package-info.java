/**
 * Attestations about what was built and released, read and judged without a network: what all forms of them have in
 * common, which is why one may be refused and how their JSON is read within limits. Envelopes and statements are in
 * {@code dsse}, whom one believes in {@code trust}, bundles in {@code sigstore}, and the verdict in {@code verify}.
 *
 * <p>
 * Bouncy Castle's PKIX library is an optional dependency here: who verifies brings it, the other planes do without.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.attestation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
