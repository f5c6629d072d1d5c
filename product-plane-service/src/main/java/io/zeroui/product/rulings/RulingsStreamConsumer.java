package io.zeroui.product.rulings;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import io.zeroui.runtime.rulings.KnownRulings;
import io.zeroui.runtime.rulings.RulingsEvents;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what was ruled. What is not to be believed is refused and reported with the next question; it is no dead letter. */
@ApplicationScoped
class RulingsStreamConsumer {

    private final KnownRulings known;

    RulingsStreamConsumer(KnownRulings known) {
        this.known = known;
    }

    @Incoming("shared-registry")
    Uni<Void> consume(StreamBatch batch) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (StreamEntry entry : batch.entries()) {
            try {
                RulingsDelivered delivery = RulingsEvents.readDelivered(entry.event());
                all = all.chain(() -> known.take(delivery));
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return all;
    }
}
