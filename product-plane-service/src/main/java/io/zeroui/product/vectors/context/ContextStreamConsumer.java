package io.zeroui.product.vectors.context;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Carries out exports and withdrawals, one after the other, and tells the tenant plane of each at once. */
@ApplicationScoped
class ContextStreamConsumer {

    private final ContextIndex index;
    private final ContextAnswers answers;
    private final ContextIndexConfig config;

    ContextStreamConsumer(ContextIndex index, ContextAnswers answers, ContextIndexConfig config) {
        this.index = index;
        this.answers = answers;
        this.config = config;
    }

    @Incoming("tenant-context")
    Uni<Void> consume(StreamBatch batch) {
        List<ContextChanged> changes = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                changes.add(read(entry.event()));
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return Multi.createFrom().iterable(changes)
                .onItem().transformToUniAndConcatenate(change -> index.apply(change).chain(applied -> answers.say(List.of(applied))))
                .collect().last()
                .replaceWithVoid();
    }

    private ContextChanged read(EventEnvelope event) {
        if (!EventEnvelope.CONTEXT_CHANGED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        if (event.data().length > config.eventBytes()) {
            throw new InvalidEvent("a change of context of " + event.data().length + " bytes is larger than " + config.eventBytes());
        }
        ContextChanged change = EventJson.read(event.data(), ContextChanged.class);
        if (!TenantId.of(change.tenantId()).value().equals(change.tenantId())) {
            throw new InvalidEvent("a change of context of no tenant");
        }
        return change;
    }
}
