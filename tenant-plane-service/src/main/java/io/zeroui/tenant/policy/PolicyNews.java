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
import java.util.List;
import org.jboss.logging.Logger;

/** Tells edges of a release. News that is lost is made good by the edge's next question. */
@ApplicationScoped
class PolicyNews {

    private static final Logger LOG = Logger.getLogger(PolicyNews.class);

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

    /** Tells the edges of a tenant that have been heard of not long ago, many at a time. Never fails. */
    Uni<Void> tellAll(TenantId tenant, List<PolicyDelivered> deliveries) {
        List<EventEnvelope> events = events(deliveries);
        return Multi.createFrom().iterable(edges.heard(tenant, clock.instant().minus(config.listening())))
                .onItem().transformToUni(edge -> tell(edge, events)).merge(config.toldTogether())
                .collect().last().replaceWithVoid();
    }

    /** Tells one edge. Never fails. */
    Uni<Void> tellOne(StreamScope edge, List<PolicyDelivered> deliveries) {
        return tell(edge, events(deliveries));
    }

    private Uni<Void> tell(StreamScope edge, List<EventEnvelope> events) {
        return publisher.publish(ChannelCatalogue.TENANT_POLICY, edge, events).replaceWithVoid()
                .onFailure().invoke(failure -> LOG.debugf("the edge %s is not told of policies now: %s", edge, failure))
                .onFailure().recoverWithNull();
    }

    private List<EventEnvelope> events(List<PolicyDelivered> deliveries) {
        return PolicyEvents.delivered(Plane.TENANT, clock.instant(), deliveries);
    }
}
