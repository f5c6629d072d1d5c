package io.zeroui.cli.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads of files that somebody else may have put there: no device, and never more than they can have. */
final class BoundedFile {

    private BoundedFile() {
    }

    /**
     * The whole content of a regular file.
     *
     * @throws NoSuchFileException when there is none
     * @throws IOException when it is no regular file, has more than {@code most} bytes, or cannot be read
     */
    static byte[] read(Path file, int most) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new IOException(file + " has more than " + most + " bytes");
            }
            return content;
        }
    }
}
