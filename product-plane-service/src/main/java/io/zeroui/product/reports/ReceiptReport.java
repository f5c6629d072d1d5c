package io.zeroui.product.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of counts per day, kind, gate and status, in that order.
 *
 * @param tenant whose receipts
 * @param from first day
 * @param to last day, included
 * @param rows the counts
 * @param count sum of the rows of this page
 * @param nextCursor where the next page starts; absent on the last one
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceiptReport(String tenant, LocalDate from, LocalDate to, List<ReportRow> rows, long count,
        @Nullable String nextCursor) {

    static ReceiptReport of(ReportQuery query, List<ReportRow> found) {
        boolean more = found.size() > query.limit();
        List<ReportRow> rows = more ? found.subList(0, query.limit()) : found;
        return new ReceiptReport(query.tenant().value(), query.from(), query.to(), List.copyOf(rows),
                rows.stream().mapToLong(ReportRow::count).sum(),
                more ? ReportCursor.after(rows.get(rows.size() - 1)).text() : null);
    }
}
