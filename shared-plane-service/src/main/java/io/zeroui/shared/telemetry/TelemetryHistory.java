package io.zeroui.shared.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a plane's earlier reports, newest first.
 *
 * @param plane key of the plane
 * @param since no report is older
 * @param reports the reports
 * @param nextCursor where the next page starts; absent on the last one
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TelemetryHistory(String plane, Instant since, List<InstanceReport> reports,
        @Nullable String nextCursor) {

    static TelemetryHistory of(HistoryQuery query, List<InstanceReport> found) {
        boolean more = found.size() > query.limit();
        List<InstanceReport> page = more ? found.subList(0, query.limit()) : found;
        return new TelemetryHistory(query.plane().key(), query.since(), List.copyOf(page),
                more ? HistoryQuery.Cursor.after(page.get(page.size() - 1)).text() : null);
    }
}
