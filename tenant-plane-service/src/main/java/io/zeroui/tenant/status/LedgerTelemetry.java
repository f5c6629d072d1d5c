package io.zeroui.tenant.status;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.runtime.telemetry.TelemetryReports;
import io.zeroui.runtime.telemetry.TelemetrySource;
import io.zeroui.tenant.evidence.LedgerStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jspecify.annotations.Nullable;

/** The ledger's figures in the plane's telemetry. */
@ApplicationScoped
class LedgerTelemetry implements TelemetrySource {

    private final LedgerStatus status;
    private final TelemetryReports reports;

    LedgerTelemetry(LedgerStatus status, TelemetryReports reports) {
        this.status = status;
        this.reports = reports;
    }

    @Override
    public Uni<Map<String, Long>> counts() {
        return status.report().map(LedgerTelemetry::counts);
    }

    /** The plane's reports, every few seconds. */
    @Outgoing("tenant-telemetry")
    Multi<EventEnvelope> reports() {
        return reports.stream();
    }

    private static Map<String, Long> counts(LedgerStatus.Report report) {
        Map<String, Long> counts = new TreeMap<>();
        put(counts, "ledger_receipts", report.receipts());
        put(counts, "ledger_tenants", report.tenants());
        put(counts, "ledger_index_lag", report.indexLag());
        put(counts, "ledger_dead_letters", report.deadLetters());
        put(counts, "outbox", report.outbox());
        return counts;
    }

    private static void put(Map<String, Long> counts, String name, @Nullable Long value) {
        if (value != null) {
            counts.put(name, value);
        }
    }
}
