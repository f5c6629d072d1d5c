package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.Plane;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one consumed stream: measures lag, pending entries and dead letters, and removes what every group of the
 * channel has acknowledged. An entry that any group still needs is never removed, however long the stream grows.
 */
final class StreamMaintenance {

    private final Channel channel;
    private final StreamTarget target;
    private final Redis redis;
    private final StreamsConfig config;
    private final ChannelStatus status;

    StreamMaintenance(Channel channel, StreamTarget target, Redis redis, StreamsConfig config, ChannelStatus status) {
        this.channel = channel;
        this.target = target;
        this.redis = redis;
        this.config = config;
        this.status = status;
    }

    /** One round; fails when Redis does not answer. */
    Uni<Void> run() {
        return send(redis.send(StreamCommands.groups(target.key())))
                .map(StreamMaintenance::byGroup)
                .call(this::measure)
                .chain(this::trim)
                .onFailure(RedisFailures::isMissingKey).recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> measure(Map<String, Map<String, Response>> groups) {
        Map<String, Response> own = groups.getOrDefault(target.group(), Map.of());
        long pending = number(own.get("pending"), 0);
        return send(redis.send(StreamCommands.length(target.deadLetterKey())))
                .chain(deadLetters -> send(redis.send(StreamCommands.length(target.key())))
                        .invoke(length -> status.queue(number(own.get("lag"), length.toLong()), pending,
                                deadLetters.toLong())))
                .replaceWithVoid();
    }

    private Uni<Void> trim(Map<String, Map<String, Response>> groups) {
        Uni<@Nullable String> smallest = Uni.createFrom().item("");
        for (Plane consumer : channel.consumers()) {
            Map<String, Response> group = groups.get(channel.group(consumer));
            if (group == null) {
                return Uni.createFrom().voidItem();
            }
            smallest = smallest.chain(least -> firstNeeded(channel.group(consumer), group)
                    .map(needed -> least == null || least.isEmpty() ? needed : StreamIds.smaller(least, needed)));
        }
        return smallest.chain(id -> id == null || id.isEmpty() ? Uni.createFrom().voidItem()
                : send(redis.send(StreamCommands.trimBefore(target.key(), id))).replaceWithVoid());
    }

    /** The oldest entry that the group has not acknowledged: its oldest pending one, else the one after the last read. */
    private Uni<String> firstNeeded(String group, Map<String, Response> state) {
        String next = StreamIds.after(Objects.requireNonNull(state.get("last-delivered-id")).toString());
        if (number(state.get("pending"), 0) == 0) {
            return Uni.createFrom().item(next);
        }
        return send(redis.send(StreamCommands.pendingSummary(target.key(), group)))
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
