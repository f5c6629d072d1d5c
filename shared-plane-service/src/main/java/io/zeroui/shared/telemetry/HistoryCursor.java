package io.zeroui.shared.telemetry;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * The last report of a page: the next page starts after it.
 *
 * @param reportedAt time of the report
 * @param instance its instance
 * @param state its state
 */
record HistoryCursor(Instant reportedAt, String instance, String state) {

    private static final int PARTS = 3;
    private static final int LENGTH_MOST = 400;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** Before the newest report. */
    static HistoryCursor start() {
        return new HistoryCursor(LATEST, "", "");
    }

    static HistoryCursor after(InstanceReport report) {
        return new HistoryCursor(report.reportedAt(), report.instance(), report.state());
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws ProblemException 400 when it is something else
     */
    static HistoryCursor parse(String text) {
        try {
            if (text.length() <= LENGTH_MOST) {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
                if (parts.length == PARTS && text.indexOf('\0') < 0) {
                    return new HistoryCursor(HistoryQuery.time(parts[0]), parts[1], parts[2]);
                }
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // the same answer as for everything else that is no cursor
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "cursor is not one that an earlier answer gave");
    }

    /** The form for answers and requests. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((reportedAt + " " + instance + " " + state).getBytes(StandardCharsets.UTF_8));
    }
}
