package io.zeroui.product.policy.release;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.runtime.policy.PolicyEvents;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Tells a tenant's mirror. News that is lost is made good by the mirror's next question. */
@ApplicationScoped
class ReleaseNews {

    private static final Logger LOG = Logger.getLogger(ReleaseNews.class);

    private final StreamPublisher publisher;
    private final Clock clock;

    ReleaseNews(StreamPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Never fails. */
    Uni<Void> tell(TenantId tenant, List<PolicyDelivered> deliveries) {
        List<EventEnvelope> events = PolicyEvents.delivered(Plane.PRODUCT, clock.instant(), deliveries);
        return (events.isEmpty() ? Uni.createFrom().voidItem()
                : publisher.publish(ChannelCatalogue.PRODUCT_POLICY, StreamScope.of(tenant), events).replaceWithVoid())
                .onFailure().invoke(failure -> LOG.warnf("the policies of %s are not announced; their mirror will ask: %s", tenant, failure))
                .onFailure().recoverWithNull();
    }
}
