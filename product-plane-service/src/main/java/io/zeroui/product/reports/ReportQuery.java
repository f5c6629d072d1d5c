package io.zeroui.product.reports;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A checked question to the counts.
 *
 * @param tenant whose receipts
 * @param from first day
 * @param to last day, included
 * @param gateId only this gate
 * @param status only this status
 * @param environment only this environment
 * @param kind only this kind
 * @param limit most rows in the answer
 * @param after the row that the answer starts after
 */
record ReportQuery(TenantId tenant, LocalDate from, LocalDate to, @Nullable String gateId, @Nullable String status,
        @Nullable String environment, @Nullable String kind, int limit, ReportCursor after) {

    private static final int NAME_MOST = 400;

    /**
     * Checks the parameters of a request.
     *
     * @param tenant whose receipts the caller may count
     * @param today the default of the last day
     * @throws ProblemException 400 for the first parameter that is missing or wrong
     */
    static ReportQuery of(TenantId tenant, ReportParameters request, ReportsConfig config, LocalDate today) {
        LocalDate to = day("to", request.to, today);
        LocalDate from = day("from", request.from, to.minusDays(config.daysDefault() - 1L));
        if (from.isAfter(to)) {
            throw wrong("from", "from " + from + " is after to " + to);
        }
        if (ChronoUnit.DAYS.between(from, to) >= config.daysMost()) {
            throw wrong("from", "a report covers at most " + config.daysMost() + " days");
        }
        return new ReportQuery(tenant, from, to, name("gate", request.gate),
                oneOf("status", request.status, CountedReceipt.STATUSES),
                name("environment", request.environment),
                oneOf("kind", request.kind, CountedReceipt.KINDS), limit(request.limit, config),
                request.cursor == null ? ReportCursor.start(from) : ReportCursor.parse(request.cursor));
    }

    private static LocalDate day(String parameter, @Nullable String value, LocalDate absent) {
        if (value == null) {
            return absent;
        }
        try {
            LocalDate day = LocalDate.parse(value);
            if (day.getYear() >= 1 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            throw wrong(parameter, parameter + " must be a date of the form YYYY-MM-DD");
        }
        throw wrong(parameter, parameter + " must be a year from 1 to 9999");
    }

    private static @Nullable String name(String parameter, @Nullable String value) {
        if (value != null && (value.length() > NAME_MOST || value.chars().anyMatch(Character::isISOControl))) {
            throw wrong(parameter, parameter + " must have at most " + NAME_MOST
                    + " characters and no control characters");
        }
        return value;
    }

    private static @Nullable String oneOf(String parameter, @Nullable String value, Set<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            throw wrong(parameter, parameter + " must be one of " + new TreeSet<>(allowed));
        }
        return value;
    }

    private static int limit(@Nullable String value, ReportsConfig config) {
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
