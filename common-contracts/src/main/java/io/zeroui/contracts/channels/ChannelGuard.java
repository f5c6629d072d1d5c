package io.zeroui.contracts.channels;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.events.EventAttribute;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;

/**
 * Decides which events may go on a channel. What can be known of the channel is computed when the guard is made; an event
 * then costs a few comparisons and, where the payload is a record, one strict reading of it. Receipt lines are not parsed:
 * they were before they reached the outbox. Thread-safe.
 */
public final class ChannelGuard {

    private final Channel channel;
    private final List<String> violations;
    private final @Nullable String eventType;
    private final Set<String> attributes;

    /** The guard of one channel. */
    public ChannelGuard(Channel channel) {
        this.channel = channel;
        this.violations = channel.violations();
        EventType type = channel.payload().getAnnotation(EventType.class);
        this.eventType = type == null ? null : type.value();
        this.attributes = Arrays.stream(EventAttribute.values())
                .filter(attribute -> channel.carries().contains(attribute.dataClass()) || attribute.isRequired())
                .map(EventAttribute::attribute).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Lets an event pass.
     *
     * @throws EventRefused when the channel itself breaks the plane contract, or the event is of another type or media type,
     *         has an attribute that the channel does not carry, or its data is not exactly the channel's payload. The message
     *         does not repeat the data
     */
    public void check(EventEnvelope event) {
        if (!violations.isEmpty()) {
            throw refused("nothing may be sent: " + violations.get(0));
        }
        if (!event.type().equals(eventType)) {
            throw refused("carries events of type " + eventType + ", not " + event.type());
        }
        if (!event.dataContentType().equals(EventEnvelope.JSON)) {
            throw refused("carries " + EventEnvelope.JSON + ", not " + event.dataContentType());
        }
        checkAttributes(event);
        if (channel.carriesRawLines()) {
            checkLine(event.data());
        } else {
            checkRecord(event.data());
        }
    }

    private void checkAttributes(EventEnvelope event) {
        if (event.subject() != null) {
            checkAttribute(EventAttribute.SUBJECT.attribute());
        }
        if (event.tenantId() != null) {
            checkAttribute(EventAttribute.TENANT_ID.attribute());
        }
        event.extensions().keySet().forEach(this::checkAttribute);
    }

    private void checkAttribute(String name) {
        if (!attributes.contains(name)) {
            throw refused("does not carry the attribute " + name + EventAttribute.find(name)
                    .map(known -> ", which is " + known.dataClass().key()).orElse(", which has no data class"));
        }
    }

    private void checkLine(byte[] data) {
        if (data.length == 0) {
            throw refused("carries lines, and this is nothing");
        }
        for (byte character : data) {
            if (character == '\n') {
                throw refused("carries one line an event, and this is more");
            }
        }
    }

    private void checkRecord(byte[] data) {
        try {
            EventJson.readExactly(data, channel.payload());
        } catch (InvalidEvent e) {
            throw refused("does not carry this: " + e.getMessage());
        }
    }

    private EventRefused refused(String why) {
        return new EventRefused("channel " + channel.name() + " " + why);
    }
}
