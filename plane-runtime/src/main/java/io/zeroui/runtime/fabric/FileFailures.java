package io.zeroui.runtime.fabric;

import io.zeroui.runtime.fabric.OpenFile.ShortWriteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells a full disk from other failures. */
final class FileFailures {

    // strerror() of ENOSPC, EDQUOT and EFBIG; they may be translated, hence the other two signs.
    private static final List<String> FULL = List.of("No space left", "Disk quota exceeded", "File too large");

    private FileFailures() {
    }

    static FabricException toException(Path file, IOException cause, long wantedBytes) {
        return isFull(file, cause, wantedBytes)
                ? new FabricFullException("no room for " + wantedBytes + " bytes in " + file, cause)
                : new FabricException("could not write " + file + ": " + cause.getMessage(), cause);
    }

    private static boolean isFull(Path file, IOException cause, long wantedBytes) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ShortWriteException || FULL.stream().anyMatch(message::contains)) {
            return true;
        }
        try {
            Path existing = file.toAbsolutePath();
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace() < wantedBytes;
        } catch (IOException e) {
            return false;
        }
    }
}
