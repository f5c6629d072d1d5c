package io.zeroui.ide.status;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.runtime.telemetry.TelemetryReports;
import io.zeroui.runtime.telemetry.TelemetrySource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/** This plane's figures, reported every few seconds. */
@ApplicationScoped
public class IdeTelemetry implements TelemetrySource {

    private final EdgeStatus status;

    IdeTelemetry(EdgeStatus status) {
        this.status = status;
    }

    @Override
    public Uni<Map<String, Long>> counts() {
        return status.counts();
    }

    /** Publishes the reports. */
    @ApplicationScoped
    public static class Reports {

        private final TelemetryReports reports;

        Reports(TelemetryReports reports) {
            this.reports = reports;
        }

        /** The reports as events. */
        @Outgoing("ide-telemetry")
        public Multi<EventEnvelope> reports() {
            return reports.stream();
        }
    }
}
