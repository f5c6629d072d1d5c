/**
 * Sigstore bundles 0.1 to 0.3 and the checks of what is in them: certificate and its timestamp, log entry and its proof,
 * timestamps of RFC 3161. All offline, against a trust root.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.attestation.sigstore;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
