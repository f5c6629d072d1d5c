package io.zeroui.shared.status;

import io.smallrye.mutiny.Uni;
import io.zeroui.runtime.telemetry.TelemetrySource;
import io.zeroui.shared.telemetry.PlaneTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** What this plane reports about its own work. */
@ApplicationScoped
class HistorySize implements TelemetrySource {

    private final PlaneTelemetry telemetry;

    HistorySize(PlaneTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public Uni<Map<String, Long>> counts() {
        return telemetry.historyRows().map(rows -> Map.of("telemetry_history_rows", rows));
    }
}
