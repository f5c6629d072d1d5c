package io.zeroui.tenant.evidence.governance;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.fabric.FabricException;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.LedgerActs;
import io.zeroui.tenant.evidence.erasure.LineErasure;
import io.zeroui.tenant.evidence.erasure.LineErasure.Preparation;
import io.zeroui.tenant.evidence.erasure.LineErasure.Target;
import io.zeroui.tenant.evidence.index.ErasedReceipt;
import io.zeroui.tenant.evidence.index.ErasedStore;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Erases receipts of a tenant from its files and from everything that was derived from them. */
@ApplicationScoped
class Erasures {

    private static final Logger LOG = Logger.getLogger(Erasures.class);

    private final LedgerActs ledgers;
    private final LegalHolds holds;
    private final LineErasure lines;
    private final EvidenceStore receipts;
    private final ErasedStore erased;

    Erasures(LedgerActs ledgers, LegalHolds holds, LineErasure lines, EvidenceStore receipts, ErasedStore erased) {
        this.ledgers = ledgers;
        this.holds = holds;
        this.lines = lines;
        this.receipts = receipts;
        this.erased = erased;
    }

    /**
     * Erases all of these receipts, or none.
     *
     * @param ids at least one
     * @return their tombstones; of those that were erased before, the ones that they have. Fails with a {@link ProblemException}:
     *         404 where the ledger does not have one of them, 409 where a legal hold keeps one, 503 where files or index cannot
     *         be reached; then it may be finished later, and can be asked for again
     */
    Uni<List<ErasedReceipt>> erase(TenantId tenant, List<ReceiptId> ids, Why why) {
        return lines.prepare(tenant, ids)
                .chain(prepared -> ledgers.exclusively(tenant, open -> eraseNow(open, ids, why, prepared)))
                .chain(() -> ledgers.indexed(tenant))
                .chain(() -> erased.list(tenant, ids))
                .onFailure(failure -> failure instanceof IOException || failure instanceof UncheckedIOException
                        || failure instanceof FabricException)
                .transform(failure -> {
                    LOG.errorf(failure, "an erasure in the ledger of %s could not be finished", tenant);
                    return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                            "the ledger's files cannot be written now; ask again whether it was finished");
                });
    }

    private Uni<Void> eraseNow(OpenLedger open, List<ReceiptId> ids, Why why, Preparation prepared) {
        return receipts.listByIds(open.tenant(), ids)
                .map(rows -> rows.stream().filter(row -> row.ledgerSequence() > open.droppedTo()).toList())
                .call(rows -> refuseMissing(open.tenant(), ids, rows))
                .call(rows -> holds.refuseHeld(open.tenant(), rows))
                .chain(rows -> rows.isEmpty() ? Uni.createFrom().voidItem()
                        : lines.erase(open, rows.stream().map(Erasures::target).toList(), why, prepared,
                                acts -> ledgers.say(open, acts)));
    }

    private Uni<Void> refuseMissing(TenantId tenant, List<ReceiptId> ids, List<IndexedReceipt> rows) {
        return erased.list(tenant, ids).invoke(gone -> {
            Set<String> missing = new HashSet<>();
            ids.forEach(id -> missing.add(id.value()));
            rows.forEach(row -> missing.remove(row.receiptId()));
            gone.forEach(one -> missing.remove(one.receiptId()));
            if (!missing.isEmpty()) {
                throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_NOT_FOUND.status(),
                        "the ledger does not have all of these receipts; nothing was erased",
                        Map.of("missing", missing.stream().sorted().toList()));
            }
        }).replaceWithVoid();
    }

    private static Target target(IndexedReceipt row) {
        return new Target(ReceiptId.of(row.receiptId()), row.ledgerSequence(), FileDay.of(row.file()), row.link().chain().value());
    }
}
