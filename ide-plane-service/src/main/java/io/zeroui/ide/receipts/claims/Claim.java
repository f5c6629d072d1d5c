package io.zeroui.ide.receipts.claims;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Hash;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The right to store a receipt under an id. Whoever holds it either stores (then everybody else compares with what was
 * stored) or gives it back (then the next one may try).
 */
public final class Claim {

    private final ReceiptId id;
    private final Hash hash;
    private final CompletableFuture<Optional<StoredReceipt>> result = new CompletableFuture<>();

    Claim(ReceiptId id, Hash hash) {
        this.id = id;
        this.hash = hash;
    }

    /** The id that is claimed. */
    public ReceiptId id() {
        return id;
    }

    /** Hash of the line that the holder wants to store. */
    public Hash hash() {
        return hash;
    }

    /** What was stored under the id; empty when the claim was given back. */
    public Uni<Optional<StoredReceipt>> settled() {
        return Uni.createFrom().completionStage(result::copy);
    }

    /** What was stored, or null while nothing is. */
    public @Nullable StoredReceipt stored() {
        return result.getNow(Optional.empty()).orElse(null);
    }

    /** The first settlement counts. */
    @CanIgnoreReturnValue
    boolean settle(Optional<StoredReceipt> stored) {
        return result.complete(stored);
    }
}
