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
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one log. Every file is on the disk when a method that wrote it returns. Blocking. */
final class LogFiles implements TileSource {

    private static final String CHECKPOINT = "checkpoint";

    private final Path folder;

    LogFiles(Path folder) {
        this.folder = folder;
    }

    /** A full tile stands in for a partial one that is gone. */
    @Override
    public byte[] read(TilePath path) {
        try {
            return find(path).orElseThrow(() -> new InvalidTile(path, "is missing", null));
        } catch (IOException e) {
            throw new InvalidTile(path, "cannot be read", e);
        }
    }

    /** A tile or bundle; a full one stands in for a partial one. */
    Optional<byte[]> find(TilePath path) throws IOException {
        Optional<byte[]> found = bytes(folder.resolve(path.path()));
        return found.isPresent() || !path.isPartial() ? found : bytes(folder.resolve(path.full().path()));
    }

    Optional<byte[]> checkpoint() throws IOException {
        return bytes(folder.resolve(CHECKPOINT));
    }

    /** Writes a tile or bundle. */
    void write(TilePath path, byte[] content) {
        try {
            DurableFiles.replace(folder.resolve(path.path()), content);
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

    private static Optional<byte[]> bytes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
