package io.zeroui.contracts.attestation.sigstore;

/**
 * A signature over an artifact that is not in the bundle.
 *
 * @param hash {@code SHA2_256}, {@code SHA2_384} or {@code SHA2_512}
 * @param digest of the artifact; nobody changes the bytes
 * @param signature its bytes; nobody changes them
 */
public record MessageSignature(String hash, byte[] digest, byte[] signature) {

    /** The hash's name in subjects' digests, for example {@code sha256}. */
    public String algorithm() {
        return hash.replace("SHA2_", "sha");
    }
}
