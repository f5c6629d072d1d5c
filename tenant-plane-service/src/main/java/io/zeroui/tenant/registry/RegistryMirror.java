package io.zeroui.tenant.registry;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.TenantsAsked;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The registry of tenants as this plane knows it. It is asked about again and again, so a lost announcement, a lost stream
 * and a rebuilt database mend themselves; while the product plane is away the last known state is true.
 */
@ApplicationScoped
public class RegistryMirror {

    private static final Logger LOG = Logger.getLogger(RegistryMirror.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MOST = Duration.ofSeconds(5);

    private final RegistryStore store;
    private final Instance<KeyStatements> keys;
    private final StreamPublisher publisher;
    private final RegistryConfig config;
    private final DatabaseSchema schema;
    private final Vertx vertx;
    private final Clock clock;
    private volatile KnownRegistry known = KnownRegistry.NOTHING;
    private volatile boolean stopped;
    /** While nobody answers, not every batch waits for it. */
    private volatile Instant silentUntil = Instant.EPOCH;

    RegistryMirror(RegistryStore store, Instance<KeyStatements> keys, StreamPublisher publisher, RegistryConfig config, DatabaseSchema schema, Vertx vertx,
            Clock clock) {
        this.store = store;
        this.keys = keys;
        this.publisher = publisher;
        this.config = config;
        this.schema = schema;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** What is known now; never waits. */
    public KnownRegistry known() {
        return known;
    }

    /**
     * What is known after the product plane answered a question that was asked after the call, or, when it does not answer
     * in time, what is known anyway: its {@code confirmedAt} says which of the two.
     */
    public Uni<KnownRegistry> knownAfresh() {
        Instant now = now();
        if (now.isBefore(silentUntil)) {
            return Uni.createFrom().item(known());
        }
        Instant end = now.plus(config.patience());
        return ask(now).chain(() -> answered(now, end)).invoke(found -> {
            if (found.confirmedAt().isBefore(now)) {
                silentUntil = now().plus(config.ask());
                LOG.warn("the product plane does not say which tenants there are; receipts of unknown tenants are held back");
            }
        });
    }

    /** Applies what was announced, what it says of keys first; asks where something before it is missing. */
    Uni<Void> apply(TenantsChanged change) {
        return keys.get().apply(change.epoch(), change.keys())
                .chain(() -> store.apply(change))
                .chain(done -> done ? refresh() : refresh().chain(() -> ask(now())));
    }

    void start(@Observes StartupEvent event) {
        schema.whenReady()
                .chain(version -> refresh().onFailure().retry().withBackOff(RETRY_FIRST, RETRY_MOST).indefinitely())
                .chain(() -> ask(now()))
                .subscribe().with(done -> {
                    every(config.refresh(), this::refresh);
                    every(config.ask(), () -> ask(now()));
                }, failure -> LOG.error("the registry of tenants is not followed", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void every(Duration time, java.util.function.Supplier<Uni<Void>> work) {
        long id = vertx.setPeriodic(time.toMillis(), timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                work.get().subscribe().with(done -> {
                }, failure -> LOG.debugf("the mirror of the registry: %s", failure));
            }
        });
        LOG.debugf("timer %d", id);
    }

    private Uni<KnownRegistry> answered(Instant asked, Instant end) {
        return refresh().onFailure().recoverWithNull().chain(() -> {
            KnownRegistry found = known();
            return !found.confirmedAt().isBefore(asked) || !now().isBefore(end) ? Uni.createFrom().item(found)
                    : Uni.createFrom().voidItem().onItem().delayIt().by(LOOK_AGAIN).chain(() -> answered(asked, end));
        });
    }

    /** Reads what this and other instances stored. Two reads at a time: the newer one wins. */
    private Uni<Void> refresh() {
        return Uni.createFrom().deferred(() -> store.read(known)).invoke(this::learn).replaceWithVoid();
    }

    private synchronized void learn(KnownRegistry found) {
        known = newer(known, found);
    }

    private static KnownRegistry newer(KnownRegistry one, KnownRegistry other) {
        if (!one.epoch().equals(other.epoch())) {
            return other;
        }
        KnownRegistry newer = one.version() > other.version() ? one : other;
        Instant confirmed = one.confirmedAt().isAfter(other.confirmedAt()) ? one.confirmedAt() : other.confirmedAt();
        return newer.confirmedAt().equals(confirmed) ? newer : newer.confirmed(confirmed);
    }

    /** Asks; a question that is lost is asked again soon. */
    private Uni<Void> ask(Instant now) {
        KnownRegistry own = known;
        return publisher.publish(ChannelCatalogue.TENANT_REGISTRY_QUESTIONS, null, List.of(EventEnvelope.of(
                EventEnvelope.TENANTS_ASKED, "urn:zeroui:plane:" + Plane.TENANT.key(), now,
                EventJson.write(new TenantsAsked(own.epoch(), own.version(), now)))))
                .onFailure().invoke(failure -> LOG.debugf("the registry of tenants cannot be asked: %s", failure))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    /** As exact as PostgreSQL keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
