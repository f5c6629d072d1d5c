package io.zeroui.tenant.evidence.intake;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.SmallTree;
import io.zeroui.runtime.intake.ReceiptProblem;
import io.zeroui.runtime.intake.SubmitOutcome;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.LedgerPlace;
import io.zeroui.tenant.evidence.ReceiptIntake;
import io.zeroui.tenant.evidence.courier.BatchRow;
import io.zeroui.tenant.evidence.courier.CourierBatches;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes courier batches in, all of a batch or nothing. Its receipts go into the ledger first and then its record is written; a
 * crash between the two leaves receipts without a record, and the same batch, sent again, gets its record: the ledger knows
 * its receipts.
 */
@ApplicationScoped
class CourierIntake {

    private static final Logger LOG = Logger.getLogger(CourierIntake.class);

    private final ReceiptIntake intake;
    private final CourierBatches batches;
    private final EvidenceWorkers workers;

    CourierIntake(ReceiptIntake intake, CourierBatches batches, EvidenceWorkers workers) {
        this.intake = intake;
        this.batches = batches;
        this.workers = workers;
    }

    /** A batch as it is recorded, and whether that was done now. */
    record Taken(BatchRow batch, boolean isNew) {
    }

    /** Takes a batch in; fails with a problem where it is refused or nothing can be promised now. */
    Uni<Taken> take(TenantId tenant, CourierBody body) {
        return workers.run(() -> checkedLeaves(body))
                .chain(leaves -> batches.exclusively(tenant, () -> takeNext(tenant, body, leaves)));
    }

    /** The batch of that id; fails with 404. */
    Uni<BatchRow> get(TenantId tenant, String batchId) {
        return batches.find(tenant, batchId).map(found -> found.orElseThrow(
                () -> new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "the tenant has no such courier batch")));
    }

    /** The proof that a receipt is in a batch; fails with 404. */
    Uni<BatchProofAnswer> prove(TenantId tenant, String batchId, ReceiptId receipt) {
        return get(tenant, batchId).chain(batches::read).map(batch -> {
            int index = batch.receipts().indexOf(receipt);
            if (index < 0) {
                throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "the batch has no receipt " + receipt);
            }
            return BatchProofAnswer.of(batch, index);
        });
    }

    private static List<Hash> checkedLeaves(CourierBody body) {
        List<Hash> leaves = body.lines().stream().map(MerkleTree::leafHash).toList();
        Hash root = SmallTree.root(leaves);
        if (!root.equals(body.claims().merkleRoot())) {
            throw CourierProblem.wrongRoot(root);
        }
        Set<Hash> seen = new HashSet<>();
        for (int i = 0; i < leaves.size(); i++) {
            if (!seen.add(leaves.get(i))) {
                throw CourierProblem.twice(i);
            }
        }
        return leaves;
    }

    private Uni<Taken> takeNext(TenantId tenant, CourierBody body, List<Hash> leaves) {
        return batches.find(tenant, body.claims().batchId()).chain(found -> {
            if (found.isEmpty()) {
                return takeNew(tenant, body, leaves);
            }
            if (!found.get().contentHash().equals(body.claims().contentHash())) {
                throw CourierProblem.conflict(body.claims().batchId());
            }
            return Uni.createFrom().item(new Taken(found.get(), false));
        });
    }

    private Uni<Taken> takeNew(TenantId tenant, CourierBody body, List<Hash> leaves) {
        return intake.submit(tenant, body.lines(), true)
                .map(CourierIntake::receipts)
                .chain(receipts -> record(tenant, body, receipts, leaves))
                .chain(() -> get(tenant, body.claims().batchId()))
                .map(row -> new Taken(row, true));
    }

    private Uni<Void> record(TenantId tenant, CourierBody body, List<ReceiptId> receipts, List<Hash> leaves) {
        return batches.record(tenant, body.claims(), receipts, leaves)
                .onFailure(failure -> !(failure instanceof ProblemException))
                .transform(failure -> {
                    LOG.warnf("batch %s of %s could not be recorded: %s", body.claims().batchId(), tenant, failure);
                    return ReceiptProblem.unavailable("the batch could not be recorded; send it again");
                });
    }

    private static List<ReceiptId> receipts(List<SubmitOutcome<LedgerPlace>> outcomes) {
        if (outcomes.stream().anyMatch(SubmitOutcome.Refused.class::isInstance)) {
            throw CourierProblem.refused(outcomes);
        }
        return outcomes.stream().map(CourierIntake::id).toList();
    }

    private static ReceiptId id(SubmitOutcome<LedgerPlace> outcome) {
        if (outcome instanceof SubmitOutcome.Stored<LedgerPlace> stored) {
            return stored.id();
        }
        throw ReceiptProblem.unavailable("the ledger cannot take receipts now; try again");
    }
}
