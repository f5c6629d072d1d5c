package io.zeroui.shared.telemetry;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes the reports of all planes; what is no report goes to the dead letters. */
@ApplicationScoped
class TelemetryStreamConsumer {

    private static final Logger LOG = Logger.getLogger(TelemetryStreamConsumer.class);

    private final PlaneTelemetry telemetry;
    private final TelemetryStoreConfig config;

    TelemetryStreamConsumer(PlaneTelemetry telemetry, TelemetryStoreConfig config) {
        this.telemetry = telemetry;
        this.config = config;
    }

    @Incoming("ide-telemetry")
    Uni<Void> ide(StreamBatch batch) {
        return consume(Plane.IDE, batch);
    }

    @Incoming("tenant-telemetry")
    Uni<Void> tenant(StreamBatch batch) {
        return consume(Plane.TENANT, batch);
    }

    @Incoming("product-telemetry")
    Uni<Void> product(StreamBatch batch) {
        return consume(Plane.PRODUCT, batch);
    }

    @Incoming("shared-telemetry")
    Uni<Void> shared(StreamBatch batch) {
        return consume(Plane.SHARED, batch);
    }

    private Uni<Void> consume(Plane plane, StreamBatch batch) {
        Instant now = Instant.now();
        List<TelemetryReport> reports = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                reports.add(ReportCheck.read(plane, entry.event(), config, now));
            } catch (IllegalArgumentException e) {
                LOG.warnf("telemetry event %s of the %s plane goes to the dead letters: %s", entry.id(), plane.key(),
                        e.getMessage());
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        telemetry.refused(batch.entries().size() - reports.size());
        return telemetry.keep(reports);
    }
}
