package io.zeroui.tenant.evidence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyObjection;
import io.zeroui.contracts.signature.TrustStore;
import io.zeroui.runtime.fabric.FabricException;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.tenant.evidence.KnownReceipts.Conflict;
import io.zeroui.tenant.evidence.KnownReceipts.Sorted;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.deadletters.EvidenceDeadLetters;
import io.zeroui.tenant.evidence.index.EvidenceIndexer;
import io.zeroui.tenant.evidence.index.EvidenceStore.Key;
import io.zeroui.tenant.evidence.index.LedgerLine;
import io.zeroui.tenant.evidence.index.SignatureVerdict;
import io.zeroui.tenant.evidence.index.UnindexedReceipts;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.LedgerJournal;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import io.zeroui.tenant.evidence.merkle.LogKeeper;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import io.zeroui.tenant.evidence.work.EvidenceConfig;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.evidence.work.SerialLane;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The ledger of every tenant: takes each receipt once, in one order, durably. Batches go through it one after the other.
 */
@ApplicationScoped
public class EvidenceLedger {

    private final OpenLedgers ledgers;
    private final KnownReceipts known;
    private final LedgerJournal journal;
    private final EvidenceDeadLetters deadLetters;
    private final UnindexedReceipts unindexed;
    private final EvidenceIndexer indexer;
    private final LogKeeper logs;
    private final EmitterKeys keys;
    private final Clock clock;
    private final EvidenceWorkers workers;
    private final EvidenceConfig config;
    private final SerialLane lane = new SerialLane();
    private final Counter appended;
    private final Counter duplicates;
    private final DistributionSummary batchLines;

    EvidenceLedger(OpenLedgers ledgers, KnownReceipts known, LedgerJournal journal, EvidenceDeadLetters deadLetters,
            UnindexedReceipts unindexed, EvidenceIndexer indexer, LogKeeper logs, EmitterKeys keys, Clock clock,
            EvidenceWorkers workers, EvidenceConfig config, MeterRegistry metrics) {
        this.ledgers = ledgers;
        this.known = known;
        this.journal = journal;
        this.deadLetters = deadLetters;
        this.unindexed = unindexed;
        this.indexer = indexer;
        this.logs = logs;
        this.keys = keys;
        this.clock = clock;
        this.workers = workers;
        this.config = config;
        this.appended = metrics.counter("zeroui_ledger_appended");
        this.duplicates = metrics.counter("zeroui_ledger_duplicates");
        this.batchLines = metrics.summary("zeroui_ledger_batch_lines");
        metrics.gauge("zeroui_ledger_index_lag_lines", indexer, EvidenceIndexer::lag);
        metrics.gauge("zeroui_ledger_unindexed_receipts", unindexed, UnindexedReceipts::size);
    }

    /**
     * Runs work on an open ledger while nobody appends to any.
     *
     * @return fails as the work, or {@link TransientFailure} where the ledger cannot be opened
     */
    <T> Uni<T> exclusively(TenantId tenant, Function<OpenLedger, Uni<T>> work) {
        return lane.run(() -> ledgers.open(List.of(tenant)).chain(() -> work.apply(ledgers.get(tenant))));
    }

    /** Says in the journal of an open ledger what is done to it; to be called by the work of {@link #exclusively}. */
    Uni<List<JournalLine>> say(OpenLedger ledger, List<LedgerAct> acts) {
        return journal.appendActs(ledger, acts).emitOn(workers.executor()).invoke(lines -> {
            List<LedgerLine> said = new ArrayList<>(acts.size());
            for (int i = 0; i < acts.size(); i++) {
                said.add(new LedgerLine.Act(lines.get(i), (ActEntry) lines.get(i).entry(), acts.get(i)));
            }
            indexer.offer(ledger.tenant(), said);
            logs.offer(ledger.tenant(), lines);
        });
    }

    /** Opens ledgers: recovers their files and brings the index up to them. */
    Uni<Void> open(List<TenantId> tenants) {
        return lane.run(() -> ledgers.open(tenants));
    }

    /**
     * Settles a batch. When it completes, every new receipt is durable in its ledger, every refused one is durable in the
     * dead-letter folder, and every receipt that the ledger had before is left as it was. When it fails nothing of it may
     * be acknowledged, and it can be repeated.
     */
    Uni<Settlement> settle(List<Candidate> candidates, List<DeadLetter> refused) {
        return settle(candidates, refused, false);
    }

