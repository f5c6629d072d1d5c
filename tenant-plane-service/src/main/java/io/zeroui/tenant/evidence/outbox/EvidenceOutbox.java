package io.zeroui.tenant.evidence.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.outbox.OutboxConfig;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.runtime.tenancy.Home;
import io.zeroui.runtime.tenancy.Homes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the ledger's events to the product plane until they are acknowledged. Events are written in the transaction of the
 * rows they tell of, so every home of tenants has an outbox, and each is sent by itself.
 */
@ApplicationScoped
public class EvidenceOutbox {

    private static final Logger LOG = Logger.getLogger(EvidenceOutbox.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MOST = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EvidenceOutboxStore store;
    private final StreamPublisher publisher;
    private final OutboxConfig config;
    private final Vertx vertx;
    private final DatabaseSchema schema;
    private final Homes homes;
    private final HomeOutbox shared;
    private final Map<String, HomeOutbox> own = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private @Nullable Cancellable starting;

    EvidenceOutbox(EvidenceOutboxStore store, StreamPublisher publisher, OutboxConfig config, Vertx vertx,
            DatabaseSchema schema, Homes homes) {
        this.store = store;
        this.publisher = publisher;
        this.config = config;
        this.vertx = vertx;
        this.schema = schema;
        this.homes = homes;
        this.shared = outbox(homes.shared());
    }

    /** Completes once the shared outbox has its epoch: before that nothing may be indexed. */
    public Uni<String> epoch() {
        return shared.epoch();
    }

    /** Events that wait for their acknowledgement, over all homes. */
    public Uni<Long> count() {
        return Multi.createFrom().iterable(own.values()).onItem().transformToUniAndConcatenate(HomeOutbox::count)
                .collect().with(Collectors.summingLong(Long::longValue))
                .chain(others -> shared.count().map(rows -> rows + others));
    }

    /** Says that events were committed. */
    public void wake() {
        shared.wake();
        own.values().forEach(HomeOutbox::wake);
    }

    /**
     * Drops events that the product plane has counted; the epoch says of which outbox they were. That a tenant's own database
     * does not answer holds up nobody: its events are sent, and acknowledged, again.
     */
    public Uni<Void> acknowledge(DeliveryAck ack) {
        return shared.acknowledge(ack)
                .chain(() -> Multi.createFrom().iterable(List.copyOf(own.values()))
                        .onItem().transformToUniAndConcatenate(one -> one.acknowledge(ack)
                                .onFailure().invoke(failure -> LOG.debugf("an own outbox: %s", failure))
                                .onFailure().recoverWithNull())
                        .collect().asList())
                .replaceWithVoid();
    }

    void start(@Observes StartupEvent event) {
        starting = schema.whenReady()
                .chain(version -> shared.start())
                .onFailure().retry().withBackOff(RETRY_FIRST, RETRY_MOST).indefinitely()
                .subscribe().with(done -> follow());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        shared.stop();
        own.values().forEach(HomeOutbox::stop);
        Cancellable running = starting;
        if (running != null) {
            running.cancel();
        }
    }

    private void follow() {
        long timer = vertx.setPeriodic(LOOK.toMillis(), id -> {
            if (stopped) {
                vertx.cancelTimer(id);
            } else {
                startNew();
            }
        });
        LOG.debugf("timer %d", timer);
        startNew();
    }

    private void startNew() {
        List<Home> all = homes.all().stream().filter(home -> !home.equals(homes.shared())).toList();
        Set<String> names = all.stream().map(Home::toString).collect(Collectors.toSet());
        own.entrySet().removeIf(one -> {
            boolean isGone = !names.contains(one.getKey());
            if (isGone) {
                one.getValue().stop();
            }
            return isGone;
        });
        all.stream().filter(home -> home.isReady() && !own.containsKey(home.toString())).forEach(this::startOne);
    }

    private void startOne(Home home) {
        HomeOutbox outbox = outbox(home);
        own.put(home.toString(), outbox);
        outbox.start().subscribe().with(done -> LOG.debugf("the outbox of %s is sent", home), failure -> {
            LOG.warnf("the outbox of %s cannot be sent yet: %s", home, failure);
            own.remove(home.toString(), outbox);
        });
    }

    private HomeOutbox outbox(Home home) {
        return new HomeOutbox(store, home, publisher, config, vertx);
    }
}
