package io.zeroui.ide.receipts;

import java.util.Comparator;

/**
 * Where a line is.
 *
 * @param file path relative to {@code ZU_ROOT}, with {@code /} between its parts
 * @param offset first byte of the line
 * @param length bytes of the line without its line feed
 */
public record LinePosition(String file, long offset, int length) implements Comparable<LinePosition> {

    private static final Comparator<LinePosition> ORDER = Comparator.comparing(LinePosition::file)
            .thenComparingLong(LinePosition::offset);

    /** The first byte after the line feed. */
    public long end() {
        return offset + length + 1L;
    }

    /** By file, then by offset: the order that decides which of several equal lines the index points to. */
    @Override
    public int compareTo(LinePosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + "@" + offset + "+" + length;
    }
}
