package io.zeroui.product.reports;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts per day.
 *
 * @param tenant whose receipts
 * @param from first day
 * @param to last day, included
 * @param days the days that have receipts, oldest first
 * @param count receipts in all
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DailyReport(String tenant, LocalDate from, LocalDate to, List<Day> days, long count) {

    private static final String DECISION = "decision";

    /**
     * One day.
     *
     * @param day UTC date of the receipts' own time
     * @param count receipts of both kinds
     * @param decisions decision receipts
     * @param feedback feedback receipts
     * @param byStatus decision receipts by status
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Day(LocalDate day, long count, long decisions, long feedback, Map<String, Long> byStatus) {
    }

    static DailyReport of(ReportQuery query, List<ReceiptReport.Row> rows) {
        SortedMap<LocalDate, List<ReceiptReport.Row>> byDay = new TreeMap<>();
        rows.forEach(row -> byDay.computeIfAbsent(row.day(), day -> new ArrayList<>()).add(row));
        List<Day> days = byDay.values().stream().map(DailyReport::day).toList();
        return new DailyReport(query.tenant().value(), query.from(), query.to(), days,
                days.stream().mapToLong(Day::count).sum());
    }

    private static Day day(List<ReceiptReport.Row> rows) {
        long feedback = 0;
        Map<String, Long> byStatus = new TreeMap<>();
        for (ReceiptReport.Row row : rows) {
            if (DECISION.equals(row.kind())) {
                byStatus.merge(row.status(), row.count(), Long::sum);
            } else {
                feedback += row.count();
            }
        }
        long decisions = byStatus.values().stream().mapToLong(Long::longValue).sum();
        return new Day(rows.get(0).day(), decisions + feedback, decisions, feedback, byStatus);
    }
}
