package io.zeroui.cli.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is fetched in parts. */
final class FileParts {

    private FileParts() {
    }

    /** Bytes that are there; 0 where there is no file. */
    static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Writes what comes, behind what is there or in its place. */
    static void write(Path file, InputStream content, boolean behind) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                behind ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
            long copied = content.transferTo(out);
            assert copied >= 0;
        }
    }
}
