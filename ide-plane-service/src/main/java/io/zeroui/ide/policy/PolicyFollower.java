package io.zeroui.ide.policy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.policy.PolicyEvents;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears of releases, and asks again and again, so that one that was lost comes with the next answer. */
@ApplicationScoped
class PolicyFollower {

    private static final Logger LOG = Logger.getLogger(PolicyFollower.class);

    private final EdgePolicies policies;
    private final EdgePolicyConfig config;
    private final StreamPublisher publisher;
    private final StreamScope scope;
    private final Vertx vertx;
    private final Clock clock;
    private final AtomicBoolean askingAgain = new AtomicBoolean();
    private volatile boolean incomplete;
    private volatile Instant refusalSaid = Instant.EPOCH;
    private volatile Instant lastTaken = Instant.EPOCH;
    private volatile long timer;
    private volatile boolean stopped;

    PolicyFollower(EdgePolicies policies, EdgePolicyConfig config, StreamPublisher publisher, PlaneConfig plane, Vertx vertx, Clock clock) {
        this.policies = policies;
        this.config = config;
        this.publisher = publisher;
        this.scope = StreamScope.ofEnrolment(plane.edge().tenant().map(TenantId::of));
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(1, config.ask().toMillis(), id -> turn(false));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** Takes what came, in its order; a failure means that the batch comes again. */
    @Incoming("tenant-policy")
    Uni<Void> consume(StreamBatch batch) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (StreamEntry entry : batch.entries()) {
            try {
                PolicyDelivered delivery = PolicyEvents.readDelivered(entry.event());
                all = all.chain(() -> policies.take(delivery)).invoke(this::answered).replaceWithVoid();
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    /**
     * Says at once what became of a delivery; asks for everything soon where it did not fit. Refusals are said once in a while: each question is
     * answered, and the answer would be refused as well.
     */
    private void answered(Taken taken) {
        Instant now = clock.instant();
        lastTaken = now;
        switch (taken) {
            case CHANGED -> {
                incomplete = false;
                turn(false);
            }
            case GATHERING -> {
                incomplete = true;
                askAgainSoon();
            }
            case REFUSED -> {
                if (policies.state().objection() == PolicyObjection.WRONG_BASE) {
                    incomplete = true;
                    askAgainSoon();
                } else if (refusalSaid.plus(config.ask()).isBefore(now)) {
                    refusalSaid = now;
                    turn(false);
                }
            }
            case NOTHING -> LOG.debug("a delivery that brought nothing new");
        }
    }

    private void askAgainSoon() {
        if (askingAgain.compareAndSet(false, true)) {
            long later = vertx.setTimer(config.again().toMillis(), id -> {
                askingAgain.set(false);
                if (incomplete && lastTaken.plus(config.again()).isAfter(clock.instant())) {
                    askAgainSoon(); // more of it is coming
                } else {
                    turn(incomplete);
                }
            });
            LOG.debugf("timer %d", later);
        }
    }

    private void turn(boolean whole) {
        if (stopped) {
            return;
        }
        policies.look().chain(anchored -> {
            if (!anchored && policies.isAnchored()) {
                askAgainSoon(); // the root may come with the enrolment at any time
            }
            return anchored ? ask(whole) : Uni.createFrom().voidItem();
        })
                .subscribe().with(done -> {
                }, failure -> LOG.debugf("policies cannot be asked for: %s", failure));
    }

    private Uni<Void> ask(boolean whole) {
        return policies.ask(whole).chain(asked -> publisher.publish(ChannelCatalogue.IDE_POLICY_QUESTIONS, scope,
                PolicyEvents.asked(Plane.IDE, clock.instant(), asked)))
                .replaceWithVoid();
    }
}
