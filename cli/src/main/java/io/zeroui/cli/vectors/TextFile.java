package io.zeroui.cli.vectors;

import io.zeroui.cli.CliFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text in a file. */
final class TextFile {

    private static final long BYTES_MOST = 8 << 20;

    private TextFile() {
    }

    /**
     * The text.
     *
     * @throws CliFailure when there is none
     */
    static String read(Path file) {
        try {
            if (Files.size(file) > BYTES_MOST) {
                throw new CliFailure(file + " has more than " + BYTES_MOST + " bytes", "name a smaller file");
            }
            String text = Files.readString(file);
            if (text.isBlank()) {
                throw new CliFailure(file + " has no text", "name a file with a text");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new CliFailure(file + " is no text in UTF-8", "name a file with a text");
        } catch (IOException e) {
            throw new CliFailure("cannot read " + file + ": " + e.getClass().getSimpleName(), "name a file with a text");
        }
    }
}
