package io.zeroui.shared.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.Plane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a plane is doing, by its newest reports.
 *
 * @param plane key of the plane
 * @param state {@code up}; {@code degraded} when a fresh report says so; {@code stale} when no report is fresh;
 *        {@code unknown} when there is none
 * @param reportedAt time of the newest report; absent when there is none
 * @param instances the newest report of each instance, newest first
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlaneHealth(String plane, String state, @Nullable Instant reportedAt, List<InstanceReport> instances) {

    static PlaneHealth of(Plane plane, List<InstanceReport> reports, Instant now, Duration staleAfter) {
        if (reports.isEmpty()) {
            return new PlaneHealth(plane.key(), "unknown", null, List.of());
        }
        List<InstanceReport> fresh = reports.stream()
                .filter(report -> !report.reportedAt().isBefore(now.minus(staleAfter)))
                .toList();
        String state = fresh.isEmpty() ? "stale"
                : fresh.stream().allMatch(report -> "up".equals(report.state())) ? "up" : "degraded";
        return new PlaneHealth(plane.key(), state, reports.get(0).reportedAt(), reports);
    }

    /**
     * All planes, in the order of a receipt's way.
     *
     * @param planes one element per plane, also for planes that never reported
     */
    public record Overview(List<PlaneHealth> planes) {
    }
}
