package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.zeroui.runtime.streams.StreamCommands.RawEntry;
import io.zeroui.runtime.streams.StreamTarget.StreamKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * The commands with which a reader gets its entries, one after the other on its connection: all streams are read in one, and
 * what dead consumers left is claimed stream by stream.
 */
final class StreamReads {

    private static final Logger LOG = Logger.getLogger(StreamReads.class);
    private static final int GROUPS_AT_ONCE = 64;

    /**
     * What one stream gave.
     *
     * @param stream the stream
     * @param entries its entries, in its order; at least one
     */
    record Found(StreamKey stream, List<RawEntry> entries) {
    }

    private final StreamTarget target;
    private final StreamsConfig config;
    private final StreamKeys keys;

    StreamReads(StreamTarget target, StreamsConfig config) {
        this.target = target;
        this.config = config;
        this.keys = new StreamKeys(target, config.batchEntries(), config.claimIdle().dividedBy(2));
    }

    /** Begins anew, for another connection. */
    void begin() {
        keys.begin();
    }

    /** Has everything come again that was given and not acknowledged. */
    void replayAll() {
        keys.replayAll();
    }

    /** Makes the groups of streams that are new. */
    Uni<Void> takeUp(RedisConnection open) {
        List<StreamKey> missing = keys.missing();
        return Multi.createFrom().iterable(missing)
                .onItem().transformToUni(stream -> ensureGroup(open, stream.key())).merge(GROUPS_AT_ONCE)
                .collect().last()
                .invoke(done -> keys.takeUp(missing))
                .replaceWithVoid();
    }

    /** The next entries; none when there was nothing to read or to claim. */
    Uni<List<Found>> next(RedisConnection open) {
        Map<String, String> replaying = keys.replaying();
        if (!replaying.isEmpty()) {
            return send(open, StreamCommands.readPending(replaying, target.group(), target.consumer(),
                    keys.share(replaying.size())), config.timeout())
                    .map(StreamCommands::readEntries)
                    .invoke(keys::replayed)
                    .map(this::found);
        }
        StreamKey abandoned = keys.nextClaim();
        if (abandoned != null) {
            return send(open, StreamCommands.claim(abandoned.key(), target.group(), target.consumer(),
                    config.claimIdle().toMillis(), keys.claimCursor(), config.batchEntries()), config.timeout())
                    .map(answer -> claimed(abandoned, answer));
        }
        return keys.reading().isEmpty() ? nothing() : readNew(open);
    }

    private Uni<List<Found>> readNew(RedisConnection open) {
        Duration block = keys.isSweeping() ? Duration.ZERO : config.block();
        return send(open, StreamCommands.readNew(keys.reading().keySet(), target.group(), target.consumer(), keys.share(),
                block.toMillis()), block.plus(config.timeout()))
                .map(StreamCommands::readEntries)
                .map(this::found)
                .invoke(found -> keys.found(found.size()));
    }

    private Uni<List<Found>> nothing() {
        return Uni.createFrom().item(List.<Found>of()).onItem().delayIt().by(config.block());
    }

    private Uni<Response> ensureGroup(RedisConnection open, String key) {
        return send(open, StreamCommands.createGroup(key, target.group()), config.timeout())
                .onFailure(RedisFailures::isGroupExists).recoverWithNull();
    }

    private static Uni<Response> send(RedisConnection open, Request request, Duration timeout) {
        return open.send(request).ifNoItem().after(timeout).fail();
    }

    private List<Found> found(Map<String, List<RawEntry>> byKey) {
        List<Found> found = new ArrayList<>();
        byKey.forEach((key, entries) -> {
            if (!entries.isEmpty()) {
                found.add(new Found(Objects.requireNonNull(keys.reading().get(key)), entries));
            }
        });
        return found;
    }

    /** Follows XAUTOCLAIM's cursor; entries that vanished while pending are an alarm. */
    private List<Found> claimed(StreamKey stream, Response answer) {
        keys.claimed(answer.get(0).toString());
        if (answer.size() > 2 && answer.get(2).size() > 0) {
            LOG.errorf("channel %s: %d entries were deleted from stream %s before they were acknowledged",
                    target.channel().name(), answer.get(2).size(), stream.key());
        }
        List<RawEntry> entries = StreamCommands.entries(answer.get(1));
        return entries.isEmpty() ? List.of() : List.of(new Found(stream, entries));
    }
}
