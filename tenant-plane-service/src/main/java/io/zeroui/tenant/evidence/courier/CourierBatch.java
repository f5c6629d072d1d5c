package io.zeroui.tenant.evidence.courier;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.util.List;

/**
 * A batch as its record has it.
 *
 * @param number order of the tenant's batches, from 1
 * @param claims what the courier said
 * @param receipts ids of its receipts, in its order
 * @param leaves their leaf hashes, in the same order
 * @param recordedAt when the record was written
 */
public record CourierBatch(long number, CourierClaims claims, List<ReceiptId> receipts, List<Hash> leaves,
        Instant recordedAt) {

    public CourierBatch {
        receipts = List.copyOf(receipts);
        leaves = List.copyOf(leaves);
        if (receipts.isEmpty() || receipts.size() != leaves.size() || receipts.size() != claims.sequences().size()) {
            throw new IllegalArgumentException("a batch has one number and one leaf for each of its receipts");
        }
    }
}
