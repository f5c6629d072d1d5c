package io.zeroui.cli.output;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Columns of text, each as wide as its widest cell, two blanks between them. A cell is one line, without control characters. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    private Table() {
    }

    /** A table with its header. */
    public static Table of(String... headers) {
        return new Table().row(headers);
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException when it has not as many cells as the header
     */
    @CanIgnoreReturnValue
    public Table row(String... cells) {
        if (!rows.isEmpty() && rows.get(0).size() != cells.length) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in a table of " + rows.get(0).size());
        }
        rows.add(Stream.of(cells).map(PlainText::line).toList());
        return this;
    }

    /** The lines, each ended by a line feed, no blanks at their ends. */
    public String render() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
