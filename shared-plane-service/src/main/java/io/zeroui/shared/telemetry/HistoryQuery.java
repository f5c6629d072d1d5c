package io.zeroui.shared.telemetry;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
record HistoryQuery(Plane plane, Instant since, int limit, HistoryCursor after) {

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
                cursor == null ? HistoryCursor.start() : HistoryCursor.parse(cursor));
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
}
