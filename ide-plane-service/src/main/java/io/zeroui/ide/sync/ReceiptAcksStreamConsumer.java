package io.zeroui.ide.sync;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads this edge's acknowledgements; those of an earlier outbox do nothing. */
@ApplicationScoped
public class ReceiptAcksStreamConsumer {

    private final ReceiptSync sync;
    private final String edge;

    ReceiptAcksStreamConsumer(ReceiptSync sync, PlaneConfig plane) {
        this.sync = sync;
        this.edge = plane.edge().id();
    }

    /** Drops what is acknowledged; a failure means that the batch comes again. */
    @Incoming("tenant-receipt-acks")
    public Uni<Void> consume(StreamBatch batch) {
        Map<String, List<SequenceRange>> byEpoch = new LinkedHashMap<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                DeliveryAck ack = EventJson.read(entry.event().data(), DeliveryAck.class);
                if (ack.sender().equals(edge)) {
                    byEpoch.computeIfAbsent(ack.epoch(), epoch -> new ArrayList<>()).addAll(ack.ranges());
                } else {
                    batch.deadLetter(entry, "an acknowledgement for " + ack.sender() + " on the stream of " + edge);
                }
            } catch (InvalidEvent e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return Multi.createFrom().iterable(byEpoch.entrySet())
                .onItem().transformToUniAndConcatenate(
                        acked -> sync.acknowledge(new DeliveryAck(edge, acked.getKey(), acked.getValue())))
                .collect().asList()
                .replaceWithVoid();
    }
}
