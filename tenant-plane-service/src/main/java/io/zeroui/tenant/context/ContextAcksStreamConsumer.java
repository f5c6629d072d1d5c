package io.zeroui.tenant.context;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what has become of exports on the product plane. */
@ApplicationScoped
class ContextAcksStreamConsumer {

    private static final int EVENT_BYTES = 1 << 20;

    private final ContextSender sender;
    private final EvidenceWorkers workers;

    ContextAcksStreamConsumer(ContextSender sender, EvidenceWorkers workers) {
        this.sender = sender;
        this.workers = workers;
    }

    @Incoming("product-context-acks")
    Uni<Void> consume(StreamBatch batch) {
        List<ContextApplied> said = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                said.add(read(entry.event()));
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return workers.run(() -> {
            for (ContextApplied one : said) {
                sender.take(one);
            }
            return said.size();
        }).replaceWithVoid();
    }

    private static ContextApplied read(EventEnvelope event) {
        if (!EventEnvelope.CONTEXT_APPLIED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        if (event.data().length > EVENT_BYTES) {
            throw new InvalidEvent("word of exports of " + event.data().length + " bytes");
        }
        ContextApplied applied = EventJson.read(event.data(), ContextApplied.class);
        for (ContextApplied.Item item : applied.items()) {
            if (!TenantId.of(item.tenantId()).value().equals(item.tenantId())) {
                throw new InvalidEvent("word of an export of no tenant");
            }
        }
        return applied;
    }
}
