package io.zeroui.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state folders of test runtimes, {@code {base}/{pid}-{start of the process in ms}}: the name says which JVM owns one,
 * so that a folder whose owner was killed is recognised even when its process id is in use again.
 */
final class RuntimeFolders {

    private final Path base;

    RuntimeFolders(Path base) {
        this.base = base;
    }

    /** Below a folder that user {@code postgres} can pass through, one per user of the machine. */
    static RuntimeFolders ofThisUser() {
        return new RuntimeFolders(Path.of("/var/tmp", "zeroui-testing-" + System.getProperty("user.name")));
    }

    /** Makes this JVM's own folder. */
    Path create() {
        try {
            Files.createDirectories(base);
            Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
            Path folder = base.resolve(nameOf(ProcessHandle.current()));
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a state folder for tests below " + base, e);
        }
    }

    /** Takes the folders whose owner lives no more; only one JVM at a time does, others find nothing. */
    void removeAbandoned(Wiping wiping) {
        if (!Files.isDirectory(base)) {
            return;
        }
        try (FileChannel lockFile = FileChannel.open(base.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock lock = lockFile.tryLock()) {
            if (lock == null) {
                return;
            }
            for (Path folder : abandoned()) {
                wiping.wipe(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + base, e);
        }
    }

    List<Path> abandoned() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(base)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                if (Files.isDirectory(folder) && !ownerLives(folder.getFileName().toString())) {
                    found.add(folder);
                }
            }
        }
        return found;
    }

    static String nameOf(ProcessHandle process) {
        return process.pid() + "-" + process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }

    private static boolean ownerLives(String name) {
        int dash = name.indexOf('-');
        if (dash < 1 || !name.substring(0, dash).chars().allMatch(Character::isDigit)) {
            return true; // not ours to judge
        }
        return ProcessHandle.of(Long.parseLong(name.substring(0, dash)))
                .filter(process -> nameOf(process).equals(name))
                .isPresent();
    }

    /** Stops what runs on a state folder and removes it. */
    interface Wiping {
        void wipe(Path folder);
    }
}
