package io.zeroui.contracts.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;

/**
 * What a plane service says about itself every few seconds; never a payload.
 *
 * @param plane key of the plane
 * @param service name of the service
 * @param instance id of the running instance
 * @param version version of the service
 * @param reportedAt when it says so
 * @param state {@code up} or {@code degraded}
 * @param counts counters and gauges by name
 * @param channels state of the channels it reads and writes
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.TELEMETRY)
@EventType(EventEnvelope.TELEMETRY_REPORTED)
public record TelemetryReport(String plane, String service, String instance, String version, Instant reportedAt,
        String state, Map<String, Long> counts, List<ChannelState> channels) {

    public TelemetryReport {
        counts = Map.copyOf(counts);
        channels = List.copyOf(channels);
    }
}
