package io.zeroui.contracts.witness;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a witness says of an offer: a cosignature, or why there is none. It is whole without the offer, so one that comes late,
 * twice or out of order does no harm.
 *
 * @param tenantId whose log
 * @param region where it is
 * @param size of the checkpoint that was offered
 * @param rootHash of it, base64; null where the offer had none that could be read
 * @param witnessKey vkey of the witness; null with a refusal
 * @param cosignature the signature line, without its newline; null with a refusal
 * @param refusal why there is none; null with a cosignature
 * @param knownSize with a refusal, the size of the log that the witness knows; 0 for none
 * @param detail with a refusal, what is wrong, in words
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Carries(DataClass.RECEIPT_METADATA)
@EventType(EventEnvelope.CHECKPOINT_WITNESSED)
public record WitnessAnswer(String tenantId, String region, long size, @Nullable String rootHash,
        @Nullable String witnessKey, @Nullable String cosignature, @Nullable WitnessRefusal refusal, long knownSize,
        @Nullable String detail) {

    public WitnessAnswer {
        if (tenantId == null || region == null || size < 0 || knownSize < 0) {
            throw new InvalidEvent("an answer of a witness without tenant, region or size");
        }
        boolean cosigned = rootHash != null && witnessKey != null && cosignature != null;
        if (cosigned == (refusal != null)) {
            throw new InvalidEvent("an answer of a witness is a cosignature or a refusal");
        }
    }

    /** A refusal. */
    public static WitnessAnswer refused(CheckpointOffer offer, long size, @Nullable String rootHash, WitnessRefusal refusal,
            long knownSize, String detail) {
        return new WitnessAnswer(offer.tenantId(), offer.region(), size, rootHash, null, null, refusal, knownSize, detail);
    }

    /** A cosignature. */
    public static WitnessAnswer cosigned(CheckpointOffer offer, long size, String rootHash, String witnessKey,
            String cosignature) {
        return new WitnessAnswer(offer.tenantId(), offer.region(), size, rootHash, witnessKey, cosignature, null, size, null);
    }
}
