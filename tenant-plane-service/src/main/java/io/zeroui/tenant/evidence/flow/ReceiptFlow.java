package io.zeroui.tenant.evidence.flow;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.lookup.ErasedReceipts;
import jakarta.enterprise.context.ApplicationScoped;

/** Follows receipts by the parents that they name. */
@ApplicationScoped
class ReceiptFlow {

    private final FlowStore store;
    private final ErasedReceipts erased;

    ReceiptFlow(FlowStore store, ErasedReceipts erased) {
        this.store = store;
        this.erased = erased;
    }

    /** Which way to follow. */
    enum Direction {
        UP,
        DOWN,
        BOTH,
        SIBLINGS
    }

    /**
     * The receipts around one.
     *
     * @param depth most steps in each direction
     * @return fails with a {@link ProblemException} where the tenant's ledger does not have the receipt (404) or has erased it (410)
     */
    Uni<FlowAnswer> follow(TenantId tenant, ReceiptId id, Direction direction, int depth) {
        return store.read(tenant, levels -> levels.byId(id.value()).chain(found -> {
            if (found.isEmpty()) {
                throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "the ledger has no receipt " + id);
            }
            IndexedReceipt start = found.get(0);
            FlowWalk walk = new FlowWalk(levels, start, depth);
            Uni<Void> walked = switch (direction) {
                case UP -> walk.up();
                case DOWN -> walk.down();
                case BOTH -> walk.up().chain(walk::down);
                case SIBLINGS -> walk.siblings();
            };
            return walked.map(done -> walk.answer(direction));
        })).onFailure(ReceiptFlow::isMissing).recoverWithUni(() -> erased.refuse(tenant, id));
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == ErrorCode.RESOURCE_NOT_FOUND;
    }
}
