package io.zeroui.product.tenants;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.TenantsAsked;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the planes what changed in the registry. A change is announced at once; an announcement that is lost is made good by
 * the next question of who mirrors the registry. That is why there is no outbox: the registry itself is one.
 */
@ApplicationScoped
public class RegistryAnnouncer {

    private static final Logger LOG = Logger.getLogger(RegistryAnnouncer.class);

    private final RegistryChangeStore changes;
    private final StreamPublisher publisher;

    RegistryAnnouncer(RegistryChangeStore changes, StreamPublisher publisher) {
        this.changes = changes;
        this.publisher = publisher;
    }

    /** Announces the change of that version; never fails: the change is committed whether it is heard or not. */
    public Uni<Void> announce(long version) {
        return changes.current()
                .chain(epoch -> publish(epoch, version - 1, null))
                .onFailure().invoke(failure -> LOG.warnf("version %d of the registry is not announced; whoever mirrors it will ask: %s",
                        version, failure))
                .onFailure().recoverWithNull();
    }

    /** Answers a question with all that is new since, in as many events as it takes. */
    Uni<Void> answer(TenantsAsked asked) {
        return publish(asked.epoch(), asked.version(), asked.askedAt());
    }

    /** The answer's last event says which question it answers: before it not everything is told. */
    private Uni<Void> publish(String epoch, long version, @Nullable Instant askedAt) {
        return changes.since(epoch, version).chain(page -> {
            TenantsChanged changed = page.changed();
            TenantsChanged event = page.isLast() ? new TenantsChanged(changed.epoch(), changed.from(), changed.to(), askedAt,
                    changed.tenants(), changed.edges(), changed.keys()) : changed;
            return publisher.publish(ChannelCatalogue.PRODUCT_TENANTS, null, List.of(EventEnvelope.of(
                    EventEnvelope.TENANTS_CHANGED, "urn:zeroui:plane:" + Plane.PRODUCT.key(), Instant.now(),
                    EventJson.write(event))))
                    .chain(ids -> page.isLast() ? Uni.createFrom().voidItem()
                            : publish(changed.epoch(), changed.to(), askedAt));
        });
    }
}
