package io.zeroui.product.status;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.product.reports.CountTotals;
import io.zeroui.product.reports.ReceiptCounts;
import io.zeroui.runtime.telemetry.TelemetryReports;
import io.zeroui.runtime.telemetry.TelemetrySource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/** Reports this plane's health and counts to the shared plane. */
@ApplicationScoped
class StatusStreamPublisher {

    private final TelemetryReports reports;

    StatusStreamPublisher(TelemetryReports reports) {
        this.reports = reports;
    }

    @Outgoing("product-telemetry")
    Multi<EventEnvelope> reports() {
        return reports.stream();
    }

    /** What of the counts is reported. */
    @ApplicationScoped
    static class Counts implements TelemetrySource {

        private final ReceiptCounts counts;

        Counts(ReceiptCounts counts) {
            this.counts = counts;
        }

        @Override
        public Uni<Map<String, Long>> counts() {
            return counts.totals().map(Counts::named);
        }

        private static Map<String, Long> named(CountTotals totals) {
            return Map.of("evidence_tenants", totals.tenants(), "evidence_entries", totals.entries(),
                    "evidence_gaps", totals.gaps());
        }
    }
}
