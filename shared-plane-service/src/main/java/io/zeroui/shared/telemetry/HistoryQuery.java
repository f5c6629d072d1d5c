package io.zeroui.shared.telemetry;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked question to the history.
 *
 * @param plane whose reports
 * @param since no older ones
 * @param limit most reports in the answer
 * @param after the report that the answer starts after
 */
record HistoryQuery(Plane plane, Instant since, int limit, Cursor after) {

    private static final Duration SINCE_DEFAULT = Duration.ofHours(1);
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * Checks the parameters of a request.
     *
     * @throws ProblemException 400 for the first parameter that is missing or wrong
     */
    static HistoryQuery of(@Nullable String plane, @Nullable String since, @Nullable String limit,
            @Nullable String cursor, TelemetryStoreConfig config, Instant now) {
        if (plane == null) {
            throw wrong("plane", "The query parameter plane is required: ide, tenant, product or shared");
        }
        Plane checked = plane(plane)
                .orElseThrow(() -> wrong("plane", "plane must be ide, tenant, product or shared"));
        return new HistoryQuery(checked, since(since, now), limit(limit, config),
                cursor == null ? Cursor.start() : Cursor.parse(cursor));
    }

    /** The plane of that key, if there is one. */
    static Optional<Plane> plane(String key) {
        return Arrays.stream(Plane.values()).filter(plane -> plane.key().equals(key)).findFirst();
    }

    /**
     * A time of the years that the database takes.
     *
     * @throws DateTimeException when it is no RFC 3339 time or outside of 1970 to 9999
     */
    static Instant time(String value) {
        Instant time = Instant.parse(value);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new DateTimeException("outside of 1970 to 9999");
        }
        return time;
    }

    private static Instant since(@Nullable String value, Instant now) {
        try {
            return value == null ? now.minus(SINCE_DEFAULT) : time(value);
        } catch (DateTimeException e) {
            throw wrong("since", "since must be an RFC 3339 time, for example 2026-11-21T00:00:00Z");
        }
    }

    private static int limit(@Nullable String value, TelemetryStoreConfig config) {
        if (value == null) {
            return config.rowsDefault();
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= config.rowsMost()) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw wrong("limit", "limit must be a whole number from 1 to " + config.rowsMost());
    }

    private static ProblemException wrong(String parameter, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail,
                Map.of("parameter", parameter));
    }

    /**
     * The last report of a page: the next page starts after it.
     *
     * @param reportedAt time of the report
     * @param instance its instance
     * @param state its state
     */
    record Cursor(Instant reportedAt, String instance, String state) {

        private static final int PARTS = 3;
        private static final int LENGTH_MOST = 400;
        private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

        /** Before the newest report. */
        static Cursor start() {
            return new Cursor(LATEST, "", "");
        }

        static Cursor after(InstanceReport report) {
            return new Cursor(report.reportedAt(), report.instance(), report.state());
        }

        /**
         * Reads what {@link #text()} wrote.
         *
         * @throws ProblemException 400 when it is something else
         */
        static Cursor parse(String text) {
            try {
                if (text.length() <= LENGTH_MOST) {
                    String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
                    if (parts.length == PARTS && text.indexOf('\0') < 0) {
                        return new Cursor(HistoryQuery.time(parts[0]), parts[1], parts[2]);
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
}
