package io.zeroui.contracts.attestation.trust;

/**
 * A public key that may sign attestations.
 *
 * @param kid its name, which signatures give as a hint
 * @param key the key
 * @param validity when a signature by it is believed
 */
public record TrustedKey(String kid, VerifyingKey key, Validity validity) {

    /** Whether a signature's hint names this key: by its kid, or by its fingerprint in hex. */
    public boolean isNamedBy(String hint) {
        return hint.equals(kid) || hint.equals(key.fingerprint().hex());
    }
}
