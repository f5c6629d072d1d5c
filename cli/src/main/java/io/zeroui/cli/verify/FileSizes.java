package io.zeroui.cli.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long the files of a ledger were before it was read. A ledger may be in use: a line is in its evidence file before the
 * journal names it, so only what was there a while before the journal is read must be named in it.
 */
final class FileSizes {

    /** Of a ledger of which nothing is known. */
    static final FileSizes NONE = new FileSizes();

    private static final Duration IN_USE = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Map<Path, Long> sizes = new HashMap<>();
    private Instant newest = Instant.MIN;

    private FileSizes() {
    }

    /** The sizes now; when something was written just before, returns only after what was begun then must have ended. */
    static FileSizes of(List<Path> folders) throws IOException {
        FileSizes sizes = new FileSizes();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                sizes.addAll(folder);
            }
        }
        sizes.settle();
        return sizes;
    }

    /** Bytes that the file had; 0 when it was not there. */
    long of(Path file) {
        return sizes.getOrDefault(file, 0L);
    }

    /** Whether a file was written so recently that a line of it may have been read while it was being overwritten. */
    static boolean isInUse(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(IN_USE));
    }

    private void addAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                add(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(Path file) throws IOException {
        try {
            if (Files.isRegularFile(file)) {
                sizes.put(file, Files.size(file));
                Instant written = Files.getLastModifiedTime(file).toInstant();
                newest = written.isAfter(newest) ? written : newest;
            }
        } catch (NoSuchFileException e) {
            return; // it went away meanwhile
        }
    }

    private void settle() throws IOException {
        if (newest.isBefore(Instant.now().minus(IN_USE))) {
            return;
        }
        try {
            Thread.sleep(SETTLED.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
