package io.zeroui.runtime.telemetry;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.ChannelState;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.streams.StreamsConnector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** Makes the plane's reports: a service publishes {@link #stream()} on its telemetry channel. */
@ApplicationScoped
public class TelemetryReports {

    private final PlaneConfig plane;
    private final TelemetryConfig config;
    private final DatabaseSchema schema;
    private final StreamsConnector channels;
    private final List<TelemetrySource> sources;
    private final String service;
    private final String version;

    TelemetryReports(PlaneConfig plane, TelemetryConfig config, DatabaseSchema schema,
            @Connector(StreamsConnector.NAME) StreamsConnector channels, @All List<TelemetrySource> sources,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.plane = plane;
        this.config = config;
        this.schema = schema;
        this.channels = channels;
        this.sources = sources;
        this.service = service;
        this.version = version;
    }

    /** Reports as events, one per {@link TelemetryConfig#every()}, for ever; none is kept while nobody takes them. */
    public Multi<EventEnvelope> stream() {
        return Multi.createFrom().ticks().every(config.every())
                .onOverflow().drop()
                .onItem().transformToUniAndConcatenate(tick -> report().map(this::event));
    }

    /** The present state of this service. */
    public Uni<TelemetryReport> report() {
        Uni<Map<String, Long>> counts = Uni.createFrom().item(HashMap::new);
        for (TelemetrySource source : sources) {
            counts = counts.chain(all -> source.counts()
                    .ifNoItem().after(config.collect()).fail()
                    .invoke(all::putAll)
                    .onFailure().invoke(failure -> all.merge("telemetry_failures", 1L, Long::sum))
                    .onFailure().recoverWithItem(Map.of())
                    .replaceWith(all));
        }
        return counts.chain(all -> schema.answers().map(answers -> report(all, answers)));
    }

    private TelemetryReport report(Map<String, Long> counts, boolean databaseAnswers) {
        List<ChannelState> states = channels.channels().stream()
                .map(channel -> new ChannelState(channel.channel(), "consumer",
                        channel.state().name().toLowerCase(Locale.ROOT), channel.lag(), channel.pending(),
                        channel.deadLetters()))
                .toList();
        boolean up = databaseAnswers && schema.isReady() && states.stream().allMatch(state -> "reading".equals(state.state()));
        return new TelemetryReport(plane.plane(), service, plane.instance(), version, Instant.now(),
                up ? "up" : "degraded", Map.copyOf(counts), states);
    }

    private EventEnvelope event(TelemetryReport report) {
        return EventEnvelope.of(EventEnvelope.TELEMETRY_REPORTED, "urn:zeroui:plane:" + plane.plane(),
                report.reportedAt(), EventJson.write(report));
    }
}
