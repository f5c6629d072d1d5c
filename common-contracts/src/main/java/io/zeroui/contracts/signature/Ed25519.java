package io.zeroui.contracts.signature;

import java.security.SecureRandom;

/**
 * Ed25519 (RFC 8032) by the fastest implementation that works on this machine: the Corretto provider where its native
 * library loads, else BouncyCastle. The choice is made once, on first use.
 */
public final class Ed25519 {

    /** Bytes of a signature. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ed25519() {
    }

    /** The name of the implementation in use. */
    public static String provider() {
        return engine().name();
    }

    /** Whether the signature is the key's over the message. False for a signature of the wrong form. */
    public static boolean verify(Ed25519PublicKey key, byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_LENGTH && engine().verifyPrepared(key.prepared(), message, signature);
    }

    /** The 64 bytes of the key's signature over the message. */
    public static byte[] sign(Ed25519PrivateKey key, byte[] message) {
        return engine().signPrepared(key.prepared(), message);
    }

    /** A new random key pair. */
    public static Ed25519KeyPair newKeyPair() {
        byte[] seed = new byte[Ed25519PrivateKey.SEED_LENGTH];
        RANDOM.nextBytes(seed);
        Ed25519PrivateKey privateKey = Ed25519PrivateKey.ofSeed(seed);
        return new Ed25519KeyPair(privateKey, privateKey.publicKey());
    }

    static Ed25519Engine engine() {
        return Chosen.ENGINE;
    }

    /** Initialised by the JVM on first use. */
    private static final class Chosen {
        private static final Ed25519Engine ENGINE = Ed25519Engines.choose();
    }
}
