package io.zeroui.runtime.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Files with private keys: only the service may read them. */
public final class SecretFile {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {
    }

    /**
     * The text of a file, which is UTF-8. Blocking.
     *
     * @throws IOException when it cannot be read, or others can read or change it too
     */
    public static String read(Path file) throws IOException {
        if (mayOthers(file)) {
            throw new IOException(file + " may be read or changed by others; nobody but the service may (chmod 600)");
        }
        return Files.readString(file);
    }

    /** A secret that a cluster mounts is root's, and the group that may read it is the service's own: nobody else can. */
    private static boolean mayOthers(Path file) throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(OTHERS);
        Path self = Path.of("/proc/self");
        if (Files.getAttribute(file, "unix:uid").equals(0) && !Files.getAttribute(self, "unix:uid").equals(0)
                && Files.getAttribute(file, "unix:gid").equals(Files.getAttribute(self, "unix:gid"))) {
            others.remove(PosixFilePermission.GROUP_READ);
        }
        return Files.getPosixFilePermissions(file).stream().anyMatch(others::contains);
    }
}
