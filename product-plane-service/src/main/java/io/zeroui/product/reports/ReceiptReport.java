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
public record ReceiptReport(String tenant, LocalDate from, LocalDate to, List<Row> rows, long count,
        @Nullable String nextCursor) {

    static ReceiptReport of(ReportQuery query, List<Row> found) {
        boolean more = found.size() > query.limit();
        List<Row> rows = more ? found.subList(0, query.limit()) : found;
        return new ReceiptReport(query.tenant().value(), query.from(), query.to(), List.copyOf(rows),
                rows.stream().mapToLong(Row::count).sum(),
                more ? ReportCursor.after(rows.get(rows.size() - 1)).text() : null);
    }

    /**
     * How many receipts of one day, kind, gate and status there are.
     *
     * @param day UTC date of the receipts' own time
     * @param kind {@code decision} or {@code feedback}
     * @param gateId the gate; empty for feedback
     * @param status {@code pass}, {@code warn}, {@code soft_block}, {@code hard_block}, or {@code unknown}, as for feedback
     * @param count number of receipts
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Row(LocalDate day, String kind, String gateId, String status, long count) {
    }
}
