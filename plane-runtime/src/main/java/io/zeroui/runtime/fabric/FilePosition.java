package io.zeroui.runtime.fabric;

import java.nio.file.Path;

/**
 * Where a line lies.
 *
 * @param file the file, as the append request named it
 * @param offset position of the line's first byte
 * @param length bytes of the line without its line feed
 */
public record FilePosition(Path file, long offset, int length) {

    /** Position of the byte after the line and its line feed. */
    public long end() {
        return offset + length + 1;
    }
}
