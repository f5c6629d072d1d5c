package io.zeroui.shared.telemetry;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.shared.months.MonthTable;
import io.zeroui.shared.months.Months;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** The tables {@code app.telemetry_reports} and {@code app.telemetry_history}. */
@ApplicationScoped
class TelemetryStore {

    /** Older reports never replace newer ones, whatever the order they arrive in. */
    private static final String UPSERT_NEWEST = """
            INSERT INTO app.telemetry_reports AS r
                (plane, instance, service, version, state, reported_at, figures)
            VALUES (:plane, :instance, :service, :version, :state, :reported, CAST(CAST(:figures AS text) AS jsonb))
            ON CONFLICT (plane, instance) DO UPDATE
            SET service = EXCLUDED.service, version = EXCLUDED.version, state = EXCLUDED.state,
                reported_at = EXCLUDED.reported_at, figures = EXCLUDED.figures, updated_at = now()
            WHERE r.reported_at < EXCLUDED.reported_at
            """;

    private static final String UPSERT_HISTORY = """
            INSERT INTO app.telemetry_history AS h
                (plane, instance, service, version, state, reported_at, figures, slot)
            VALUES (:plane, :instance, :service, :version, :state, :reported, CAST(CAST(:figures AS text) AS jsonb),
                :slot)
            ON CONFLICT (plane, instance, slot, state) DO UPDATE
            SET service = EXCLUDED.service, version = EXCLUDED.version, reported_at = EXCLUDED.reported_at,
                figures = EXCLUDED.figures
            WHERE h.reported_at < EXCLUDED.reported_at
            """;

    /** The slot, which begins before its report, says which partitions are looked into. */
    private static final String HISTORY = """
            plane = :plane AND slot >= :from AND slot <= :at AND reportedAt >= :since AND (reportedAt < :at
                OR reportedAt = :at AND (instance > :instance OR instance = :instance AND state > :state))
            ORDER BY reportedAt DESC, instance, state
            """;

    /** No slot is longer, however it was set. */
    private static final Duration SLOT_MOST = Duration.ofDays(1);

    private final Vertx vertx;
    private final Months months;

    TelemetryStore(Vertx vertx, Months months) {
        this.vertx = vertx;
        this.months = months;
    }

    /** Stores the reports in one transaction: the newest per instance, and one per instance, state and slot. */
    Uni<Void> keep(Collection<TelemetryReport> reports, Duration slotLength) {
        TreeMap<String, TelemetryReport> newest = new TreeMap<>();
        TreeMap<String, TelemetryReport> history = new TreeMap<>();
        BinaryOperator<TelemetryReport> later = (a, b) -> a.reportedAt().isAfter(b.reportedAt()) ? a : b;
        for (TelemetryReport report : reports) {
            String instance = report.plane() + " " + report.instance();
            newest.merge(instance, report, later);
            history.merge(instance + " " + slot(report, slotLength) + " " + report.state(), report, later);
        }
        return months.ready(MonthTable.TELEMETRY_HISTORY, oldest(reports, slotLength))
                .chain(() -> onContext(() -> Panache.withTransaction(() -> Panache.getSession().chain(session -> each(
                        newest.values(), report -> query(session, UPSERT_NEWEST, report))
                        .chain(() -> each(history.values(), report -> query(session, UPSERT_HISTORY, report)
                                .setParameter("slot", utc(slot(report, slotLength)))))))));
    }

    /** The newest report of each instance of the plane, newest first. */
    Uni<List<InstanceReport>> listNewest(Plane plane, int limit) {
        return onContext(() -> Panache.withSession(() -> StoredReport
                .<StoredReport> find("plane = :plane ORDER BY reportedAt DESC, instance",
                        Map.of("plane", plane.key()))
                .range(0, limit - 1)
                .list()))
                .map(rows -> rows.stream().map(StoredReport::toReport).toList());
    }

    /** Earlier reports, newest first, one more than the query's limit where there are more. */
    Uni<List<InstanceReport>> listHistory(HistoryQuery query) {
        Map<String, Object> parameters = Map.of("plane", query.plane().key(), "since", query.since(), "from",
                query.since().minus(SLOT_MOST), "at", query.after().reportedAt(), "instance", query.after().instance(), "state", query.after().state());
        return onContext(() -> Panache.withSession(() -> StoredHistory.<StoredHistory> find(HISTORY, parameters)
                .range(0, query.limit())
                .list()))
                .map(rows -> rows.stream().map(StoredHistory::toReport).toList());
    }

    /** Drops the months in which all is older, and deletes what is older in the month that is left; returns how many rows were deleted. */
    Uni<Long> deleteBefore(Instant oldest) {
        Map<String, Object> parameters = Map.of("oldest", oldest);
        return months.drop(MonthTable.TELEMETRY_HISTORY, oldest).chain(dropped -> deleteRows(parameters));
    }

    private Uni<Long> deleteRows(Map<String, Object> parameters) {
        return onContext(() -> Panache.withTransaction(() -> StoredHistory.delete("reportedAt < :oldest", parameters)
                .chain(history -> StoredReport.delete("reportedAt < :oldest", parameters)
                        .map(newest -> history + newest))));
    }

    /** Rows of the history. */
    Uni<Long> countHistory() {
        return onContext(() -> Panache.withSession(() -> StoredHistory.count()));
    }

    /** Sessions live on a Vert.x context of their own; callers come from Redis, from a scheduler, or from HTTP. */
    private <T> Uni<T> onContext(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            return Uni.createFrom().<T> deferred(work::get)
                    .runSubscriptionOn(command -> context.runOnContext(ignored -> command.run()));
        });
    }

    private interface Upsert {
        Mutiny.Query<?> of(TelemetryReport report);
    }

    private static Uni<Void> each(Collection<TelemetryReport> reports, Upsert upsert) {
        return Multi.createFrom().iterable(reports)
                .onItem().transformToUniAndConcatenate(report -> upsert.of(report).executeUpdate())
                .collect().asList()
                .replaceWithVoid();
    }

    private static Mutiny.Query<?> query(Mutiny.Session session, String sql, TelemetryReport report) {
        return session.createNativeQuery(sql)
                .setParameter("plane", report.plane())
                .setParameter("instance", report.instance())
                .setParameter("service", report.service())
                .setParameter("version", report.version())
                .setParameter("state", report.state())
                .setParameter("reported", utc(report.reportedAt()))
                .setParameter("figures", new String(EventJson.write(InstanceReport.Figures.of(report)), StandardCharsets.UTF_8));
    }

    private static Instant oldest(Collection<TelemetryReport> reports, Duration slotLength) {
        return reports.stream().map(report -> slot(report, slotLength)).min(Instant::compareTo).orElseThrow();
    }

    private static Instant slot(TelemetryReport report, Duration length) {
        long millis = Math.max(1, length.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(report.reportedAt().toEpochMilli(), millis) * millis);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
