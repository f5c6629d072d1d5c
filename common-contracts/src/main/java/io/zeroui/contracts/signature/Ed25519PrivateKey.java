package io.zeroui.contracts.signature;

/** A private key. It is never written below {@code ZU_ROOT} and never shown. */
public final class Ed25519PrivateKey {

    /** Bytes of the seed. */
    public static final int SEED_LENGTH = 32;

    private final byte[] seed;
    private final Object prepared;

    private Ed25519PrivateKey(byte[] seed) {
        this.seed = seed;
        this.prepared = Ed25519.engine().preparePrivate(seed);
    }

    /**
     * The key of a seed (RFC 8032 §5.1.5).
     *
     * @throws IllegalArgumentException when it does not have 32 bytes
     */
    public static Ed25519PrivateKey ofSeed(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new Ed25519PrivateKey(seed.clone());
    }

    /**
     * Reads a PKCS#8 PEM text (RFC 8410 §7).
     *
     * @throws IllegalArgumentException when it is not an Ed25519 private key
     */
    public static Ed25519PrivateKey fromPem(String pem) {
        return ofSeed(Pem.read(pem, Pem.PRIVATE_KEY, Pem.PKCS8_PREFIX, SEED_LENGTH));
    }

    /** The key as PKCS#8 PEM text, for a file that only its owner can read. */
    public String toPem() {
        return Pem.write(seed, Pem.PRIVATE_KEY, Pem.PKCS8_PREFIX);
    }

    /** The public key that belongs to it. */
    public Ed25519PublicKey publicKey() {
        byte[] raw = new byte[Ed25519PublicKey.RAW_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, raw, 0);
        return Ed25519PublicKey.ofRaw(raw);
    }

    byte[] seed() {
        return seed;
    }

    Object prepared() {
        return prepared;
    }

    @Override
    public String toString() {
        return "Ed25519PrivateKey[not shown]";
    }
}
