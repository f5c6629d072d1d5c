package io.zeroui.ide.receipts.lookup;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.ide.receipts.ReceiptCheck;
import io.zeroui.ide.receipts.ReceiptEntry;
import io.zeroui.ide.receipts.ReceiptFiles;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.claims.Claim;
import io.zeroui.ide.receipts.claims.ReceiptClaims;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.ide.receipts.index.ReceiptIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds receipts, also those that were acknowledged a moment ago and are not in the index yet. */
@ApplicationScoped
public class ReceiptLookup {

    private final ReceiptIndex index;
    private final ReceiptClaims claims;
    private final ReceiptFiles files;
    private final ReceiptCheck check;
    private final ReceiptWorkers workers;
    private final ReceiptsConfig config;

    ReceiptLookup(ReceiptIndex index, ReceiptClaims claims, ReceiptFiles files, ReceiptCheck check,
            ReceiptWorkers workers, ReceiptsConfig config) {
        this.index = index;
        this.claims = claims;
        this.files = files;
        this.check = check;
        this.workers = workers;
        this.config = config;
    }

    /**
     * A receipt with its line.
     *
     * @param entry what is known of it
     * @param line its bytes
     * @param indexed whether the index has it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Found(ReceiptEntry entry, byte[] line, boolean indexed) {
    }

    /** The receipt, or null; fails when the bytes in its file are not those that were indexed. */
    public Uni<@Nullable Found> find(ReceiptId id) {
        Claim claim = claims.find(id);
        StoredReceipt stored = claim == null ? null : claim.stored();
        if (stored != null) {
            return workers.read(() -> fresh(stored));
        }
        return index.find(id)
                .ifNoItem().after(config.indexTimeout()).fail()
                .chain(entry -> entry == null ? Uni.createFrom().nullItem()
                        : workers.read(() -> new Found(entry, line(entry.hash(), entry), true)));
    }

    /** The newest receipts by their own time, newest first; of one tenant and repository only where they are given. */
    public Uni<List<ReceiptEntry>> listNewest(@Nullable TenantId tenant, @Nullable RepoId repoId, Instant since,
            int limit) {
        return index.listNewest(tenant, repoId, since, limit).ifNoItem().after(config.indexTimeout()).fail();
    }

    private byte[] line(Hash hash, ReceiptEntry entry) throws IOException {
        byte[] line = files.read(entry.position());
        if (!Hash.of(line).equals(hash)) {
            throw new IOException("the bytes at " + entry.position() + " are not those of receipt " + entry.id());
        }
        return line;
    }

    private @Nullable Found fresh(StoredReceipt stored) throws IOException {
        byte[] line = files.read(stored.position());
        return check.checkFound(line, Instant.now()) instanceof ReceiptCheck.Passed passed
                ? new Found(ReceiptEntry.of(passed.line(), passed.tenantId(), stored.position()), line, false)
                : null;
    }
}
