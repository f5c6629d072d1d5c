package io.zeroui.ide.receipts.index;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.ide.receipts.ReceiptEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in the index. All methods fail when the database does not answer. */
@ApplicationScoped
public class ReceiptIndex {

    private static final int PAGE = 5000;

    private final ReceiptStore store;

    ReceiptIndex(ReceiptStore store) {
        this.store = store;
    }

    /**
     * A fingerprint of the whole index.
     *
     * @param rows number of receipts
     * @param digest SHA-256 over all rows in the order of ids, hex; equal for equal files
     */
    public record Digest(long rows, String digest) {
    }

    /** The receipt of that id, or null. */
    public Uni<@Nullable ReceiptEntry> find(ReceiptId id) {
        return store.find(id);
    }

    /** The newest receipts by their own time, newest first; of one tenant and repository or of all. */
    public Uni<List<ReceiptEntry>> listNewest(@Nullable TenantId tenant, @Nullable RepoId repoId, Instant since,
            int limit) {
        return repoId == null ? store.listNewest(tenant, since, limit)
                : store.listNewest(tenant, repoId, since, limit);
    }

    /** Reads the whole index, page by page. */
    public Uni<Digest> digest() {
        return digestFrom("", 0, sha256());
    }

    private Uni<Digest> digestFrom(String after, long rows, MessageDigest digest) {
        return store.listById(after, PAGE).chain(page -> {
            page.forEach(entry -> digest.update(text(entry)));
            long counted = rows + page.size();
            return page.size() < PAGE
                    ? Uni.createFrom().item(new Digest(counted, HexFormat.of().formatHex(digest.digest())))
                    : digestFrom(page.get(page.size() - 1).id().value(), counted, digest);
        });
    }

    private static byte[] text(ReceiptEntry entry) {
        return String.join("\t", entry.id().value(), entry.kind().key(), entry.tenantId().value(),
                entry.repoId().value(), String.valueOf(entry.gateId()), String.valueOf(entry.status()),
                entry.evaluationPoint(), String.valueOf(entry.severity()),
                Long.toString(entry.timestampUtc().toEpochMilli()), entry.kid().value(), entry.hash().hex(),
                entry.position().toString(), "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
