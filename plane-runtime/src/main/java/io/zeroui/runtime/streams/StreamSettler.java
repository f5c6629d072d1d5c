package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.streams.StreamCommands.RawEntry;
import io.zeroui.runtime.streams.StreamReads.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ends the life of entries on their stream: acknowledged, or set aside on the dead-letter stream and acknowledged. */
final class StreamSettler {

    private static final Logger LOG = Logger.getLogger(StreamSettler.class);
    private static final int RETRIES = 3;

    private final Redis redis;
    private final StreamPublisher publisher;
    private final StreamsConfig config;
    private volatile boolean busy;

    StreamSettler(Redis redis, StreamPublisher publisher, StreamsConfig config) {
        this.redis = redis;
        this.publisher = publisher;
        this.config = config;
    }

    void begin() {
        busy = true;
    }

    void end() {
        busy = false;
    }

    boolean isBusy() {
        return busy;
    }

    /** The entries that are events; what is none goes to the dead-letter stream at once. */
    Uni<List<StreamEntry>> decode(StreamTarget target, List<Found> found) {
        List<StreamEntry> entries = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        found.forEach(some -> some.entries().forEach(raw -> decode(some.stream().scope(), raw, entries, unreadable)));
        if (unreadable.isEmpty()) {
            return Uni.createFrom().item(entries);
        }
        return Multi.createFrom().iterable(unreadable)
                .onItem().transformToUniAndConcatenate(one -> setAside(target, one.scope(), one.entry(), one.reason())
                        .chain(() -> acknowledgeIds(target,
                                Map.of(target.channel().key(one.scope()), List.of(one.entry().id())))))
                .collect().last()
                .replaceWith(entries);
    }

    private record Unreadable(@Nullable StreamScope scope, RawEntry entry, String reason) {
    }

    private static void decode(@Nullable StreamScope scope, RawEntry raw, List<StreamEntry> entries,
            List<Unreadable> unreadable) {
        Map<String, byte[]> fields = raw.fields();
        if (fields == null) {
            unreadable.add(new Unreadable(scope, raw, "the entry was deleted from the stream before it was acknowledged"));
            return;
        }
        try {
            entries.add(new StreamEntry(scope, raw.id(), EventEnvelope.fromFields(fields)));
        } catch (IllegalArgumentException e) {
            unreadable.add(new Unreadable(scope, raw, "not an event: " + e.getMessage()));
        }
    }

    /**
     * Settles a handled batch; true when Redis knows. False leaves entries pending: they come again, and their consumer
     * recognises them.
     */
    Uni<Boolean> acknowledge(StreamTarget target, StreamBatch batch) {
        Map<String, List<String>> idsByKey = new LinkedHashMap<>();
        batch.entries().forEach(entry -> idsByKey.computeIfAbsent(target.channel().key(entry.scope()), key -> new ArrayList<>())
                .add(entry.id()));
        return Multi.createFrom().iterable(batch.entries())
                .filter(entry -> batch.deadLetterReason(entry) != null)
                .onItem().transformToUniAndConcatenate(entry -> setAside(target, entry.scope(),
                        new RawEntry(entry.id(), entry.event().toFields()), String.valueOf(batch.deadLetterReason(entry))))
                .collect().last()
                .chain(done -> acknowledgeIds(target, idsByKey))
                .replaceWith(true)
                .onFailure().invoke(failure -> LOG.warnf(
                        "channel %s: entries were handled but could not be acknowledged, they come again: %s",
                        target.channel().name(), failure))
                .onFailure().recoverWithItem(false);
    }

    private Uni<Void> setAside(StreamTarget target, @Nullable StreamScope scope, RawEntry entry, String reason) {
        Map<String, byte[]> fields = new LinkedHashMap<>(kept(target, entry));
        fields.put("deadletterreason", reason.getBytes(StandardCharsets.UTF_8));
        fields.put("deadletterentry", entry.id().getBytes(StandardCharsets.UTF_8));
        fields.put("deadlettergroup", target.group().getBytes(StandardCharsets.UTF_8));
        String key = target.channel().deadLetterKey(scope);
        LOG.warnf("entry %s of channel %s goes to %s: %s", entry.id(), target.channel().name(), key, reason);
        return publisher.deadLetter(key, fields);
    }

    /** Without the data where a channel's dead letters do not keep it: its hash says whether something is the same. */
    private static Map<String, byte[]> kept(StreamTarget target, RawEntry entry) {
        Map<String, byte[]> fields = entry.fields() == null ? Map.of() : entry.fields();
        byte[] data = fields.get("data");
        return target.channel().deadLettersKeepData() ? fields
                : data == null ? Map.of()
                : Map.of("datasha256", Hash.of(data).hex().getBytes(StandardCharsets.UTF_8),
                        "databytes", Integer.toString(data.length).getBytes(StandardCharsets.UTF_8));
    }

    private Uni<Void> acknowledgeIds(StreamTarget target, Map<String, List<String>> idsByKey) {
        List<Request> requests = new ArrayList<>();
        idsByKey.forEach((key, ids) -> requests.add(StreamCommands.acknowledge(key, target.group(), ids)));
        return redis.batch(requests)
                .ifNoItem().after(config.timeout()).fail()
                .onFailure().retry().withBackOff(config.backoffFirst(), config.backoffMost()).atMost(RETRIES)
                .replaceWithVoid();
    }
}
