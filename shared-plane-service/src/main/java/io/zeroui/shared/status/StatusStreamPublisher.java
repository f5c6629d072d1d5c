package io.zeroui.shared.status;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.runtime.telemetry.TelemetryReports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports this plane's health over the bus, as every plane does. It reads that channel too, and one messaging channel
 * cannot be incoming and outgoing in one service: hence no {@code @Outgoing} here.
 */
@ApplicationScoped
class StatusStreamPublisher {

    private static final Logger LOG = Logger.getLogger(StatusStreamPublisher.class);

    private final TelemetryReports reports;
    private final StreamPublisher publisher;
    private volatile @Nullable Cancellable running;

    StatusStreamPublisher(TelemetryReports reports, StreamPublisher publisher) {
        this.reports = reports;
        this.publisher = publisher;
    }

    void start(@Observes StartupEvent event) {
        running = reports.stream()
                .onItem().transformToUniAndConcatenate(this::publish)
                .subscribe().with(ids -> {
                }, failure -> LOG.error("telemetry of the shared plane ended", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        Cancellable publishing = running;
        if (publishing != null) {
            publishing.cancel();
        }
    }

    private Uni<List<String>> publish(EventEnvelope report) {
        return publisher.publish(ChannelCatalogue.SHARED_TELEMETRY, null, List.of(report))
                .onFailure().invoke(failure -> LOG.debugf("a telemetry report was lost: %s", failure))
                .onFailure().recoverWithItem(List.of());
    }
}
