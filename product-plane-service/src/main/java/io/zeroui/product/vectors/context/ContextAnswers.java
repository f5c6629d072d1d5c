package io.zeroui.product.vectors.context;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Tells the tenant plane what has become of exports; and, every few seconds, which database that is and how far it has come. */
@ApplicationScoped
class ContextAnswers {

    private static final Logger LOG = Logger.getLogger(ContextAnswers.class);

    private final ContextIndex index;
    private final StreamPublisher publisher;
    private final Clock clock;
    private final AtomicBoolean begun = new AtomicBoolean();

    ContextAnswers(ContextIndex index, StreamPublisher publisher, Clock clock) {
        this.index = index;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** A process that begins says how far the database is before it changes anything: else one that was restored might have caught up unnoticed. */
    Uni<Void> begin() {
        return begun.get() ? Uni.createFrom().voidItem() : say(List.of()).invoke(() -> begun.set(true));
    }

    @Scheduled(every = "${zeroui.vectors.context.announce:PT15S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> announce() {
        return say(List.of())
                .onFailure().invoke(failure -> LOG.debugf("the tenant plane is not told now: %s", failure))
                .onFailure().recoverWithNull();
    }

    /** Says it; what is lost on the way is asked for again by another delivery. */
    Uni<Void> say(List<ContextApplied.Item> items) {
        return index.life()
                .chain(life -> publisher.publish(ChannelCatalogue.PRODUCT_CONTEXT_ACKS, null, List.of(EventEnvelope.of(EventEnvelope.CONTEXT_APPLIED,
                        "urn:zeroui:plane:" + Plane.PRODUCT.key(), clock.instant(), EventJson.write(new ContextApplied(life.epoch(), life.changes(), items))))))
                .replaceWithVoid();
    }
}
