package io.zeroui.tenant.evidence.governance;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.HoldFilter;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldPlaced;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldReleased;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.LedgerActs;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Legal holds of tenants: while one lasts, nothing that it is about is erased. */
@ApplicationScoped
public class LegalHolds {

    /** Most holds of a tenant at a time; all of them are looked at before anything is erased. */
    static final int MOST = 1_000;
    private static final int CONFLICT = 409;

    private final LedgerActs ledgers;
    private final ActStore store;

    LegalHolds(LedgerActs ledgers, ActStore store) {
        this.ledgers = ledgers;
        this.store = store;
    }

    /** Places a hold; it is in force when this completes. */
    Uni<Hold> place(TenantId tenant, String name, HoldFilter filter, Why why) {
        String id = UUID.randomUUID().toString();
        return ledgers.exclusively(tenant, open -> store.listHolds(tenant, false, MOST).chain(holds -> {
            if (holds.size() >= MOST) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, "the tenant has " + MOST + " holds already",
                        Map.of());
            }
            return ledgers.say(open, List.of(new HoldPlaced(id, name, filter, why)));
        })).chain(said -> ledgers.indexed(tenant)).chain(() -> get(tenant, id));
    }

    /** Ends a hold; fails with 404 where the tenant has none of that id, 409 where it has ended. */
    Uni<Hold> release(TenantId tenant, String id, Why why) {
        return ledgers.exclusively(tenant, open -> get(tenant, id).chain(hold -> {
            if (hold.released() != null) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, "the hold was released already",
                        Map.of("hold_id", id));
            }
            return ledgers.say(open, List.of(new HoldReleased(id, why)));
        })).chain(said -> ledgers.indexed(tenant)).chain(() -> get(tenant, id));
    }

    /** Holds that last; with {@code released} also those that have ended. */
    Uni<List<Hold>> list(TenantId tenant, boolean released) {
        return store.listHolds(tenant, released, 10 * MOST);
    }

    /** Fails with 409 and the hold's name where one of the receipts is held. */
    Uni<Void> refuseHeld(TenantId tenant, List<IndexedReceipt> receipts) {
        return store.listHolds(tenant, false, MOST).invoke(holds -> {
            for (Hold hold : holds) {
                receipts.stream().filter(receipt -> isHeld(hold, receipt)).findFirst().ifPresent(held -> {
                    throw new ProblemException(ErrorCode.FORBIDDEN, CONFLICT,
                            "the legal hold \"" + hold.placed().name() + "\" keeps receipt " + held.receiptId(),
                            Map.of("reason", "LEGAL_HOLD", "hold_id", hold.placed().holdId(), "hold", hold.placed().name(),
                                    "receipt_id", held.receiptId()));
                });
            }
        }).replaceWithVoid();
    }

    /** The oldest receipt up to a sequence that any hold keeps. */
    public Uni<Optional<Held>> findFirstHeld(TenantId tenant, long sequence) {
        return store.listHolds(tenant, false, MOST).chain(holds -> Multi.createFrom().iterable(holds)
                .onItem().transformToUniAndConcatenate(hold -> store.findFirstHeld(tenant, hold, sequence))
                .collect().asList()
                .map(found -> found.stream().flatMap(Optional::stream).min(Comparator.comparingLong(Held::sequence))));
    }

    private static boolean isHeld(Hold hold, IndexedReceipt receipt) {
        return hold.placed().filter().holds(ReceiptId.of(receipt.receiptId()), RepoId.of(receipt.repoId()), receipt.gateId(),
                receipt.timestampUtc());
    }

    private Uni<Hold> get(TenantId tenant, String id) {
        return store.listHolds(tenant, id).map(holds -> holds.stream().findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "the tenant has no such hold")));
    }
}
