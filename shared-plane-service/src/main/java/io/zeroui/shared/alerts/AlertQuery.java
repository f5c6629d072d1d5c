package io.zeroui.shared.alerts;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.alerts.rules.Phase;
import io.zeroui.shared.alerts.rules.Severity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked question. What is null does not matter.
 *
 * @param state how the alerts stand
 * @param severity how bad they are
 * @param plane key of the plane
 * @param rule name of the rule
 * @param instance that they are about
 * @param limit most rows in the answer
 */
record AlertQuery(@Nullable String state, @Nullable String severity, @Nullable String plane, @Nullable String rule, @Nullable String instance,
        int limit) {

    private static final Duration SINCE_DEFAULT = Duration.ofDays(7);
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final int NAME_MOST = 100;

    /**
     * Checks the parameters of a request.
     *
     * @throws ProblemException 400 for the first parameter that is wrong
     */
    static AlertQuery of(@Nullable String state, @Nullable String severity, @Nullable String plane, @Nullable String rule,
            @Nullable String instance, @Nullable String limit, AlertConfig config) {
        oneOf("state", state, Arrays.stream(Phase.values()).map(Phase::key).toList());
        oneOf("severity", severity, Arrays.stream(Severity.values()).map(Severity::key).toList());
        oneOf("plane", plane, Arrays.stream(Plane.values()).map(Plane::key).toList());
        name("rule", rule);
        name("instance", instance);
        return new AlertQuery(state, severity, plane, rule, instance, limit(limit, config));
    }

    /**
     * The start of the history.
     *
     * @throws ProblemException 400 when it is no time of 1970 to 9999
     */
    static Instant since(@Nullable String since, Instant now) {
        try {
            Instant time = since == null ? now.minus(SINCE_DEFAULT) : Instant.parse(since);
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw wrong("since", "since must be an RFC 3339 time, for example 2026-11-21T00:00:00Z");
        }
        throw wrong("since", "since must be a time of the years 1970 to 9999");
    }

    private static int limit(@Nullable String value, AlertConfig config) {
        if (value == null) {
            return config.rowsDefault();
        }
        int limit = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > config.rowsMost()) {
            throw wrong("limit", "limit must be a whole number from 1 to " + config.rowsMost());
        }
        return limit;
    }

    private static void oneOf(String parameter, @Nullable String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw wrong(parameter, parameter + " must be one of " + String.join(", ", known));
        }
    }

    private static void name(String parameter, @Nullable String value) {
        if (value != null && (value.isEmpty() || value.length() > NAME_MOST || value.indexOf('\0') >= 0)) {
            throw wrong(parameter, parameter + " must have 1 to " + NAME_MOST + " characters");
        }
    }

    private static ProblemException wrong(String parameter, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail, Map.of("parameter", parameter));
    }
}
