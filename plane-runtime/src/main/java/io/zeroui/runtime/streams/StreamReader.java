package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.providers.locals.ContextAwareMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.zeroui.runtime.streams.ChannelStatus.State;
import io.zeroui.runtime.streams.StreamReads.Found;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one channel for one consumer, all its streams on one connection: first what this consumer was given before and did not
 * acknowledge, then what dead consumers left, then what is new. One batch is under way at a time; the next entries are read when
 * all that were read are settled. Nothing ends the loop but {@link #stop()}: a lost connection, a lost stream (FLUSHALL) or group
 * is made again.
 */
final class StreamReader {

    private static final Logger LOG = Logger.getLogger(StreamReader.class);

    private final StreamTarget target;
    private final String channel;
    private final Redis redis;
    private final StreamReads reads;
    private final StreamSettler settler;
    private final StreamsConfig config;
    private final ChannelStatus status;
    private final Context context;
    /** Read and not settled; what failed stands before what was read with it. */
    private final Deque<Delivery> waiting = new ArrayDeque<>();

    private @Nullable RedisConnection connection;
    private @Nullable MultiEmitter<? super Message<StreamBatch>> emitter;
    private Duration backoff;
    private volatile boolean stopping;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    StreamReader(StreamTarget target, Redis redis, StreamSettler settler, StreamsConfig config, ChannelStatus status,
            Vertx vertx) {
        this.target = target;
        this.channel = target.channel().name();
        this.redis = redis;
        this.reads = new StreamReads(target, config);
        this.settler = settler;
        this.config = config;
        this.status = status;
        this.context = vertx.getOrCreateContext();
        this.backoff = config.backoffFirst();
    }

    /** The batches; reading begins with the subscription. */
    Multi<Message<StreamBatch>> messages() {
        return Multi.createFrom().emitter(downstream -> {
            emitter = downstream;
            downstream.onTermination(() -> {
                if (!stopping) {
                    status.state(State.DEAD);
                    stopping = true;
                    ended.complete(null);
                }
            });
            context.runOnContext(ignored -> cycle());
        });
    }

    /** Stops reading; completes when the batch under way is settled. */
    CompletionStage<Void> stop() {
        stopping = true;
        status.state(State.STOPPED);
        context.runOnContext(ignored -> {
            RedisConnection open = connection;
            if (open != null && !settler.isBusy()) {
                open.closeAndForget();
                ended.complete(null);
            }
        });
        return ended;
    }

    private void cycle() {
        if (stopping) {
            ended.complete(null);
            return;
        }
        status.moved();
        Delivery next = waiting.poll();
        if (next != null) {
            deliver(next);
            return;
        }
        connected()
                .call(this::takeUp)
                .chain(reads::next)
                .subscribe().with(this::received, this::lost);
    }

    private Uni<RedisConnection> connected() {
        RedisConnection open = connection;
        if (open != null) {
            return Uni.createFrom().item(open);
        }
        return redis.connect()
                .ifNoItem().after(config.timeout()).fail()
                .invoke(this::opened);
    }

    private void opened(RedisConnection open) {
        connection = open;
        reads.begin();
    }

    private Uni<Void> takeUp(RedisConnection open) {
        return reads.takeUp(open).invoke(() -> {
            if (status.state() == State.CONNECTING) {
                backoff = config.backoffFirst();
                status.state(State.READING);
                status.trouble("");
            }
        });
    }

    private void received(List<Found> found) {
        context.runOnContext(ignored -> {
            if (found.isEmpty()) {
                cycle();
                return;
            }
            settler.decode(target, found)
                    .subscribe().with(this::decoded, this::lost);
        });
    }

    private void decoded(List<StreamEntry> entries) {
        context.runOnContext(ignored -> {
            for (int from = 0; from < entries.size(); from += config.batchEntries()) {
                waiting.add(Delivery.first(entries.subList(from, Math.min(entries.size(), from + config.batchEntries()))));
            }
            cycle();
        });
    }

    private void deliver(Delivery delivery) {
        MultiEmitter<? super Message<StreamBatch>> downstream = emitter;
        if (downstream == null) {
            return;
        }
        settler.begin();
        Message<StreamBatch> message = Message.of(delivery.batch(),
                () -> settler.acknowledge(target, delivery.batch())
                        .invoke(done -> acknowledged(delivery, done))
                        .replaceWithVoid()
                        .subscribeAsCompletionStage(),
                failure -> {
                    failed(delivery, failure);
                    return CompletableFuture.completedFuture(null);
                });
        context.runOnContext(ignored -> downstream.emit(ContextAwareMessage.withContextMetadata(message)));
    }

    private void acknowledged(Delivery delivery, boolean done) {
        if (done) {
            backoff = config.backoffFirst();
            status.trouble("");
            status.handled(delivery.batch().entries().size());
            continueAfter(Duration.ZERO);
        } else {
            reads.replayAll();
            continueAfter(nextBackoff());
        }
    }

    private void failed(Delivery delivery, Throwable failure) {
        boolean counts = !RedisFailures.isTransient(failure);
        Delivery next = delivery.again(counts);
        status.trouble(String.valueOf(failure));
        if (next.attempts() < config.attempts()) {
            LOG.warnf("channel %s: %d entries could not be handled, they come again: %s", channel,
                    next.batch().entries().size(), failure);
            waiting.addFirst(next);
        } else if (!next.isSingle()) {
            LOG.errorf(failure, "channel %s: a batch failed %d times, its %d entries are tried one by one",
                    channel, next.attempts(), next.batch().entries().size());
            next.oneByOne().descendingIterator().forEachRemaining(waiting::addFirst);
        } else {
            LOG.errorf(failure, "channel %s: entry %s failed %d times and goes to the dead-letter stream",
                    channel, next.batch().entries().get(0).id(), next.attempts());
            next.batch().deadLetter(next.batch().entries().get(0), String.valueOf(failure));
            settler.acknowledge(target, next.batch())
                    .subscribe().with(done -> acknowledged(next, done));
            return;
        }
        continueAfter(nextBackoff());
    }

    private void continueAfter(Duration pause) {
        settler.end();
        if (pause.isZero() || stopping) {
            context.runOnContext(ignored -> cycle());
        } else {
            context.owner().setTimer(Math.max(1, pause.toMillis()), ignored -> context.runOnContext(x -> cycle()));
        }
    }

    private void lost(Throwable failure) {
        context.runOnContext(ignored -> {
            status.trouble(String.valueOf(failure.getMessage()));
            if (stopping) {
                ended.complete(null);
                return;
            }
            status.state(State.CONNECTING);
            if (RedisFailures.isMissingGroup(failure)) {
                LOG.warnf("channel %s: the stream or its group is gone and is made again", channel);
            } else {
                LOG.warnf("channel %s: reading failed, connecting again: %s", channel, failure);
            }
            RedisConnection open = connection;
            connection = null;
            if (open != null) {
                open.closeAndForget();
            }
            context.owner().setTimer(Math.max(1, nextBackoff().toMillis()), x -> context.runOnContext(y -> cycle()));
        });
    }

    private Duration nextBackoff() {
        Duration pause = backoff;
        Duration doubled = backoff.multipliedBy(2);
        backoff = doubled.compareTo(config.backoffMost()) > 0 ? config.backoffMost() : doubled;
        return pause;
    }
}
