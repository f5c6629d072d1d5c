package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.streams.StreamTarget.StreamKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the streams of one consumed channel: measures lag, pending entries and dead letters, and removes what every group
 * of the channel has acknowledged. An entry that any group still needs is never removed, however long the stream grows.
 */
final class StreamMaintenance {

    /** Streams that are looked after at the same time: other work wants connections too. */
    private static final int AT_ONCE = 2;

    private final StreamTarget target;
    private final Redis redis;
    private final StreamsConfig config;
    private final ChannelStatus status;

    StreamMaintenance(StreamTarget target, Redis redis, StreamsConfig config, ChannelStatus status) {
        this.target = target;
        this.redis = redis;
        this.config = config;
        this.status = status;
    }

    /** What there is of one stream, or of all. */
    private record Queue(long lag, long pending, long deadLetters) {

        Queue plus(Queue other) {
            return new Queue(lag + other.lag, pending + other.pending, deadLetters + other.deadLetters);
        }
    }

    /** One round; fails when Redis does not answer. */
    Uni<Void> run() {
        return Multi.createFrom().iterable(target.streams())
                .onItem().transformToUni(this::lookAfter).merge(AT_ONCE)
                .collect().with(Collectors.reducing(new Queue(0, 0, 0), Queue::plus))
                .invoke(all -> status.queue(all.lag(), all.pending(), all.deadLetters()))
                .replaceWithVoid();
    }

    private Uni<Queue> lookAfter(StreamKey stream) {
        return send(redis.send(StreamCommands.groups(stream.key())))
                .map(StreamMaintenance::byGroup)
                .onFailure(RedisFailures::isMissingKey).recoverWithItem(Map.of())
                .chain(groups -> measure(stream, groups).call(() -> trim(stream.key(), groups)));
    }

    private Uni<Queue> measure(StreamKey stream, Map<String, Map<String, Response>> groups) {
        Map<String, Response> own = groups.getOrDefault(target.group(), Map.of());
        return redis.batch(List.of(StreamCommands.length(stream.key()),
                StreamCommands.length(target.channel().deadLetterKey(stream.scope()))))
                .ifNoItem().after(config.timeout()).fail()
                .map(lengths -> new Queue(number(own.get("lag"), lengths.get(0).toLong()), number(own.get("pending"), 0),
                        lengths.get(1).toLong()));
    }

    private Uni<Void> trim(String key, Map<String, Map<String, Response>> groups) {
        Channel channel = target.channel();
        Uni<@Nullable String> smallest = Uni.createFrom().item("");
        for (Plane consumer : channel.consumers()) {
            Map<String, Response> group = groups.get(channel.group(consumer));
            if (group == null) {
                return Uni.createFrom().voidItem();
            }
            smallest = smallest.chain(least -> firstNeeded(key, channel.group(consumer), group)
                    .map(needed -> least == null || least.isEmpty() ? needed : StreamIds.smaller(least, needed)));
        }
        return smallest.chain(id -> id == null || id.isEmpty() ? Uni.createFrom().voidItem()
                : send(redis.send(StreamCommands.trimBefore(key, id))).replaceWithVoid());
    }

    /** The oldest entry that the group has not acknowledged: its oldest pending one, else the one after the last read. */
    private Uni<String> firstNeeded(String key, String group, Map<String, Response> state) {
        String next = StreamIds.after(Objects.requireNonNull(state.get("last-delivered-id")).toString());
        if (number(state.get("pending"), 0) == 0) {
            return Uni.createFrom().item(next);
        }
        return send(redis.send(StreamCommands.pendingSummary(key, group)))
                .map(summary -> summary.get(1) == null ? next : summary.get(1).toString());
    }

    private Uni<Response> send(Uni<Response> answer) {
        return answer.ifNoItem().after(config.timeout()).fail();
    }

    private static Map<String, Map<String, Response>> byGroup(Response answer) {
        Map<String, Map<String, Response>> groups = new HashMap<>();
        for (Map<String, Response> members : StreamCommands.list(answer)) {
            groups.put(String.valueOf(members.get("name")), members);
        }
        return groups;
    }

    private static long number(@Nullable Response value, long otherwise) {
        return value == null ? otherwise : value.toLong();
    }
}
