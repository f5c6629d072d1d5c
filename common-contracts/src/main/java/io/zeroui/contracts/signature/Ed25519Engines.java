package io.zeroui.contracts.signature;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;

/** Finds the engines that work on this machine. */
final class Ed25519Engines {

    private static final String CORRETTO_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final String CORRETTO_ED_KEYS = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private Ed25519Engines() {
    }

    static Ed25519Engine choose() {
        return corretto().orElseGet(BouncyCastleEngine::new);
    }

    /** The Corretto provider, empty where its jar is missing or its native library does not load or does not work. */
    static Optional<Ed25519Engine> corretto() {
        try {
            if (System.getProperty(CORRETTO_ED_KEYS) == null) {
                System.setProperty(CORRETTO_ED_KEYS, "true");
            }
            Object instance = Class.forName(CORRETTO_CLASS).getField("INSTANCE").get(null);
            if (!(instance instanceof Provider provider)) {
                return Optional.empty();
            }
            Ed25519Engine engine = new ProviderEngine(provider, "Ed25519");
            return agreesWithPureJava(engine) ? Optional.of(engine) : Optional.empty();
        } catch (ReflectiveOperationException | GeneralSecurityException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean agreesWithPureJava(Ed25519Engine engine) {
        byte[] seed = new byte[Ed25519PrivateKey.SEED_LENGTH];
        byte[] message = { 1, 2, 3 };
        byte[] raw = new byte[Ed25519PublicKey.RAW_LENGTH];
        byte[] signature = new byte[Ed25519.SIGNATURE_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, raw, 0);
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return engine.verifyPrepared(engine.prepare(raw), message, signature)
                && java.util.Arrays.equals(signature, engine.signPrepared(engine.preparePrivate(seed), message));
    }
}
