package io.zeroui.tenant.evidence.outbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads which events the product plane has counted. */
@ApplicationScoped
class EvidenceAckStreamConsumer {

    private final EvidenceOutbox outbox;

    EvidenceAckStreamConsumer(EvidenceOutbox outbox) {
        this.outbox = outbox;
    }

    /** Drops the acknowledged events of a batch. */
    @Incoming("product-evidence-acks")
    Uni<Void> consume(StreamBatch batch) {
        List<DeliveryAck> acks = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                acks.add(EventJson.read(entry.event().data(), DeliveryAck.class));
            } catch (InvalidEvent e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return Multi.createFrom().iterable(acks)
                .onItem().transformToUniAndConcatenate(outbox::acknowledge)
                .collect().last()
                .replaceWithVoid();
    }
}
