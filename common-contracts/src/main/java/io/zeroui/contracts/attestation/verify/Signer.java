package io.zeroui.contracts.attestation.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who has verifiably signed.
 *
 * @param kid of a trusted key; absent with a certificate
 * @param identity that the certificate names; absent with a key
 * @param issuer of that identity; absent with a key
 * @param fingerprint {@code sha256:} and the SHA-256 of the public key in hex
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Signer(@Nullable String kid, @Nullable String identity, @Nullable String issuer, String fingerprint) {
}
