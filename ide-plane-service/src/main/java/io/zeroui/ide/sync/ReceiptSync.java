package io.zeroui.ide.sync;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.ide.receipts.index.ReceiptsIndexed;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.outbox.OutboxConfig;
import io.zeroui.runtime.outbox.OutboxRelay;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends this edge's receipts to the tenant plane until they are acknowledged. */
@ApplicationScoped
public class ReceiptSync {

    private static final Logger LOG = Logger.getLogger(ReceiptSync.class);

    private final ReceiptOutbox outbox;
    private final OutboxStore store;
    private final OutboxRelay relay;
    private final DatabaseSchema schema;
    private volatile @Nullable OutboxState lastState;

    ReceiptSync(ReceiptOutbox outbox, OutboxStore store, StreamPublisher publisher, OutboxConfig config, Vertx vertx,
            DatabaseSchema schema, MeterRegistry meters) {
        this.outbox = outbox;
        this.store = store;
        this.relay = new OutboxRelay(outbox, publisher, config, vertx);
        this.schema = schema;
        Gauge.builder("zeroui.outbox.pending", this, sync -> sync.last(true))
                .description("Receipts that the tenant plane has not acknowledged").register(meters);
        Gauge.builder("zeroui.outbox.parked.rows", this, sync -> sync.last(false))
                .description("Receipts that cannot be sent because their line is gone").register(meters);
        Gauge.builder("zeroui.outbox.in.flight", relay, OutboxRelay::inFlight)
                .description("Receipts sent and not acknowledged").register(meters);
    }

    /** Receipts sent and not acknowledged, as far as this process knows. */
    public long inFlight() {
        return relay.inFlight();
    }

    /** The newest failure of sending, in words; empty while there is none. */
    public String trouble() {
        return relay.trouble();
    }

    /** The tenant plane has these receipts durably. */
    Uni<Void> acknowledge(DeliveryAck ack) {
        return relay.acknowledge(ack);
    }

    void start(@Observes StartupEvent event) {
        schema.whenReady()
                .chain(version -> store.unpark().onFailure().retry()
                        .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2)).indefinitely())
                .subscribe().with(unparked -> relay.start(), failure -> LOG.error("the relay did not start", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        relay.stop();
    }

    void indexed(@Observes ReceiptsIndexed event) {
        relay.wake();
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return outbox.state()
                .invoke(state -> lastState = state)
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private double last(boolean waiting) {
        OutboxState state = lastState;
        return state == null ? Double.NaN : waiting ? state.waiting() : state.parked();
    }
}
