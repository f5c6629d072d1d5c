package io.zeroui.testing;

import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The key that rulings are signed with in tests, and the file that pins it; one for all planes of a test run. */
public final class RulingsFiles {

    /** Where the shared plane looks for its key. */
    public static final String KEY_VARIABLE = "ZEROUI_RULINGS_KEY";
    /** Where the planes that follow look for the keys that they believe. */
    public static final String TRUST_VARIABLE = "ZEROUI_RULINGS_TRUST";

    private static final byte[] SEED = seed();
    private static final Ed25519KeyPair KEYS = keys(SEED);
    private static final Path KEY = write("zeroui-rulings-key-", HexFormat.of().formatHex(SEED));
    private static final Path TRUST = write("zeroui-rulings-trust-", SpkiPem.write(KEYS.publicKey()));

    private RulingsFiles() {
    }

    /** The key, which tests sign with that play the shared plane. */
    public static Ed25519KeyPair keys() {
        return KEYS;
    }

    /** Another key, which nobody believes. */
    public static Ed25519KeyPair stranger() {
        return Ed25519.newKeyPair();
    }

    /** The file with the key; nobody else may read it. */
    public static Path key() {
        return KEY;
    }

    /** The file that pins it. */
    public static Path trust() {
        return TRUST;
    }

    private static Ed25519KeyPair keys(byte[] seed) {
        Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(seed);
        return new Ed25519KeyPair(key, key.publicKey());
    }

    private static Path write(String prefix, String text) {
        try {
            Path file = Files.createTempFile(prefix, "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] seed() {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        return seed;
    }
}
