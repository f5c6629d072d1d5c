package io.zeroui.contracts.rulings.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.rulings.SignedRulings;
import java.nio.charset.StandardCharsets;

/**
 * The rulings that count now, whole.
 *
 * @param epoch of them
 * @param version of them; both repeat what the document says, so that nobody has to read one that he has
 * @param sha256 of the document, 64 hex digits
 * @param document the signed document, UTF-8
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.RULING)
@EventType(EventEnvelope.RULINGS_DELIVERED)
public record RulingsDelivered(long epoch, long version, String sha256, String document) {

    public RulingsDelivered {
        if (sha256 == null || document == null) {
            throw new InvalidEvent("a delivery of rulings without hash or document");
        }
    }

    /** Rulings on their way. */
    public static RulingsDelivered of(SignedRulings signed) {
        return new RulingsDelivered(signed.rulings().epoch(), signed.rulings().version(), signed.hash().hex(),
                new String(signed.document(), StandardCharsets.UTF_8));
    }

    /** The document as bytes. */
    @JsonIgnore
    public byte[] bytes() {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
