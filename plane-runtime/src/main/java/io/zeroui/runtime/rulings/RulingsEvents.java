package io.zeroui.runtime.rulings;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsAsked;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import java.time.Instant;

/** Rulings and questions about them as events. */
public final class RulingsEvents {

    /** JSON in JSON: every quotation mark takes two bytes. */
    private static final int MAX_BYTES = 2 * RulingsCodec.MAX_BYTES;

    private RulingsEvents() {
    }

    /** Rulings on their way. */
    public static EventEnvelope delivered(Plane from, Instant at, SignedRulings signed) {
        return event(EventEnvelope.RULINGS_DELIVERED, from, at, EventJson.write(RulingsDelivered.of(signed)));
    }

    /** A question. */
    public static EventEnvelope asked(Plane from, Instant at, RulingsAsked asked) {
        return event(EventEnvelope.RULINGS_ASKED, from, at, EventJson.write(asked));
    }

    /**
     * Reads a delivery; whether it is to be believed is not asked.
     *
     * @throws InvalidEvent when it is none, or larger than any
     */
    public static RulingsDelivered readDelivered(EventEnvelope event) {
        require(event, EventEnvelope.RULINGS_DELIVERED);
        if (event.data().length > MAX_BYTES) {
            throw new InvalidEvent("rulings of " + event.data().length + " bytes are larger than " + MAX_BYTES);
        }
        return EventJson.read(event.data(), RulingsDelivered.class);
    }

    /**
     * Reads a question.
     *
     * @throws InvalidEvent when it is none
     */
    public static RulingsAsked readAsked(EventEnvelope event) {
        require(event, EventEnvelope.RULINGS_ASKED);
        return EventJson.read(event.data(), RulingsAsked.class);
    }

    private static EventEnvelope event(String type, Plane from, Instant at, byte[] data) {
        return EventEnvelope.of(type, "urn:zeroui:plane:" + from.key(), at, data);
    }

    private static void require(EventEnvelope event, String type) {
        if (!type.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
    }
}
