package io.zeroui.shared.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.streams.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps what the planes report about themselves, and answers how they are doing. */
@ApplicationScoped
public class PlaneTelemetry {

    private static final Logger LOG = Logger.getLogger(PlaneTelemetry.class);

    private final TelemetryStore store;
    private final TelemetryStoreConfig config;
    private final DatabaseSchema schema;
    private final Counter kept;
    private final Counter refused;
    private final Counter deleted;
    private final Timer keeping;

    PlaneTelemetry(TelemetryStore store, TelemetryStoreConfig config, DatabaseSchema schema, MeterRegistry meters) {
        this.store = store;
        this.config = config;
        this.schema = schema;
        this.kept = meters.counter("zeroui_telemetry_reports", "outcome", "kept");
        this.refused = meters.counter("zeroui_telemetry_reports", "outcome", "refused");
        this.deleted = meters.counter("zeroui_telemetry_deleted_rows");
        this.keeping = meters.timer("zeroui_telemetry_keep");
    }

    /** Stores checked reports; older ones than the retention are dropped. Fails when the database is not there. */
    Uni<Void> keep(Collection<TelemetryReport> reports) {
        Instant oldest = Instant.now().minus(config.retention());
        var recent = reports.stream().filter(report -> !report.reportedAt().isBefore(oldest)).toList();
        if (recent.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long start = System.nanoTime();
        return schema.whenReady()
                .ifNoItem().after(config.timeout()).failWith(() -> new TransientFailure("schema: " + schema.state()))
                .chain(version -> store.keep(recent, config.historyEvery()))
                .ifNoItem().after(config.timeout().multipliedBy(2)).fail()
                .onFailure(DatabaseFailures::isUnavailable)
                .transform(failure -> new TransientFailure("the database does not answer", failure))
                .invoke(() -> measure(recent.size(), System.nanoTime() - start));
    }

    /** Notes events that are no reports. */
    void refused(int events) {
        refused.increment(events);
    }

    /** Every plane's newest reports. */
    Uni<PlaneHealth.Overview> overview() {
        return Multi.createFrom().items(Plane.values())
                .onItem().transformToUniAndConcatenate(this::health)
                .collect().asList()
                .map(PlaneHealth.Overview::new);
    }

    /** One plane's newest reports. */
    Uni<PlaneHealth> health(Plane plane) {
        return answer(store.listNewest(plane, config.instancesMost()))
                .map(reports -> PlaneHealth.of(plane, reports, Instant.now(), config.staleAfter()));
    }

    /** One page of a plane's earlier reports. */
    Uni<TelemetryHistory> history(HistoryQuery query) {
        return answer(store.listHistory(query)).map(reports -> TelemetryHistory.of(query, reports));
    }

    /** Rows of the history. */
    public Uni<Long> historyRows() {
        return answer(store.countHistory());
    }

    @Scheduled(every = "${zeroui.telemetry-store.clean-every:PT10M}", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> clean() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return store.deleteBefore(Instant.now().minus(config.retention()))
                .ifNoItem().after(config.timeout().multipliedBy(6)).fail()
                .invoke(rows -> deleted.increment(rows))
                .onFailure().invoke(failure -> LOG.warnf("old telemetry was not deleted: %s", failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private <T> Uni<T> answer(Uni<T> query) {
        if (!schema.isReady()) {
            return Uni.createFrom().failure(unavailable());
        }
        return query.ifNoItem().after(config.timeout()).fail()
                .onFailure(DatabaseFailures::isUnavailable).transform(failure -> unavailable());
    }

    private ProblemException unavailable() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                "The database of the shared plane does not answer");
    }

    private void measure(int reports, long nanos) {
        kept.increment(reports);
        keeping.record(nanos, TimeUnit.NANOSECONDS);
    }
}
