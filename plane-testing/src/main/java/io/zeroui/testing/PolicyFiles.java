package io.zeroui.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Files that policies begin with: a root to believe in, and keys to sign with. */
public final class PolicyFiles {

    /** Where planes look for the root that they begin with. */
    public static final String ROOT_VARIABLE = "ZEROUI_POLICY_ROOT";
    /** Where the product plane looks for its keys. */
    public static final String KEYS_VARIABLE = "ZEROUI_POLICY_KEYS";

    private static final SecureRandom RANDOM = new SecureRandom();

    private PolicyFiles() {
    }

    /** Where the application under test looks for its root; nothing is there until a test writes it. */
    public static Path root(TempZuRoot fabric) {
        return fabric.path().resolveSibling(fabric.path().getFileName() + "-policy-root.json");
    }

    /** A file with a new key for every role, which nobody else may read. */
    public static Path newKeys() {
        try {
            Path file = Files.createTempFile("zeroui-policy-keys-", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            Files.writeString(file, List.of("root", "targets", "snapshot", "timestamp").stream().map(role -> role + "=" + seed() + "\n")
                    .collect(Collectors.joining()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String seed() {
        byte[] seed = new byte[32];
        RANDOM.nextBytes(seed);
        return HexFormat.of().formatHex(seed);
    }
}
