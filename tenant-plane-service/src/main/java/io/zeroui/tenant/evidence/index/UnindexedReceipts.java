package io.zeroui.tenant.evidence.index;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.index.EvidenceStore.Key;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Receipts that are in the ledger and not yet in its index. Who asks whether a receipt is known asks here first and the
 * index second: a receipt leaves here only after the commit that put it there, so it is never in neither.
 */
@ApplicationScoped
public class UnindexedReceipts {

    private final Map<Key, Hash> hashes = new ConcurrentHashMap<>();

    /** The receipt's hash, where it is among them. */
    public @Nullable Hash find(Key key) {
        return hashes.get(key);
    }

    /** Notes a receipt whose line is durable. */
    public void add(Key key, Hash hash) {
        hashes.putIfAbsent(key, hash);
    }

    /** How many there are. */
    public int size() {
        return hashes.size();
    }

    void indexed(TenantId tenant, List<LedgerLine> lines) {
        for (LedgerLine line : lines) {
            if (line instanceof LedgerLine.Receipt receipt) {
                hashes.remove(new Key(tenant, receipt.header().id()));
            }
        }
    }
}
