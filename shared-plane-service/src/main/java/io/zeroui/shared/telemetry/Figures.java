package io.zeroui.shared.telemetry;

import io.zeroui.contracts.events.ChannelState;
import io.zeroui.contracts.events.TelemetryReport;
import java.util.List;
import java.util.Map;

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
