package io.zeroui.runtime.policy;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import java.time.Instant;
import java.util.List;

/** Deliveries and questions as events, the same on every hop. */
public final class PolicyEvents {

    private PolicyEvents() {
    }

    /** Deliveries, in their order. */
    public static List<EventEnvelope> delivered(Plane from, Instant at, List<PolicyDelivered> deliveries) {
        return deliveries.stream().map(one -> event(EventEnvelope.POLICY_DELIVERED, from, at, EventJson.write(one))).toList();
    }

    /** A question. */
    public static List<EventEnvelope> asked(Plane from, Instant at, PolicyAsked asked) {
        return List.of(event(EventEnvelope.POLICY_ASKED, from, at, EventJson.write(asked)));
    }

    /**
     * Reads a delivery.
     *
     * @throws InvalidEvent when it is none, or longer than {@link PolicyDelivered#MAX_BYTES}
     */
    public static PolicyDelivered readDelivered(EventEnvelope event) {
        require(event, EventEnvelope.POLICY_DELIVERED);
        if (event.data().length > PolicyDelivered.MAX_BYTES) {
            throw new InvalidEvent("a delivery of " + event.data().length + " bytes is larger than " + PolicyDelivered.MAX_BYTES);
        }
        return EventJson.read(event.data(), PolicyDelivered.class);
    }

    /**
     * Reads a question.
     *
     * @throws InvalidEvent when it is none
     */
    public static PolicyAsked readAsked(EventEnvelope event) {
        require(event, EventEnvelope.POLICY_ASKED);
        return EventJson.read(event.data(), PolicyAsked.class);
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
