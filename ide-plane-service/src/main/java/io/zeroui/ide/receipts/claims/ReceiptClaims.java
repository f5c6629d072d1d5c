package io.zeroui.ide.receipts.claims;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.ide.receipts.ReceiptsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ids between arrival and index: together with the index they keep ids unique, whichever way receipts come and however
 * many come at once. A claim is made before the index is asked and forgotten only after the index has the row, so an id is
 * always in at least one of the two. When there are too many (the database has been down for long) stored claims are
 * forgotten early, and {@link CatchUp} says that uniqueness is deferred until the index has caught up with the files.
 */
@ApplicationScoped
public class ReceiptClaims {

    private final Map<ReceiptId, Claim> claims = new ConcurrentHashMap<>();
    private final int maxClaims;
    private final CatchUp catchUp;

    ReceiptClaims(ReceiptsConfig config, CatchUp catchUp) {
        this.maxClaims = config.maxClaims();
        this.catchUp = catchUp;
    }

    /** Claims the id; returns the claim of whoever was first, which is the caller's own if nobody was. */
    public Claim claim(Claim own) {
        Claim first = claims.putIfAbsent(own.id(), own);
        return first == null ? own : first;
    }

    /** A claim to try with {@link #claim}. */
    public Claim propose(ReceiptId id, Hash hash) {
        return new Claim(id, hash);
    }

    /** The claim that is held for the id, or null. */
    public @Nullable Claim find(ReceiptId id) {
        return claims.get(id);
    }

    /** Ids that are claimed. */
    public int size() {
        return claims.size();
    }

    /** Nothing was stored: the next one may try. */
    public void release(Claim claim) {
        claims.remove(claim.id(), claim);
        claim.settle(Optional.empty());
    }

    /** The line was appended and waits for the index. */
    public void stored(Claim claim, StoredReceipt stored) {
        if (claims.size() > maxClaims) {
            catchUp.fellBehind();
            claims.remove(claim.id(), claim);
        }
        claim.settle(Optional.of(stored));
    }

    /** The index knows the id. */
    public void indexed(Claim claim, StoredReceipt stored) {
        claim.settle(Optional.of(stored));
        claims.remove(claim.id(), claim);
    }

    /** The index has dealt with the line at this position: the claim that stored it is no longer needed. */
    public void passed(ReceiptId id, LinePosition position) {
        Claim claim = claims.get(id);
        StoredReceipt stored = claim == null ? null : claim.stored();
        if (claim != null && stored != null && stored.position().equals(position)) {
            claims.remove(id, claim);
        }
    }

    /** Forgets claims whose lines the index has passed without meeting them as receipts. */
    public void forgetUpTo(String file, long indexedTo) {
        claims.values().removeIf(claim -> {
            StoredReceipt stored = claim.stored();
            return stored != null && stored.position().file().equals(file) && stored.position().end() <= indexedTo;
        });
    }
}
