package io.zeroui.tenant.evidence.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.outbox.OutboxConfig;
import io.zeroui.runtime.outbox.OutboxItem;
import io.zeroui.runtime.outbox.OutboxRelay;
import io.zeroui.runtime.outbox.OutboxSource;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends the ledger's events to the product plane until they are acknowledged. */
@ApplicationScoped
public class EvidenceOutbox implements OutboxSource {

    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MOST = Duration.ofSeconds(5);

    private final EvidenceOutboxStore store;
    private final DatabaseSchema schema;
    private final OutboxRelay relay;
    private final CompletableFuture<String> epoch = new CompletableFuture<>();
    private @Nullable Cancellable starting;

    EvidenceOutbox(EvidenceOutboxStore store, StreamPublisher publisher, OutboxConfig config, Vertx vertx,
            DatabaseSchema schema) {
        this.store = store;
        this.schema = schema;
        this.relay = new OutboxRelay(this, publisher, config, vertx);
    }

    @Override
    public Channel channel() {
        return ChannelCatalogue.TENANT_EVIDENCE;
    }

    /** Completes once the outbox has its epoch: before that nothing may be indexed. */
    @Override
    public Uni<String> epoch() {
        return Uni.createFrom().completionStage(() -> epoch.copy());
    }

    @Override
    public Uni<List<OutboxItem>> listAfter(long sequence, int limit) {
        return epoch().chain(own -> store.listAfter(channel(), own, sequence, limit));
    }

    @Override
    public Uni<Integer> drop(List<SequenceRange> ranges) {
        return store.drop(channel(), ranges);
    }

    @Override
    public Uni<Long> count() {
        return store.count(channel());
    }

    /** Says that events were committed. */
    public void wake() {
        relay.wake();
    }

    /** Drops events that the product plane has counted. */
    public Uni<Void> acknowledge(DeliveryAck ack) {
        return relay.acknowledge(ack);
    }

    void start(@Observes StartupEvent event) {
        starting = schema.whenReady()
                .chain(version -> store.beginEpoch())
                .onFailure().retry().withBackOff(RETRY_FIRST, RETRY_MOST).indefinitely()
                .subscribe().with(own -> {
                    if (epoch.complete(own)) {
                        relay.start();
                    }
                });
    }

    void stop(@Observes ShutdownEvent event) {
        relay.stop();
        Cancellable running = starting;
        if (running != null) {
            running.cancel();
        }
    }
}
