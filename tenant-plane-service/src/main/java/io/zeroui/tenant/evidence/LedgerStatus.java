package io.zeroui.tenant.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.tenant.evidence.deadletters.EvidenceDeadLetters;
import io.zeroui.tenant.evidence.index.EvidenceIndexer;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.EvidenceStore.Digest;
import io.zeroui.tenant.evidence.index.EvidenceStore.Totals;
import io.zeroui.tenant.evidence.index.UnindexedReceipts;
import io.zeroui.tenant.evidence.merkle.LogKeeper;
import io.zeroui.tenant.evidence.outbox.EvidenceOutbox;
import io.zeroui.tenant.evidence.witness.Witnessing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger's own figures. */
@ApplicationScoped
public class LedgerStatus {

    /**
     * Figures of this moment; those that need the database are null while it does not answer.
     *
     * @param ledger what the start is doing, {@code recovered} when receipts are taken
     * @param caughtUp whether the index has everything that is in the files
     * @param receipts receipts in the index, over all tenants
     * @param tenants ledgers with an index
     * @param policyClaimsFlagged receipts that cannot be right about the policies that they name
     * @param indexLag lines that are durable and not indexed
     * @param unindexed receipts in memory until they are indexed
     * @param deadLetters kept since the start
     * @param logLag lines that no checkpoint has yet
     * @param logsBroken logs that disagree with their journal or with themselves, to which nothing is appended
     * @param witnessLag lines in checkpoints that the product plane's witness has not cosigned
     * @param witnessRefusals logs and witnesses that disagree; {@code GET /v1/evidence/logs/T/witnesses} says why
     * @param outbox events that the product plane has not acknowledged
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Report(String ledger, boolean caughtUp, @Nullable Long receipts, @Nullable Long tenants,
            @Nullable Long policyClaimsFlagged, long indexLag, long unindexed, long deadLetters, long logLag, long logsBroken, long witnessLag,
            long witnessRefusals, @Nullable Long outbox) {
    }

    private final LedgerStart start;
    private final EvidenceStore store;
    private final EvidenceIndexer indexer;
    private final UnindexedReceipts unindexed;
    private final EvidenceDeadLetters deadLetters;
    private final EvidenceOutbox outbox;
    private final LogKeeper logs;
    private final Witnessing witnessing;

    LedgerStatus(LedgerStart start, EvidenceStore store, EvidenceIndexer indexer, UnindexedReceipts unindexed,
            EvidenceDeadLetters deadLetters, EvidenceOutbox outbox, LogKeeper logs, Witnessing witnessing) {
        this.start = start;
        this.store = store;
        this.indexer = indexer;
        this.unindexed = unindexed;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.logs = logs;
        this.witnessing = witnessing;
    }

    /** The figures; never fails. */
    public Uni<Report> report() {
        Uni<Optional<Totals>> totals = store.totals().map(Optional::of)
                .onFailure().recoverWithItem(Optional.empty());
        Uni<Optional<Long>> waiting = outbox.count().map(Optional::of)
                .onFailure().recoverWithItem(Optional.empty());
        return Uni.combine().all().unis(totals, waiting).with(this::report);
    }

    /** Fingerprint of the whole index. */
    public Uni<Digest> digest() {
        return store.digest();
    }

    private Report report(Optional<Totals> totals, Optional<Long> waiting) {
        return new Report(start.state(), start.isRecovered() && indexer.lag() == 0, totals.map(Totals::rows).orElse(null),
                totals.map(Totals::tenants).orElse(null), totals.map(Totals::flagged).orElse(null), indexer.lag(), unindexed.size(), deadLetters.count(),
                logs.lag(), logs.broken(), witnessing.lag(), witnessing.refused(), waiting.orElse(null));
    }
}
