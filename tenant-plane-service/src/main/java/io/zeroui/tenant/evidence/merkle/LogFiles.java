package io.zeroui.tenant.evidence.merkle;

import io.zeroui.contracts.transparency.InvalidTile;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.TileSource;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one log. Every file is on the disk when a method that wrote it returns. Blocking. */
final class LogFiles implements TileSource {

    private static final String CHECKPOINT = "checkpoint";
    /** More than a note, a tile or a bundle of ours can have. */
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;

    LogFiles(Path folder) {
        this.folder = folder;
    }

    /** A full tile stands in for a partial one that is gone. */
    @Override
    public byte[] read(TilePath path) {
        try {
            Optional<byte[]> found = find(path);
            return (found.isPresent() || !path.isPartial() ? found : find(path.full())).orElseThrow(() -> InvalidTile.missing(path));
        } catch (IOException e) {
            throw new InvalidTile(path, "cannot be read", e);
        }
    }

    /** A tile or bundle of exactly this width. */
    Optional<byte[]> find(TilePath path) throws IOException {
        return bytes(folder.resolve(path.path()));
    }

    Optional<byte[]> checkpoint() throws IOException {
        return bytes(folder.resolve(CHECKPOINT));
    }

    /**
     * Writes a tile or bundle. One that is there already has these bytes, for all that is ever written follows from durable
     * lines: other bytes are a history that somebody changed, and are never signed over.
     *
     * @throws UncheckedIOException with {@link LogBroken} for other bytes
     */
    void write(TilePath path, byte[] content) {
        try {
            Optional<byte[]> before = find(path);
            if (before.isEmpty()) {
                DurableFiles.replace(folder.resolve(path.path()), content);
            } else if (!Arrays.equals(before.get(), content)) {
                throw new LogBroken(path + " is there already and has other lines than the journal", null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a checkpoint; readers see the one before or this one. */
    void writeCheckpoint(byte[] note) throws IOException {
        DurableFiles.replace(folder.resolve(CHECKPOINT), note);
    }

    /** Removes the partial tiles of a place that a published checkpoint has full; until then somebody may ask for them. */
    void removePartial(TilePath full) throws IOException {
        Path partials = folder.resolve(full.path() + ".p");
        if (!Files.isDirectory(partials)) {
            return;
        }
        try (Stream<Path> widths = Files.list(partials)) {
            for (Path width : widths.toList()) {
                Files.deleteIfExists(width);
            }
        }
        Files.deleteIfExists(partials);
    }

    /** Removes the full bundles before that one, the oldest first: a crash leaves no gap before which some would stay. */
    void removeBundles(long before) throws IOException {
        long first = before;
        while (first > 0 && Files.exists(bundle(first - 1))) {
            first--;
        }
        for (long index = first; index < before; index++) {
            Files.deleteIfExists(bundle(index));
        }
    }

    private Path bundle(long index) {
        return folder.resolve(new TilePath(TilePath.ENTRIES, index, TilePath.FULL_WIDTH).path());
    }

    private static Optional<byte[]> bytes(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is larger than any file of a log");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
