package io.zeroui.shared.telemetry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.events.ChannelState;
import io.zeroui.contracts.events.TelemetryReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an instance said about itself.
 *
 * @param plane key of the plane
 * @param instance the running instance
 * @param service name of the service
 * @param version version of the service
 * @param state {@code up} or {@code degraded}
 * @param reportedAt when it said so
 * @param counts counters and gauges by name
 * @param channels state of its channels
 */
@JsonNaming(SnakeCaseStrategy.class)
public record InstanceReport(String plane, String instance, String service, String version, String state,
        Instant reportedAt, Map<String, Long> counts, List<ChannelState> channels) {

    /**
     * The numbers of a report.
     *
     * @param counts counters and gauges by name
     * @param channels state of the channels it reads and writes
     */
    public record Figures(Map<String, Long> counts, List<ChannelState> channels) {

        static Figures of(TelemetryReport report) {
            return new Figures(report.counts(), report.channels());
        }
    }
}
