package io.zeroui.contracts.witness;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import java.util.List;

/**
 * A log asks its witness for a cosignature: this is my checkpoint, and it continues the one of {@code oldSize} that you know.
 *
 * @param tenantId whose log
 * @param region where it is
 * @param logKey the vkey that the checkpoint is signed with
 * @param oldSize what the witness is taken to know; 0 for nothing
 * @param proof the consistency proof from {@code oldSize}, base64 hashes, at most {@link AddCheckpoint#MAX_PROOF}
 * @param checkpoint the signed note, at most {@link AddCheckpoint#MAX_CHECKPOINT_BYTES}
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.RECEIPT_METADATA)
@EventType(EventEnvelope.CHECKPOINT_OFFERED)
public record CheckpointOffer(String tenantId, String region, String logKey, long oldSize, List<String> proof,
        String checkpoint) {

    public CheckpointOffer {
        if (tenantId == null || region == null || logKey == null || proof == null || checkpoint == null) {
            throw new InvalidEvent("an offer without tenant, region, key, proof or checkpoint");
        }
        if (oldSize < 0 || proof.size() > AddCheckpoint.MAX_PROOF
                || checkpoint.length() > AddCheckpoint.MAX_CHECKPOINT_BYTES) {
            throw new InvalidEvent("an offer from size " + oldSize + " with " + proof.size() + " hashes and a note of "
                    + checkpoint.length() + " characters");
        }
        proof = List.copyOf(proof);
    }
}
