package io.zeroui.tenant.evidence.lookup;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds receipts of the ledger with the bytes that lie in their evidence file. */
@ApplicationScoped
class EvidenceLookup {

    private static final int CONFLICT = 409;

    private final EvidenceStore store;
    private final ErasedReceipts erased;
    private final LedgerFiles files;
    private final EvidenceWorkers workers;

    EvidenceLookup(EvidenceStore store, ErasedReceipts erased, LedgerFiles files, EvidenceWorkers workers) {
        this.store = store;
        this.erased = erased;
        this.files = files;
        this.workers = workers;
    }

    /**
     * The receipt.
     *
     * @param tenant whose; null where only one tenant has a receipt of that id
     * @return fails with a {@link ProblemException} where there is none, where it is erased (410), or where there are several
     *         and no tenant was named
     */
    Uni<StoredReceipt> get(@Nullable TenantId tenant, ReceiptId id) {
        Uni<List<IndexedReceipt>> found = tenant == null ? store.listById(id) : store.listById(tenant, id);
        return found.chain(rows -> rows.isEmpty() ? erased.refuse(tenant, id) : withBytes(only(rows, id)));
    }

    /** Between the row and the bytes the receipt may have been erased. */
    private Uni<StoredReceipt> withBytes(IndexedReceipt row) {
        return workers.read(() -> files.bytes(row.file(), row.fileOffset(), row.lineLength()))
                .chain(bytes -> ErasedLine.read(bytes).isPresent()
                        ? erased.refuseErased(TenantId.of(row.tenantId()), ReceiptId.of(row.receiptId()))
                        : Uni.createFrom().item(new StoredReceipt(row, bytes)));
    }

    private static IndexedReceipt only(List<IndexedReceipt> rows, ReceiptId id) {
        if (rows.size() > 1) {
            throw new ProblemException(ErrorCode.TENANT_ID_MISSING, CONFLICT,
                    "several tenants have receipt " + id + ": say which one in the header " + EvidenceResource.TENANT,
                    Map.of("header", EvidenceResource.TENANT));
        }
        return rows.get(0);
    }
}
