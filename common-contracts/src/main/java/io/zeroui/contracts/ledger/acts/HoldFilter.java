package io.zeroui.contracts.ledger.acts;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which receipts of a tenant a legal hold is about: those that meet everything that is named; all when nothing is.
 *
 * @param receiptIds any of these; empty for any receipt
 * @param repoId of that repository
 * @param gateId of that gate
 * @param from with a time of their own at or after this
 * @param to with a time of their own before this
 */
public record HoldFilter(List<ReceiptId> receiptIds, @Nullable RepoId repoId, @Nullable String gateId, @Nullable Instant from,
        @Nullable Instant to) {

    /** Most receipts that one hold names. */
    public static final int MAX_RECEIPTS = 64;

    public HoldFilter {
        receiptIds = List.copyOf(receiptIds);
        if (receiptIds.size() > MAX_RECEIPTS) {
            throw new IllegalArgumentException("a hold names at most " + MAX_RECEIPTS + " receipts");
        }
    }

    /** The whole tenant. */
    public static HoldFilter everything() {
        return new HoldFilter(List.of(), null, null, null, null);
    }

    /**
     * Whether a receipt is held.
     *
     * @param gate null where it has none
     * @param time the receipt's own
     */
    public boolean holds(ReceiptId id, RepoId repo, @Nullable String gate, Instant time) {
        return (receiptIds.isEmpty() || receiptIds.contains(id))
                && (repoId == null || repoId.equals(repo))
                && (gateId == null || gateId.equals(gate))
                && (from == null || !time.isBefore(from))
                && (to == null || time.isBefore(to));
    }
}
