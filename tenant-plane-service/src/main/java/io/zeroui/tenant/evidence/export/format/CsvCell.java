package io.zeroui.tenant.evidence.export.format;

import org.jspecify.annotations.Nullable;

/**
 * Cells of a CSV file. Nothing is an empty cell, an empty text is {@code ""}. A text that a spreadsheet could take for a formula,
 * because it begins with {@code = + - @}, a tab or a carriage return, gets a {@code '} before it.
 */
final class CsvCell {

    private static final String FORMULA = "=+-@\t\r";

    private CsvCell() {
    }

    /** Appends a text as a cell of RFC 4180. */
    static void append(StringBuilder line, @Nullable String text) {
        if (text == null) {
            return;
        }
        boolean guarded = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        if (!guarded && !text.isEmpty() && isPlain(text)) {
            line.append(text);
            return;
        }
        line.append('"').append(guarded ? "'" : "").append(text.replace("\"", "\"\"")).append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == ',' || c == '\n' || c == '\r' || c == ' ' && (i == 0 || i == text.length() - 1)) {
                return false;
            }
        }
        return true;
    }
}
