package io.zeroui.tenant.evidence.lookup;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.merkle.LogProofs;
import io.zeroui.tenant.evidence.merkle.ProofAnswer;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** Proves that a receipt is in its tenant's log. */
@ApplicationScoped
class EvidenceProver {

    private static final String PARTITION = "/dt=";

    private final LogProofs proofs;
    private final EvidenceWorkers workers;

    EvidenceProver(LogProofs proofs, EvidenceWorkers workers) {
        this.proofs = proofs;
        this.workers = workers;
    }

    /** The proof; fails as {@link LogProofs#inclusion} says. */
    Uni<ProofAnswer> prove(StoredReceipt stored) {
        IndexedReceipt row = stored.index();
        return workers.read(() -> proofs.inclusion(TenantId.of(row.tenantId()), dayOf(row.file()), row.ledgerSequence()));
    }

    /** A receipt is journaled on the day of its evidence file, {@code …/dt=YYYY-MM-DD/receipts.jsonl}. */
    private static LocalDate dayOf(String file) {
        int begin = file.lastIndexOf(PARTITION) + PARTITION.length();
        return LocalDate.parse(file.substring(begin, begin + "YYYY-MM-DD".length()));
    }
}
