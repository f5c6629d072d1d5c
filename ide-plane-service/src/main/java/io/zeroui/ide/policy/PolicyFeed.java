package io.zeroui.ide.policy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.ide.policy.ActivePolicies.ActivePolicy;
import io.zeroui.ide.policy.PolicyResource.ActiveRelease;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what happens to this edge's policies, in the order in which it happens and each thing once. Nothing is kept for a listener
 * who is away: what he is told first says how it is.
 */
@ApplicationScoped
class PolicyFeed {

    private final EdgePolicies policies;
    private final EdgePolicyConfig.Stream config;
    private final Vertx vertx;
    private final Clock clock;
    private final Set<MultiEmitter<? super Told>> listeners = new LinkedHashSet<>();
    private @Nullable Moment last;
    private long lookTimer;
    private long heartbeatTimer;
    private boolean stopped;

    PolicyFeed(EdgePolicies policies, EdgePolicyConfig config, Vertx vertx, Clock clock) {
        this.policies = policies;
        this.config = config.stream();
        this.vertx = vertx;
        this.clock = clock;
        policies.whenTaken(this::look);
    }

    /** What a listener is told. */
    sealed interface Told {

        /** Another release is active, or the first thing that a listener hears. */
        record Release(long version, ActiveRelease release) implements Told {
        }

        /** States changed, though the release did not: a kill is over, or the release became stale or fresh again. */
        record States(long version, PolicyStates states) implements Told {
        }

        /** A delivery was refused. */
        record Refusal(long version, PolicyStatus status) implements Told {
        }

        /** Nothing happened. */
        record Heartbeat() implements Told {
        }
    }

    /**
     * States without the policies.
     *
     * @param status how the release stands
     * @param states {@code active}, {@code stale} or {@code killed}, by policy id
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record PolicyStates(PolicyStatus status, Map<String, String> states) {
    }

    /** What is compared. */
    private record Moment(long release, Map<String, String> states, @Nullable PolicyObjection objection, @Nullable String detail) {

        boolean hasObjectionOf(Moment other) {
            return objection == other.objection() && Objects.equals(detail, other.detail());
        }
    }

    private record View(ActivePolicies active, PolicyStatus status) {
    }

    /**
     * Everything from now on: first how it is now, as {@link Told.States} for who has the release already, then what happens. Fails when the
     * listener leaves more unread than is kept for him.
     *
     * @param has version of the release that the listener has; null for none
     * @throws ProblemException 503 when too many listen
     */
    Multi<Told> listen(@Nullable Long has) {
        return Multi.createFrom().<Told> emitter(emitter -> enter(has, emitter), BackPressureStrategy.IGNORE)
                .onOverflow().buffer(config.buffered());
    }

    /** Whether one more may listen. */
    synchronized void requirePlace() {
        if (stopped || listeners.size() >= config.listeners()) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, ErrorCode.DEPENDENCY_UNAVAILABLE.status(), "Too many programs listen",
                    Map.of("listeners_max", config.listeners()));
        }
    }

    private synchronized void enter(@Nullable Long has, MultiEmitter<? super Told> emitter) {
        if (listeners.size() >= config.listeners()) {
            emitter.complete(); // several asked for the last place at the same time
            return;
        }
        View now = view();
        tellChanges(now);
        emitter.emit(has != null && has == now.status().release() ? states(now) : release(now));
        listeners.add(emitter);
        emitter.onTermination(() -> leave(emitter));
        if (listeners.size() == 1) {
            lookTimer = vertx.setPeriodic(config.look().toMillis(), id -> look());
            heartbeatTimer = vertx.setPeriodic(config.heartbeat().toMillis(), id -> tell(new Told.Heartbeat()));
        }
    }

    private synchronized void leave(MultiEmitter<? super Told> emitter) {
        if (listeners.remove(emitter) && listeners.isEmpty()) {
            vertx.cancelTimer(lookTimer);
            vertx.cancelTimer(heartbeatTimer);
        }
    }

    private synchronized void look() {
        tellChanges(view());
    }

    /** Tells what changed since the last look. */
    private void tellChanges(View view) {
        PolicyStatus status = view.status();
        Moment now = new Moment(status.release(), states(view).states().states(), status.objection(), status.detail());
        Moment before = last;
        last = now;
        if (before != null) {
            if (now.release() != before.release()) {
                tell(release(view));
            } else if (!now.states().equals(before.states())) {
                tell(states(view));
            }
            if (now.objection() != null && !now.hasObjectionOf(before)) {
                tell(new Told.Refusal(status.release(), status));
            }
        }
    }

    /** Status and policies of one release, also while the next one comes. */
    private View view() {
        while (true) {
            ActivePolicies active = policies.active();
            PolicyStatus status = policies.status();
            if (status.release() == active.targetsVersion()) {
                return new View(active, status);
            }
        }
    }

    private synchronized void tell(Told told) {
        List.copyOf(listeners).forEach(listener -> listener.emit(told));
    }

    private Told.Release release(View view) {
        Instant now = clock.instant();
        PolicyStatus status = view.status();
        return new Told.Release(status.release(), new ActiveRelease(status,
                view.active().all().stream().map(policy -> ActivePolicyView.of(policy, status.fresh(), now, false)).toList()));
    }

    private Told.States states(View view) {
        Instant now = clock.instant();
        PolicyStatus status = view.status();
        Map<String, String> states = new TreeMap<>();
        for (ActivePolicy policy : view.active().all()) {
            states.put(policy.id().policyId(), ActivePolicyView.of(policy, status.fresh(), now, false).state());
        }
        return new Told.States(status.release(), new PolicyStates(status, states));
    }

    void stop(@Observes ShutdownEvent event) {
        List<MultiEmitter<? super Told>> all;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(listeners);
        }
        all.forEach(MultiEmitter::complete);
    }
}
