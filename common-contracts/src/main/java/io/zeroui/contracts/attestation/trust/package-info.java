/**
 * Whom one believes: public keys and a threshold, certificate authorities and the identities that they may name,
 * transparency logs and timestamp authorities. Read from one document, which may hold a Sigstore trusted root.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.attestation.trust;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
