package io.zeroui.product.reports;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;

/**
 * The last row of a page: the next page starts after it.
 *
 * @param day day of the row
 * @param kind kind of the row
 * @param gateId gate of the row
 * @param status status of the row
 */
record ReportCursor(LocalDate day, String kind, String gateId, String status) {

    private static final int PARTS = 4;
    private static final int LENGTH_MOST = 2000;

    /** Before the first row. */
    static ReportCursor start(LocalDate from) {
        return new ReportCursor(from, "", "", "");
    }

    static ReportCursor after(ReceiptReport.Row row) {
        return new ReportCursor(row.day(), row.kind(), row.gateId(), row.status());
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws ProblemException 400 when it is something else
     */
    static ReportCursor parse(String text) {
        try {
            if (text.length() <= LENGTH_MOST) {
                String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                String[] parts = decoded.split("\n", -1);
                if (parts.length == PARTS && decoded.indexOf('\0') < 0) {
                    return new ReportCursor(LocalDate.parse(parts[0]), parts[1], unescape(parts[2]), parts[3]);
                }
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // the same answer as for everything else that is no cursor
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "cursor is not one that an earlier answer gave");
    }

    /** The form for answers and requests. */
    String text() {
        String plain = String.join("\n", day.toString(), kind, escape(gateId), status);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String gate) {
        return gate.replace("%", "%25").replace("\n", "%0A");
    }

    private static String unescape(String gate) {
        return gate.replace("%0A", "\n").replace("%25", "%");
    }
}
