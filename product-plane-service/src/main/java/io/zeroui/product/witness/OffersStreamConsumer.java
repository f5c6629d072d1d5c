package io.zeroui.product.witness;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.contracts.witness.WitnessAnswer;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Answers the offers of the tenants' logs: of those of one log that waited together, the newest. Answers that could not be sent
 * are not kept: the offer comes again, and then the log is asked to offer from what is known now.
 */
@ApplicationScoped
class OffersStreamConsumer {

    private final Witness witness;
    private final StreamPublisher publisher;
    private final WitnessConfig config;

    OffersStreamConsumer(Witness witness, StreamPublisher publisher, WitnessConfig config) {
        this.witness = witness;
        this.publisher = publisher;
        this.config = config;
    }

    private record Log(String tenant, String region) {
    }

    @Incoming("tenant-checkpoints")
    Uni<Void> consume(StreamBatch batch) {
        Map<Log, CheckpointOffer> newest = new LinkedHashMap<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                CheckpointOffer offer = read(entry.event());
                newest.put(new Log(offer.tenantId(), offer.region()), offer);
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return Multi.createFrom().iterable(newest.values())
                .onItem().transformToUniAndConcatenate(witness::answer)
                .collect().asList()
                .chain(this::publish);
    }

    private Uni<Void> publish(List<WitnessAnswer> answers) {
        return publisher.publish(ChannelCatalogue.PRODUCT_COSIGNATURES, null,
                answers.stream().map(OffersStreamConsumer::event).toList())
                .replaceWithVoid();
    }

    private static EventEnvelope event(WitnessAnswer answer) {
        return EventEnvelope.of(EventEnvelope.CHECKPOINT_WITNESSED, "urn:zeroui:plane:" + Plane.PRODUCT.key(), Instant.now(),
                EventJson.write(answer));
    }

    private CheckpointOffer read(EventEnvelope event) {
        if (!EventEnvelope.CHECKPOINT_OFFERED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        if (event.data().length > config.eventBytes()) {
            throw new InvalidEvent("an offer of " + event.data().length + " bytes is larger than " + config.eventBytes());
        }
        CheckpointOffer offer = EventJson.read(event.data(), CheckpointOffer.class);
        if (!TenantId.of(offer.tenantId()).value().equals(offer.tenantId())) {
            throw new InvalidEvent("an offer of no tenant");
        }
        return offer;
    }
}
