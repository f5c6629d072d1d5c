package io.zeroui.tenant.evidence.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.runtime.outbox.OutboxConfig;
import io.zeroui.runtime.outbox.OutboxItem;
import io.zeroui.runtime.outbox.OutboxRelay;
import io.zeroui.runtime.outbox.OutboxSource;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.runtime.tenancy.Home;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The outbox of one home, with a relay and an epoch of its own. */
final class HomeOutbox implements OutboxSource {

    private final EvidenceOutboxStore store;
    private final Home home;
    private final OutboxRelay relay;
    private final CompletableFuture<String> epoch = new CompletableFuture<>();

    HomeOutbox(EvidenceOutboxStore store, Home home, StreamPublisher publisher, OutboxConfig config, Vertx vertx) {
        this.store = store;
        this.home = home;
        this.relay = new OutboxRelay(this, publisher, config, vertx);
    }

    /** Gives the outbox its epoch and begins to send. */
    Uni<Void> start() {
        return store.beginEpoch(home).invoke(own -> {
            if (epoch.complete(own)) {
                relay.start();
            }
        }).replaceWithVoid();
    }

    void stop() {
        relay.stop();
    }

    void wake() {
        relay.wake();
    }

    /** Nothing was sent before the outbox has its epoch, so nothing can be meant. */
    Uni<Void> acknowledge(DeliveryAck ack) {
        return epoch.isDone() ? relay.acknowledge(ack) : Uni.createFrom().voidItem();
    }

    @Override
    public Channel channel() {
        return ChannelCatalogue.TENANT_EVIDENCE;
    }

    /** Completes once the outbox has its epoch. */
    @Override
    public Uni<String> epoch() {
        return Uni.createFrom().completionStage(() -> epoch.copy());
    }

    @Override
    public Uni<List<OutboxItem>> listAfter(long sequence, int limit) {
        return epoch().chain(own -> store.listAfter(home, channel(), own, sequence, limit));
    }

    @Override
    public Uni<Integer> drop(List<SequenceRange> ranges) {
        return store.drop(home, channel(), ranges);
    }

    @Override
    public Uni<Long> count() {
        return store.count(home, channel());
    }
}
