package io.zeroui.contracts.signature;

/** Public keys as the SPKI PEM texts that lie in trust folders as {@code {kid}.pem}. */
public final class SpkiPem {

    private SpkiPem() {
    }

    /**
     * Reads the first public key of a PEM text.
     *
     * @throws IllegalArgumentException when there is none, or it is not an Ed25519 key
     */
    public static Ed25519PublicKey read(String pem) {
        return Ed25519PublicKey.ofRaw(Pem.read(pem, Pem.PUBLIC_KEY, Pem.SPKI_PREFIX, Ed25519PublicKey.RAW_LENGTH));
    }

    /** The key as PEM text, ended by a line feed. */
    public static String write(Ed25519PublicKey key) {
        return Pem.write(key.raw(), Pem.PUBLIC_KEY, Pem.SPKI_PREFIX);
    }
}
