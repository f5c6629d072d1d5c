package io.zeroui.contracts.signature;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;

/** Finds the engines that work on this machine. */
final class Ed25519Engines {

    private Ed25519Engines() {
    }

    static Ed25519Engine choose() {
        return corretto().orElseGet(BouncyCastleEngine::new);
    }

    /** The Corretto provider, empty where its jar is missing or its native library does not load or does not work. */
    static Optional<Ed25519Engine> corretto() {
        try {
            Optional<Provider> found = CorrettoProvider.find();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Ed25519Engine engine = new ProviderEngine(found.get(), "Ed25519");
            return agreesWithPureJava(engine) ? Optional.of(engine) : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
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
