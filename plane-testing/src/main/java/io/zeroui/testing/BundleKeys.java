package io.zeroui.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A key that bundles are signed with: a random one per JVM, in a file that nobody else may read. */
public final class BundleKeys {

    /** Where planes look for the file. */
    public static final String VARIABLE = "ZEROUI_BUNDLE_KEY";

    private static final String FILE = "planes.under.test.bundle-key";
    private static final String PUBLIC = "planes.under.test.bundle-key.public";

    private BundleKeys() {
    }

    /** The file with the private key, PKCS #8 in PEM. The same for all class loaders in the JVM. */
    public static synchronized Path file() {
        String known = System.getProperty(FILE);
        if (known != null) {
            return Path.of(known);
        }
        KeyPair pair = newPair(2_048);
        Path file = write(pair, "rw-------");
        System.setProperty(FILE, file.toString());
        System.setProperty(PUBLIC, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        return file;
    }

    /** The public key of {@link #file()}: SPKI, DER. */
    public static byte[] publicKey() {
        Path file = file();
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is gone");
        }
        return Base64.getDecoder().decode(System.getProperty(PUBLIC));
    }

    /** A new pair. */
    public static KeyPair newPair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** A file with the private key of a pair, and these permissions. */
    public static Path write(KeyPair pair, String permissions) {
        try {
            Path file = Files.createTempFile("zeroui-bundle-key-", ".pem", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            String base64 = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(pair.getPrivate().getEncoded());
            Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
