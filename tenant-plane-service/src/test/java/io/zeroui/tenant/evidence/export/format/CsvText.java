package io.zeroui.tenant.evidence.export.format;

import java.util.ArrayList;
import java.util.List;

/** A reader of RFC 4180, character by character; an empty cell without quotes is null. */
public final class CsvText {

    private CsvText() {
    }

    /** The rows of a file, each ended by CR LF. */
    public static List<List<String>> parse(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.length() == 0 && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (c == ',' || c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                row.add(cell.length() == 0 && !wasQuoted ? null : cell.toString());
                cell.setLength(0);
                wasQuoted = false;
                if (c == '\r') {
                    rows.add(row);
                    row = new ArrayList<>();
                    i++;
                }
            } else if (wasQuoted) {
                throw new IllegalArgumentException("text behind a quoted cell at " + i);
            } else {
                cell.append(c);
            }
        }
        if (quoted || cell.length() > 0 || !row.isEmpty()) {
            throw new IllegalArgumentException("the last row is not ended");
        }
        return rows;
    }
}
