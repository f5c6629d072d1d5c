package io.zeroui.runtime.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.runtime.streams.StreamPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of an outbox in order and sends them again until their receiver says that they are durable.
 *
 * <p>
 * The position is kept in memory only. Rows come again when: the process restarts; Redis lost the stream (its reader has
 * been given all there is, and not what we sent: FLUSHALL, or an append-only file that lacks the last second); or no acknowledgement came
 * for a while and the stream no longer has what was sent. The receiver recognises what it has. A row that was committed
 * late, behind the position, is found when everything else has been acknowledged and the outbox is not empty. A row that the
 * channel refuses stays, and with it those of its batch and behind it: {@link #trouble()}, the log and a metric say so.
 */
public final class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private final OutboxSource source;
    private final StreamPublisher publisher;
    private final OutboxConfig config;
    private final Vertx vertx;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean woken = new AtomicBoolean();

    private volatile boolean stopped;
    private volatile String epoch = "";
    private volatile long cursor;
    private volatile long inFlight;
    private volatile @Nullable String lastSentId;
    private volatile long progressNanos = System.nanoTime();
    private volatile Duration resendAfter;
    private volatile String trouble = "";

    /** A relay that does nothing before {@link #start()}. */
    public OutboxRelay(OutboxSource source, StreamPublisher publisher, OutboxConfig config, Vertx vertx) {
        this.source = source;
        this.publisher = publisher;
        this.config = config;
        this.vertx = vertx;
        this.resendAfter = config.resendFirst();
    }

    /** Begins to send; call it once the schema is there. */
    public void start() {
        vertx.setPeriodic(config.poll().toMillis(), timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                wake();
            }
        });
        vertx.setPeriodic(config.lossCheck().toMillis(), timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                check();
            }
        });
        wake();
    }

    /** Stops sending; what is not acknowledged stays in the outbox. */
    public void stop() {
        stopped = true;
    }

    /** Says that rows were committed. Cheap; may be called from any thread. */
    public void wake() {
        woken.set(true);
        if (!stopped && running.compareAndSet(false, true)) {
            round();
        }
    }

    /** Drops what the receiver has made durable; an acknowledgement of another epoch is ignored. */
    public Uni<Void> acknowledge(DeliveryAck ack) {
        return epoch().chain(own -> {
            if (!own.equals(ack.epoch())) {
                return Uni.createFrom().voidItem();
            }
            return source.drop(ack.ranges()).invoke(this::dropped).replaceWithVoid();
        });
    }

    /** Rows sent and not acknowledged, as far as this process knows. */
    public long inFlight() {
        return inFlight;
    }

    /** The newest failure, in words; empty while there is none. */
    public String trouble() {
        return trouble;
    }

    private void dropped(int rows) {
        inFlight = Math.max(0, inFlight - rows);
        progressNanos = System.nanoTime();
        resendAfter = config.resendFirst();
        wake();
    }

    private void round() {
        woken.set(false);
        sendSome().subscribe().with(this::rested, failure -> {
            trouble = String.valueOf(failure);
            LOG.debugf("outbox of %s: %s", source.channel().name(), failure);
            running.set(false);
        });
    }

    private void rested(int sent) {
        trouble = "";
        if (!stopped && (sent > 0 || woken.get())) {
            vertx.runOnContext(ignored -> round());
            return;
        }
        running.set(false);
        if (woken.get()) {
            wake();
        }
    }

    private Uni<Integer> sendSome() {
        int room = (int) Math.min(config.batchRows(), config.windowRows() - inFlight);
        if (room <= 0) {
            return Uni.createFrom().item(0);
        }
        long after = cursor;
        return epoch().chain(own -> source.listAfter(after, room)
                .chain(items -> items.isEmpty() ? Uni.createFrom().item(0) : send(own, after, items)));
    }

    private Uni<Integer> send(String own, long after, List<OutboxItem> items) {
        List<EventEnvelope> events = items.stream().map(item -> item.event()
                .withExtension(EventEnvelope.EPOCH, own)
                .withExtension(EventEnvelope.SEQUENCE, Long.toString(item.sequence()))).toList();
        return publisher.publish(source.channel(), source.scope(), events).map(ids -> {
            lastSentId = ids.get(ids.size() - 1);
            if (inFlight == 0) {
                progressNanos = System.nanoTime();
            }
            inFlight += items.size();
            if (cursor == after) {
                cursor = items.get(items.size() - 1).sequence();
            }
            return items.size();
        });
    }

    private Uni<String> epoch() {
        return epoch.isEmpty() ? source.epoch().invoke(found -> epoch = found) : Uni.createFrom().item(epoch);
    }

    private void check() {
        String sent = lastSentId;
        if (sent == null) {
            return;
        }
        publisher.isLost(source.channel(), source.scope(), sent)
                .chain(lost -> {
                    if (lost) {
                        LOG.warnf("the stream of channel %s was lost; unacknowledged rows are sent again",
                                source.channel().name());
                        again();
                        return Uni.createFrom().voidItem();
                    }
                    return isOverdue() ? checkOverdue() : Uni.createFrom().voidItem();
                })
                .subscribe().with(done -> {
                }, failure -> trouble = String.valueOf(failure));
    }

    private boolean isOverdue() {
        return System.nanoTime() - progressNanos > resendAfter.toNanos();
    }

    /**
     * While the stream still holds as much as was sent, the receiver is slow or down and nothing is lost: sending again
     * would only fill the bus.
     */
    private Uni<Void> checkOverdue() {
        return source.count().chain(waiting -> {
            if (waiting == 0) {
                inFlight = 0;
                progressNanos = System.nanoTime();
                return Uni.createFrom().voidItem();
            }
            return publisher.length(source.channel(), source.scope()).invoke(length -> {
                if (length < Math.max(1, inFlight)) {
                    LOG.infof("channel %s: %d rows without acknowledgement are sent again", source.channel().name(),
                            waiting);
                    again();
                }
                progressNanos = System.nanoTime();
                Duration doubled = resendAfter.multipliedBy(2);
                resendAfter = doubled.compareTo(config.resendMost()) > 0 ? config.resendMost() : doubled;
            }).replaceWithVoid();
        });
    }

    private void again() {
        lastSentId = null;
        cursor = 0;
        inFlight = 0;
        progressNanos = System.nanoTime();
        wake();
    }
}
