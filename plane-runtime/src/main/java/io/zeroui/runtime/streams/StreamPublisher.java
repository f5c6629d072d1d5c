package io.zeroui.runtime.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelGuard;
import io.zeroui.contracts.channels.EventRefused;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to the streams of the channels that this plane may write. Everything that leaves a plane comes by here, and
 * nothing passes that the channel's {@link ChannelGuard} refuses.
 */
@ApplicationScoped
public class StreamPublisher {

    private static final Logger LOG = Logger.getLogger(StreamPublisher.class);

    private final Redis redis;
    private final StreamsConfig config;
    private final String plane;
    private final MeterRegistry meters;
    private final Map<Channel, ChannelGuard> guards = new ConcurrentHashMap<>();
    private volatile String lastRefusal = "";

    StreamPublisher(Redis redis, StreamsConfig config, PlaneConfig plane, MeterRegistry meters) {
        this.redis = redis;
        this.config = config;
        this.plane = plane.plane();
        this.meters = meters;
    }

    /**
     * Publishes the events in order, in one round trip: all of them, or, when one is refused, none.
     *
     * @param channel a channel whose producer is this plane
     * @param scope which of the channel's streams; null for a channel with one stream for everybody
     * @return the stream ids in the order of the events; fails, with an unknown part of the events on the stream, when
     *         Redis does not answer in time; fails with {@link EventRefused}, with nothing sent, when an event is not of
     *         the channel's payload or has data of a class that the channel does not carry
     * @throws IllegalArgumentException if the channel is another plane's
     */
    public Uni<List<String>> publish(Channel channel, @Nullable StreamScope scope, List<EventEnvelope> events) {
        return send(channel, List.of(channel.key(scope)), events, StreamCommands::add);
    }

    /**
     * Publishes an event that makes the ones before it worthless: the newest few entries stay, whoever has not read the others. So a consumer
     * that is away costs no memory. Fails as {@link #publish} does.
     *
     * @param most entries that stay
     */
    public Uni<Void> publishNewest(Channel channel, @Nullable StreamScope scope, EventEnvelope event, int most) {
        return send(channel, List.of(channel.key(scope)), List.of(event), (key, fields) -> StreamCommands.addToNewest(key, most, fields))
                .replaceWithVoid();
    }

    /**
     * Publishes the same events to many streams of a channel, in one round trip; an event is judged and written once for all of them.
     * Fails as {@link #publish} does; then some of the streams may have some of the events.
     *
     * @param scopes which of the channel's streams; how many go in one round trip is the caller's to bound
     */
    public Uni<Void> publishToEach(Channel channel, Collection<StreamScope> scopes, List<EventEnvelope> events) {
        return send(channel, scopes.stream().map(channel::key).toList(), events, StreamCommands::add).replaceWithVoid();
    }

    private Uni<List<String>> send(Channel channel, List<String> keys, List<EventEnvelope> events,
            BiFunction<String, Map<String, byte[]>, Request> command) {
        if (!channel.producer().key().equals(plane)) {
            throw new IllegalArgumentException("channel " + channel.name() + " belongs to the "
                    + channel.producer().key() + " plane, not to " + plane);
        }
        if (events.isEmpty() || keys.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        try {
            ChannelGuard guard = guards.computeIfAbsent(channel, ChannelGuard::new);
            events.forEach(guard::check);
        } catch (EventRefused e) {
            refused(channel, e);
            return Uni.createFrom().failure(e);
        }
        List<Map<String, byte[]>> entries = events.stream().map(EventEnvelope::toFields).toList();
        List<Request> requests = keys.stream().flatMap(key -> entries.stream().map(fields -> command.apply(key, fields))).toList();
        return redis.batch(requests)
                .ifNoItem().after(config.timeout()).fail()
                .map(answers -> answers.stream().map(Object::toString).toList());
    }

    /** Counts each refusal and logs a reason once: an outbox tries its row again and again. */
    private void refused(Channel channel, EventRefused refusal) {
        meters.counter("zeroui_stream_refused_events", "channel", channel.name()).increment();
        String reason = String.valueOf(refusal.getMessage());
        if (!reason.equals(lastRefusal)) {
            lastRefusal = reason;
            LOG.errorf("an event was not sent: %s", reason);
        }
    }

    /**
     * Whether Redis lost an entry that this plane published before: there is no stream, or a group that has been given all
     * there is was never given it. False while that cannot be told (nobody was given all, or there is no group yet). A
     * writer learns this from the groups alone: what shows a stream's last id shows its entries too, other writers' as well.
     */
    public Uni<Boolean> isLost(Channel channel, @Nullable StreamScope scope, String id) {
        return redis.send(StreamCommands.groups(channel.key(scope)))
                .ifNoItem().after(config.timeout()).fail()
                .map(groups -> StreamCommands.list(groups).stream().anyMatch(group -> isBehind(group, id)))
                .onFailure(RedisFailures::isMissingKey).recoverWithItem(true);
    }

    private static boolean isBehind(Map<String, Response> group, String id) {
        Response lag = group.get("lag");
        return lag != null && lag.toLong() == 0
                && StreamIds.compare(String.valueOf(group.get("last-delivered-id")), id) < 0;
    }

    /** Number of entries on the stream of a channel. */
    public Uni<Long> length(Channel channel, @Nullable StreamScope scope) {
        return redis.send(StreamCommands.length(channel.key(scope)))
                .ifNoItem().after(config.timeout()).fail()
                .map(answer -> answer.toLong());
    }

    /** The same of some of a channel's streams, in their order, in one round trip. */
    public Uni<List<Long>> lengths(Channel channel, Collection<StreamScope> scopes) {
        if (scopes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return redis.batch(scopes.stream().map(scope -> StreamCommands.length(channel.key(scope))).toList())
                .ifNoItem().after(config.timeout()).fail()
                .map(answers -> answers.stream().map(Response::toLong).toList());
    }

    /** Puts one entry on the channel's dead-letter stream, as it came: it leaves no plane. */
    Uni<Void> deadLetter(String key, Map<String, byte[]> fields) {
        return redis.send(StreamCommands.add(key, fields))
                .ifNoItem().after(config.timeout()).fail()
                .replaceWithVoid();
    }
}
