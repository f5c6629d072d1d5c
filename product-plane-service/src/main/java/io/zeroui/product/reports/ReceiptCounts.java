package io.zeroui.product.reports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.streams.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Counts receipts, each ledger entry once, and answers reports over the counts. */
@ApplicationScoped
public class ReceiptCounts {

    private final ReceiptCountStore store;
    private final VersionNames versions;
    private final DatabaseSchema schema;
    private final ReportsConfig config;
    private final Counter counted;
    private final Counter duplicate;
    private final Counter refused;
    private final Timer applying;
    private final DistributionSummary batches;

    ReceiptCounts(ReceiptCountStore store, VersionNames versions, DatabaseSchema schema, ReportsConfig config, MeterRegistry meters) {
        this.store = store;
        this.versions = versions;
        this.schema = schema;
        this.config = config;
        this.counted = meters.counter("zeroui_evidence_entries", "outcome", "counted");
        this.duplicate = meters.counter("zeroui_evidence_entries", "outcome", "duplicate");
        this.refused = meters.counter("zeroui_evidence_refused_events");
        this.applying = meters.timer("zeroui_evidence_apply");
        this.batches = meters.summary("zeroui_evidence_batch_entries");
    }

    /**
     * Adds the receipts that are not yet counted, in one transaction. Of the versions that they name those count that the tenant has.
     *
     * @return how many were new; fails with nothing counted when the database is not there
     */
    Uni<Long> apply(Collection<CountedReceipt> receipts) {
        if (receipts.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        long start = System.nanoTime();
        return schema.whenReady()
                .ifNoItem().after(config.timeout()).failWith(() -> new TransientFailure("schema: " + schema.state()))
                .chain(version -> withKnownVersions(receipts))
                .chain(known -> store.apply(known).ifNoItem().after(config.timeout().multipliedBy(2)).fail())
                .invoke(fresh -> measure(receipts.size(), fresh, System.nanoTime() - start));
    }

    private record Known(String tenant, Set<String> versions) {
    }

    /** Without names that no version has: whoever writes receipts can make up as many as he likes, and each would be a row a minute. */
    private Uni<List<CountedReceipt>> withKnownVersions(Collection<CountedReceipt> receipts) {
        Map<String, Set<String>> named = new TreeMap<>();
        for (CountedReceipt receipt : receipts) {
            if (!receipt.policies().isEmpty()) {
                named.computeIfAbsent(receipt.tenantId(), tenant -> new TreeSet<>()).addAll(receipt.policies());
            }
        }
        return Multi.createFrom().iterable(named.entrySet())
                .onItem().transformToUniAndConcatenate(one -> known(one.getKey(), one.getValue()))
                .collect().asMap(Known::tenant, Known::versions)
                .map(known -> receipts.stream()
                        .map(receipt -> receipt.withPoliciesAmong(known.getOrDefault(receipt.tenantId(), Set.of()))).toList());
    }

    private Uni<Known> known(String tenant, Set<String> named) {
        return versions.known(TenantId.of(tenant), named).map(known -> new Known(tenant, known));
    }

    /** Notes events that could not be read. */
    void refused(int events) {
        refused.increment(events);
    }

    /** One page of rows per day, kind, gate and status. */
    Uni<ReceiptReport> report(ReportQuery query) {
        return answer(store.list(query)).map(rows -> ReceiptReport.of(query, rows));
    }

    /** One element per day that has receipts. */
    Uni<DailyReport> daily(ReportQuery query) {
        return answer(store.listDays(query)).map(rows -> DailyReport.of(query, rows));
    }

    /** How much has been counted, over all tenants. */
    public Uni<CountTotals> totals() {
        return answer(store.totals());
    }

    private <T> Uni<T> answer(Uni<T> query) {
        if (!schema.isReady()) {
            return Uni.createFrom().failure(unavailable());
        }
        return query.ifNoItem().after(config.timeout()).fail()
                .onFailure(DatabaseFailures::isUnavailable).transform(failure -> unavailable());
    }

    private ProblemException unavailable() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the product plane does not answer");
    }

    private void measure(int entries, long fresh, long nanos) {
        counted.increment(fresh);
        duplicate.increment(entries - fresh);
        batches.record(entries);
        applying.record(nanos, TimeUnit.NANOSECONDS);
    }
}
