/**
 * Attestations: who says what about adapters, emitters' keys, bills of materials and other artifacts, and whether he is
 * believed. Owns in {@code security/supply-chain} the acts {@code attestation-added}, {@code attestations-verified},
 * {@code attestation-linked} and {@code trust-set} and the documents that they name, and the tables {@code app.attestation*}
 * computed from them. Reads and writes no stream.
 *
 * <p>
 * A document is judged by {@code io.zeroui.contracts.attestation} when it comes and again under every new trust root; what
 * earlier ones made of it stays visible. What is not verified is kept too, with every reason.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain.attestation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
