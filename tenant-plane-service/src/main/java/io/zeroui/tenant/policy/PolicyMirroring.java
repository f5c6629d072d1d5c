package io.zeroui.tenant.policy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.runtime.policy.PolicyEvents;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.tenant.policy.TenantPolicies.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears of releases and hands them on; asks again and again, so that one that was lost comes with the next answer. */
@ApplicationScoped
class PolicyMirroring {

    private static final Logger LOG = Logger.getLogger(PolicyMirroring.class);

    private final TenantPolicies policies;
    private final TenantStreams.Policies streams;
    private final PolicyNews news;
    private final PolicyMirrorConfig config;
    private final StreamPublisher publisher;
    private final Vertx vertx;
    private final Clock clock;
    private final Set<TenantId> askingAgain = ConcurrentHashMap.newKeySet();
    /** Tenants whose release is not whole, and when something of it came last. */
    private final Map<TenantId, Instant> incomplete = new ConcurrentHashMap<>();
    private volatile long timer;
    private volatile boolean stopped;

    PolicyMirroring(TenantPolicies policies, TenantStreams.Policies streams, PolicyNews news, PolicyMirrorConfig config,
            StreamPublisher publisher, Vertx vertx, Clock clock) {
        this.policies = policies;
        this.streams = streams;
        this.news = news;
        this.config = config;
        this.publisher = publisher;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(1, config.ask().toMillis(), id -> askAll());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** Takes what came, in its order; a failure means that the batch comes again. */
    @Incoming("product-policy")
    Uni<Void> consume(StreamBatch batch) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (StreamEntry entry : batch.entries()) {
            try {
                PolicyDelivered delivery = read(entry);
                TenantId tenant = TenantId.of(delivery.tenantId());
                all = all.chain(() -> policies.take(tenant, delivery)).chain(change -> settled(tenant, change));
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    private static PolicyDelivered read(StreamEntry entry) {
        PolicyDelivered delivery = PolicyEvents.readDelivered(entry.event());
        if (delivery.overlay() != null) {
            throw new InvalidEvent("what a tenant adds to its policies does not come from the product plane");
        }
        if (!StreamScope.of(TenantId.of(delivery.tenantId())).equals(entry.requireScope())) {
            throw new InvalidEvent("a delivery for " + delivery.tenantId() + " on the stream of " + entry.requireScope());
        }
        return delivery;
    }

    private Uni<Void> settled(TenantId tenant, Change change) {
        if (change.taken() == Taken.CHANGED) {
            incomplete.remove(tenant);
        } else if (change.taken() == Taken.GATHERING || change.objection() == PolicyObjection.WRONG_BASE) {
            incomplete.put(tenant, clock.instant());
            askAgainSoon(tenant);
        }
        return change.changes().isEmpty() ? Uni.createFrom().voidItem() : news.tellAll(tenant, change.changes());
    }

    /** For everything, where it has not become whole meanwhile. What is refused otherwise comes with the next usual question. */
    private void askAgainSoon(TenantId tenant) {
        if (askingAgain.add(tenant)) {
            long later = vertx.setTimer(config.again().toMillis(), id -> {
                askingAgain.remove(tenant);
                Instant lastTaken = incomplete.get(tenant);
                if (lastTaken != null && lastTaken.plus(config.again()).isAfter(clock.instant())) {
                    askAgainSoon(tenant); // more of it is coming
                } else {
                    started(ask(tenant, lastTaken != null));
                }
            });
            LOG.debugf("timer %d", later);
        }
    }

    private void askAll() {
        if (!stopped) {
            started(Multi.createFrom().iterable(streams.scopes())
                    .onItem().transformToUni(scope -> scope.tenant() == null ? Uni.createFrom().voidItem() : ask(scope.tenant(), false)).merge(8)
                    .collect().last().replaceWithVoid());
        }
    }

    private static void started(Uni<Void> work) {
        work.subscribe().with(done -> {
        }, failure -> LOG.debugf("policies cannot be asked for: %s", failure));
    }

    private Uni<Void> ask(TenantId tenant, boolean whole) {
        return policies.ask(tenant, whole)
                .invoke(asked -> {
                    if (asked.rootVersion() == 0 && policies.isAnchored()) {
                        askAgainSoon(tenant); // the root may be brought at any time
                    }
                })
                .chain(asked -> asked.rootVersion() == 0 ? Uni.createFrom().voidItem()
                        : publisher.publish(ChannelCatalogue.TENANT_POLICY_QUESTIONS, null,
                                PolicyEvents.asked(Plane.TENANT, clock.instant(), asked)).replaceWithVoid());
    }
}
