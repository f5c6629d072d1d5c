package io.zeroui.tenant.policy;

import io.smallrye.mutiny.Multi;
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
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/** Tells edges of a release. News that is lost is made good by the edge's next question. */
@ApplicationScoped
class PolicyNews {

    private static final Logger LOG = Logger.getLogger(PolicyNews.class);
    /** Bytes of one round trip to Redis, unless those for a single edge are more. */
    private static final long ROUND_BYTES = 4 << 20;
    private static final int ROUNDS_AT_ONCE = 2;

    private final PolicyEdges edges;
    private final StreamPublisher publisher;
    private final PolicyMirrorConfig config;
    private final Clock clock;

    PolicyNews(PolicyEdges edges, StreamPublisher publisher, PolicyMirrorConfig config, Clock clock) {
        this.edges = edges;
        this.publisher = publisher;
        this.config = config;
        this.clock = clock;
    }

    /** Tells the edges of a tenant that have been heard of not long ago. Never fails. */
    Uni<Void> tellAll(TenantId tenant, List<PolicyDelivered> deliveries) {
        return tell(edges.heard(tenant, clock.instant().minus(config.listening())), deliveries);
    }

    /** Tells some edges the same, many at a time. Never fails. */
    Uni<Void> tell(Collection<StreamScope> to, List<PolicyDelivered> deliveries) {
        if (deliveries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<EventEnvelope> events = PolicyEvents.delivered(Plane.TENANT, clock.instant(), deliveries);
        long bytes = events.stream().mapToLong(event -> event.data().length).sum();
        int together = (int) Math.max(1, Math.min(config.toldTogether(), ROUND_BYTES / Math.max(1, bytes)));
        return Multi.createFrom().iterable(to)
                .group().intoLists().of(together)
                .onItem().transformToUni(some -> tellTogether(some, events)).merge(ROUNDS_AT_ONCE)
                .collect().last().replaceWithVoid();
    }

    private Uni<Void> tellTogether(List<StreamScope> some, List<EventEnvelope> events) {
        return publisher.publishToEach(ChannelCatalogue.TENANT_POLICY, some, events)
                .onFailure().invoke(failure -> LOG.debugf("the edges %s are not told of policies now: %s", some, failure))
                .onFailure().recoverWithNull();
    }
}
