package io.zeroui.shared.providers.publication;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsAsked;
import io.zeroui.runtime.rulings.RulingsEvents;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears which rulings other planes have, and tells what counts where they have less. */
@ApplicationScoped
public class RulingQuestionsStreamConsumer {

    private static final Logger LOG = Logger.getLogger(RulingQuestionsStreamConsumer.class);

    private final RulingsPublisher publisher;
    private final Map<Plane, RulingsAsked> followers = new EnumMap<>(Plane.class);

    RulingQuestionsStreamConsumer(RulingsPublisher publisher) {
        this.publisher = publisher;
    }

    /** What each plane said last, since the start. */
    public synchronized Map<Plane, RulingsAsked> followers() {
        return Map.copyOf(followers);
    }

    @Incoming("tenant-ruling-questions")
    Uni<Void> tenant(StreamBatch batch) {
        return consume(Plane.TENANT, batch);
    }

    @Incoming("product-ruling-questions")
    Uni<Void> product(StreamBatch batch) {
        return consume(Plane.PRODUCT, batch);
    }

    private Uni<Void> consume(Plane plane, StreamBatch batch) {
        boolean behind = false;
        for (StreamEntry entry : batch.entries()) {
            try {
                RulingsAsked asked = RulingsEvents.readAsked(entry.event());
                behind = hear(plane, asked);
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return behind ? publisher.tellAgain() : Uni.createFrom().voidItem();
    }

    /** Whether who asks has less than there is; of several questions the last one counts. */
    private synchronized boolean hear(Plane plane, RulingsAsked asked) {
        followers.put(plane, asked);
        SignedRulings current = publisher.current();
        if (current == null || asked.epoch() == current.rulings().epoch() && asked.version() == current.rulings().version()) {
            return false;
        }
        boolean behind = asked.epoch() < current.rulings().epoch()
                || asked.epoch() == current.rulings().epoch() && asked.version() < current.rulings().version();
        if (!behind) {
            LOG.warnf("the %s plane has newer rulings than there are, version %d of epoch %d: raise ZEROUI_RULINGS_EPOCH", plane.key(), asked.version(),
                    asked.epoch());
        }
        return behind;
    }
}
