package io.zeroui.product.tenants;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.events.TenantsAsked;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Answers who mirrors the registry. Questions that waited are answered once, with the time of the newest. */
@ApplicationScoped
class RegistryQuestionsStreamConsumer {

    private final RegistryAnnouncer announcer;
    private final DatabaseSchema schema;

    RegistryQuestionsStreamConsumer(RegistryAnnouncer announcer, DatabaseSchema schema) {
        this.announcer = announcer;
        this.schema = schema;
    }

    private record Known(String epoch, long version) {
    }

    @Incoming("tenant-registry-questions")
    Uni<Void> consume(StreamBatch batch) {
        Map<Known, TenantsAsked> questions = new LinkedHashMap<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                TenantsAsked asked = read(entry.event());
                questions.merge(new Known(asked.epoch(), asked.version()), asked,
                        (one, other) -> one.askedAt().isAfter(other.askedAt()) ? one : other);
            } catch (InvalidEvent e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return schema.whenReady()
                .chain(version -> Multi.createFrom().iterable(questions.values())
                        .onItem().transformToUniAndConcatenate(announcer::answer)
                        .collect().asList())
                .replaceWithVoid();
    }

    private static TenantsAsked read(EventEnvelope event) {
        if (!EventEnvelope.TENANTS_ASKED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        TenantsAsked asked = EventJson.read(event.data(), TenantsAsked.class);
        if (asked.epoch() == null || asked.askedAt() == null || asked.version() < 0) {
            throw new InvalidEvent("a question without epoch, version or time");
        }
        return asked;
    }
}
