package io.zeroui.tenant.evidence.intake;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.SmallTree;
import io.zeroui.tenant.evidence.courier.CourierBatch;
import java.util.List;

/**
 * That a receipt is in a courier batch (RFC 6962 §2.1.1); hashes as {@code sha256:{hex}}.
 *
 * @param sequenceNumber the receipt's
 * @param leafIndex its place in the batch, from 0
 * @param treeSize receipts of the batch
 * @param leafHash SHA-256 of a zero byte and the receipt's line
 * @param proof the hashes beside the path from the leaf to the root, from below
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BatchProofAnswer(String batchId, String receiptId, long sequenceNumber, int leafIndex, int treeSize,
        String leafHash, List<String> proof, String merkleRoot) {

    public BatchProofAnswer {
        proof = List.copyOf(proof);
    }

    static BatchProofAnswer of(CourierBatch batch, int index) {
        List<String> proof = SmallTree.inclusion(batch.leaves(), index).stream().map(Hash::prefixed).toList();
        return new BatchProofAnswer(batch.claims().batchId(), batch.receipts().get(index).value(),
                batch.claims().sequences().get(index), index, batch.leaves().size(), batch.leaves().get(index).prefixed(),
                proof, batch.claims().merkleRoot().prefixed());
    }
}
