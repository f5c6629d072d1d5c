package io.zeroui.tenant.evidence.lookup;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.index.ErasedReceipt;
import io.zeroui.tenant.evidence.index.ErasedStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a receipt that the ledger does not have, or does not have any more. */
@ApplicationScoped
public class ErasedReceipts {

    private static final int GONE = 410;

    private final ErasedStore store;

    ErasedReceipts(ErasedStore store) {
        this.store = store;
    }

    /**
     * Fails with a {@link ProblemException}: 410 with the facts of the tombstone where the receipt is erased, else 404.
     *
     * @param tenant whose; null where nobody was named
     */
    public <T> Uni<T> refuse(@Nullable TenantId tenant, ReceiptId id) {
        Uni<List<ErasedReceipt>> found = tenant == null ? store.list(id) : store.list(tenant, List.of(id));
        return found.chain(erased -> Uni.createFrom().failure(erased.isEmpty()
                ? new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "the ledger has no receipt " + id)
                : gone(id, details(erased.get(0)))));
    }

    /** The same for a receipt whose line is erased: 410 also while the index has not reached the tombstone. */
    <T> Uni<T> refuseErased(TenantId tenant, ReceiptId id) {
        return store.list(tenant, List.of(id)).chain(erased -> Uni.createFrom().failure(
                gone(id, erased.isEmpty() ? Map.of("receipt_id", id.value()) : details(erased.get(0)))));
    }

    private static ProblemException gone(ReceiptId id, Map<String, Object> details) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, GONE, "the receipt " + id + " is erased", details);
    }

    /** The facts of a tombstone, as clients read them. */
    public static Map<String, Object> details(ErasedReceipt erased) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("receipt_id", erased.receiptId());
        details.put("tenant_id", erased.tenantId());
        details.put("leaf_index", erased.ledgerSequence() - 1);
        if (erased.tombstoneSequence() > 0) {
            details.put("tombstone_leaf_index", erased.tombstoneSequence() - 1);
            details.put("erased_at", erased.erasedAt().toString());
            details.put("erased_by", erased.erasedBy());
            details.put("reason", erased.reason());
            details.put("case_id", erased.caseId());
        }
        return details;
    }
}