    /**
     * The same.
     *
     * @param whole whether no candidate goes in where one of them conflicts with the ledger
     */
    Uni<Settlement> settle(List<Candidate> candidates, List<DeadLetter> refused, boolean whole) {
        return lane.run(() -> settleNow(candidates, refused, whole))
                .onFailure(EvidenceLedger::isOurs)
                .transform(failure -> new TransientFailure("the ledger cannot take receipts now: " + failure, failure));
    }

    /** Whether the index is so far behind that streams should be read more slowly; beyond the bound nothing is taken in. */
    boolean isIndexFarBehind() {
        return unindexed.size() > config.unindexedReceipts() / 4 * 3;
    }

    private Uni<Settlement> settleNow(List<Candidate> candidates, List<DeadLetter> refused, boolean whole) {
        if (unindexed.size() > config.unindexedReceipts()) {
            return Uni.createFrom().failure(new TransientFailure("the index is too far behind the ledger"));
        }
        Set<TenantId> tenants = candidates.stream().map(Candidate::tenant).collect(Collectors.toSet());
        return ledgers.open(tenants)
                .chain(() -> known.sort(candidates, tenant -> ledgers.get(tenant).keptFrom()))
                .chain(sorted -> workers.run(() -> known.enrolKeys(sorted)))
                .map(sorted -> whole && !sorted.conflicts().isEmpty() ? sorted.withoutFresh() : sorted)
                .chain(sorted -> settleSorted(sorted, refused));
    }

    private Uni<Settlement> settleSorted(Sorted sorted, List<DeadLetter> refused) {
        Settlement settlement = Settlement.of(sorted);
        return append(sorted.fresh(), settlement)
                .invoke(() -> duplicates.increment(sorted.duplicates()))
                .chain(() -> deadLetters.keep(concat(refused, sorted.conflicts().stream().map(Conflict::letter).toList())))
                .replaceWith(settlement);
    }

    private Uni<Void> append(List<Candidate> fresh, Settlement settlement) {
        if (fresh.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<TenantId, List<Candidate>> byTenant = fresh.stream().collect(Collectors.groupingBy(Candidate::tenant));
        List<Uni<Void>> appends = new ArrayList<>();
        byTenant.forEach((tenant, some) -> appends.add(appendTo(tenant, some, settlement)));
        return Uni.join().all(appends).andCollectFailures().replaceWithVoid();
    }

    private Uni<Void> appendTo(TenantId tenant, List<Candidate> fresh, Settlement settlement) {
        return journal.append(ledgers.get(tenant), fresh.stream().map(Candidate::arrival).toList())
                .emitOn(workers.executor())
                .invoke(lines -> appended(tenant, fresh, lines))
                .invoke(lines -> settlement.appended(fresh, lines))
                .replaceWithVoid();
    }

    private void appended(TenantId tenant, List<Candidate> fresh, List<JournalLine> journalLines) {
        List<LedgerLine> lines = new ArrayList<>(fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            var receipt = fresh.get(i).arrival().line();
            unindexed.add(new Key(tenant, receipt.header().id()), receipt.hash());
            lines.add(judged(tenant, journalLines.get(i), receipt.header()));
        }
        appended.increment(lines.size());
        batchLines.record(lines.size());
        indexer.offer(tenant, lines);
        logs.offer(tenant, journalLines);
    }

    /** The signature held before; whether its key is believed is asked for the time that the journal says. */
    private LedgerLine judged(TenantId tenant, JournalLine line, ReceiptHeader header) {
        long generation = keys.generation(tenant);
        TrustStore trusted = keys.of(tenant);
        Ed25519PublicKey key = trusted.find(header.kid());
        KeyObjection objection = key == null ? null : trusted.objection(header.kid(), key, line.entry().receivedAt());
        Instant now = clock.instant();
        SignatureVerdict verdict = key == null ? SignatureVerdict.of(RefusalReason.KID_UNKNOWN, now)
                : objection == null ? SignatureVerdict.verified(now) : SignatureVerdict.of(RefusalReason.of(objection), now);
        return LedgerLine.receipt(line, header, verdict, generation);
    }

    private static boolean isOurs(Throwable failure) {
        return failure instanceof FabricException || failure instanceof RejectedExecutionException
                || failure instanceof java.io.IOException || failure instanceof java.io.UncheckedIOException
                || failure instanceof io.smallrye.mutiny.CompositeException;
    }

    private static List<DeadLetter> concat(List<DeadLetter> some, List<DeadLetter> more) {
        List<DeadLetter> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
