package io.zeroui.product.reports;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;

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
public record ReportRow(LocalDate day, String kind, String gateId, String status, long count) {
}
