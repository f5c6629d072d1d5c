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
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tells edges of a release. News that is lost is made good by the edge's next question. */
@ApplicationScoped
class PolicyNews {

    private static final Logger LOG = Logger.getLogger(PolicyNews.class);
    /** Bytes of one round trip to Redis, unless those for a single edge are more. */
    private static final long ROUND_BYTES = 8 << 20;
    private static final int ROUNDS_AT_ONCE = 2;

    private final PolicyEdges edges;
    private final StreamPublisher publisher;
    private final PolicyMirrorConfig config;
    private final Clock clock;
    private final PolicyQuestions questions;
    private final TellingBudget budget;

    PolicyNews(PolicyEdges edges, PolicyQuestions questions, StreamPublisher publisher, PolicyMirrorConfig config, Clock clock) {
        this.edges = edges;
        this.questions = questions;
        this.budget = new TellingBudget(config.toldBytes(), config.toldWindow());
        this.publisher = publisher;
        this.config = config;
        this.clock = clock;
    }

    /** Tells the edges of a tenant that have been heard of not long ago; those for which there is no room wait to be answered. Never fails. */
    Uni<Void> tellAll(TenantId tenant, List<PolicyDelivered> deliveries) {
        Map<StreamScope, Report> heard = edges.heard(tenant, clock.instant().minus(config.listening()));
        return tell(heard.keySet(), deliveries)
                .invoke(left -> left.forEach(edge -> questions.add(edge, Objects.requireNonNull(heard.get(edge)))))
                .replaceWithVoid();
    }

    /** Tells some edges the same, many at a time; gives those for which there is no room now. Never fails. */
    Uni<List<StreamScope>> tell(Collection<StreamScope> to, List<PolicyDelivered> deliveries) {
        if (deliveries.isEmpty() || to.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<EventEnvelope> events = PolicyEvents.delivered(Plane.TENANT, clock.instant(), deliveries);
        long bytes = events.stream().mapToLong(event -> event.data().length).sum();
        int together = (int) Math.max(1, Math.min(config.toldTogether(), ROUND_BYTES / Math.max(1, bytes)));
        Map<Boolean, List<StreamScope>> byRoom = to.stream().collect(Collectors.partitioningBy(edge -> budget.take(String.valueOf(edge.tenant()), bytes,
                clock.instant())));
        return Multi.createFrom().iterable(Objects.requireNonNull(byRoom.get(true)))
                .group().intoLists().of(together)
                .onItem().transformToUni(some -> tellTogether(some, events)).merge(ROUNDS_AT_ONCE)
                .collect().last().replaceWith(Objects.requireNonNull(byRoom.get(false)));
    }

    /** An edge that reads nothing is told nothing more: what it is owed comes with a question, once it has read. */
    private Uni<Void> tellTogether(List<StreamScope> some, List<EventEnvelope> events) {
        return publisher.lengths(ChannelCatalogue.TENANT_POLICY, some)
                .map(lengths -> withRoom(some, lengths, events.size()))
                .chain(edges -> publisher.publishToEach(ChannelCatalogue.TENANT_POLICY, edges, events))
                .onFailure().invoke(failure -> LOG.debugf("the edges %s are not told of policies now: %s", some, failure))
                .onFailure().recoverWithNull();
    }

    private List<StreamScope> withRoom(List<StreamScope> some, List<Long> lengths, int more) {
        List<StreamScope> edges = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            if (lengths.get(i) == 0 || lengths.get(i) + more <= config.unreadMost()) {
                edges.add(some.get(i));
            }
        }
        return edges;
    }
}
