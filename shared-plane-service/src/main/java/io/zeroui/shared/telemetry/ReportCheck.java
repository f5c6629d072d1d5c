package io.zeroui.shared.telemetry;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.ChannelState;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.events.TelemetryReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an event is a telemetry report that may be kept: names, states, times and whole numbers only. */
final class ReportCheck {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+-]{0,99}");
    private static final Pattern COUNT_NAME = Pattern.compile("[a-z][a-z0-9_.]{0,99}");
    private static final Set<String> STATES = Set.of("up", "degraded");
    private static final Set<String> ROLES = Set.of("consumer", "producer");
    private static final int COUNTS_MOST = 200;
    private static final int CHANNELS_MOST = 50;

    private ReportCheck() {
    }

    /**
     * Reads a report. Members that a report does not have are not read.
     *
     * @param plane the plane that owns the channel on which the event came
     * @throws InvalidEvent when the event is no report, is too large, or holds more than a report may
     */
    static TelemetryReport read(Plane plane, EventEnvelope event, TelemetryStoreConfig config, Instant now) {
        if (!EventEnvelope.TELEMETRY_REPORTED.equals(event.type())) {
            throw new InvalidEvent("the event is not of type " + EventEnvelope.TELEMETRY_REPORTED);
        }
        if (event.data().length > config.reportBytes()) {
            throw new InvalidEvent("report of " + event.data().length + " bytes is larger than " + config.reportBytes());
        }
        TelemetryReport report = parse(event.data());
        if (!plane.key().equals(report.plane())) {
            throw new InvalidEvent("the " + plane.key() + " plane may report about itself only");
        }
        name("service", report.service());
        name("instance", report.instance());
        name("version", report.version());
        oneOf("state", report.state(), STATES);
        time(report.reportedAt(), config.clockSkewMost(), now);
        counts(report.counts());
        if (report.channels().size() > CHANNELS_MOST) {
            throw new InvalidEvent("more than " + CHANNELS_MOST + " channels");
        }
        report.channels().forEach(ReportCheck::channel);
        return report;
    }

    private static TelemetryReport parse(byte[] data) {
        try {
            return EventJson.read(data, TelemetryReport.class);
        } catch (InvalidEvent e) {
            throw new InvalidEvent("the data is no telemetry report"); // without a cause: it may quote the data
        }
    }

    private static void time(@Nullable Instant reportedAt, Duration skew, Instant now) {
        if (reportedAt == null || reportedAt.isBefore(Instant.EPOCH)) {
            throw new InvalidEvent("reported_at is missing or before 1970");
        }
        if (reportedAt.isAfter(now.plus(skew))) {
            throw new InvalidEvent("reported_at is more than " + skew + " ahead of this plane's clock");
        }
    }

    private static void counts(Map<String, Long> counts) {
        if (counts.size() > COUNTS_MOST) {
            throw new InvalidEvent("more than " + COUNTS_MOST + " counts");
        }
        if (!counts.keySet().stream().allMatch(name -> COUNT_NAME.matcher(name).matches())) {
            throw new InvalidEvent("the name of a count is not of the form " + COUNT_NAME);
        }
    }

    private static void channel(ChannelState channel) {
        name("channel", channel.channel());
        name("state of a channel", channel.state());
        oneOf("role of a channel", channel.role(), ROLES);
    }

    private static void name(String what, @Nullable String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw new InvalidEvent(what + " is missing or not of the form " + NAME);
        }
    }

    private static void oneOf(String what, @Nullable String value, Set<String> allowed) {
        if (value == null || !allowed.contains(value)) {
            throw new InvalidEvent(what + " is not one of " + allowed);
        }
    }
}
