package io.zeroui.runtime.outbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells senders which of their outbox rows are durable here. */
@ApplicationScoped
public class DeliveryAcks {

    /**
     * One handled row.
     *
     * @param sender who sent it: the edge's id, or the plane's name
     * @param epoch the sender's outbox
     * @param sequence the row's number
     */
    public record Delivered(String sender, String epoch, long sequence) {

        /** The row that an event came from, by the extensions which the relay added. */
        public static Delivered of(String sender, EventEnvelope event) {
            return new Delivered(sender, event.requireExtension(EventEnvelope.EPOCH), Long.parseLong(event.requireExtension(EventEnvelope.SEQUENCE)));
        }
    }

    private record Outbox(String sender, String epoch) {
    }

    private final StreamPublisher publisher;
    private final PlaneConfig plane;

    DeliveryAcks(StreamPublisher publisher, PlaneConfig plane) {
        this.publisher = publisher;
        this.plane = plane;
    }

    /**
     * Publishes one acknowledgement per outbox.
     *
     * @param channel the acknowledgement channel; where it has a stream per edge, the senders are edges
     * @param enrolment whose stream the rows came by, for a channel with a stream per edge; null for others
     */
    public Uni<Void> publish(Channel channel, @Nullable StreamScope enrolment, Collection<Delivered> rows) {
        Map<Outbox, SortedSet<Long>> byOutbox = new LinkedHashMap<>();
        rows.forEach(row -> byOutbox.computeIfAbsent(new Outbox(row.sender(), row.epoch()), key -> new TreeSet<>())
                .add(row.sequence()));
        return Multi.createFrom().iterable(byOutbox.entrySet())
                .onItem().transformToUniAndConcatenate(entry -> publisher.publish(channel,
                        enrolment == null ? null : enrolment.of(EdgeId.of(entry.getKey().sender())),
                        List.of(event(entry.getKey(), entry.getValue()))))
                .collect().asList()
                .replaceWithVoid();
    }

    private EventEnvelope event(Outbox outbox, SortedSet<Long> sequences) {
        return EventEnvelope.of(EventEnvelope.DELIVERY_ACKNOWLEDGED, "urn:zeroui:plane:" + plane.plane(), Instant.now(),
                EventJson.write(DeliveryAck.of(outbox.sender(), outbox.epoch(), sequences)));
    }
}
