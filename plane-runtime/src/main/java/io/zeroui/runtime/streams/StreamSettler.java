package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.runtime.streams.StreamCommands.RawEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

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
    Uni<List<StreamEntry>> decode(StreamTarget target, List<RawEntry> raw) {
        List<StreamEntry> entries = new ArrayList<>(raw.size());
        List<RawEntry> unreadable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (RawEntry entry : raw) {
            Map<String, byte[]> fields = entry.fields();
            if (fields == null) {
                unreadable.add(new RawEntry(entry.id(), Map.of()));
                reasons.add("the entry was deleted from the stream before it was acknowledged");
                continue;
            }
            try {
                entries.add(new StreamEntry(entry.id(), EventEnvelope.fromFields(fields)));
            } catch (IllegalArgumentException e) {
                unreadable.add(entry);
                reasons.add("not an event: " + e.getMessage());
            }
        }
        if (unreadable.isEmpty()) {
            return Uni.createFrom().item(entries);
        }
        return Multi.createFrom().range(0, unreadable.size())
                .onItem().transformToUniAndConcatenate(i -> setAside(target, unreadable.get(i), reasons.get(i)))
                .collect().asList()
                .chain(done -> acknowledgeIds(target, unreadable.stream().map(RawEntry::id).toList()))
                .replaceWith(entries);
    }

    /**
     * Settles a handled batch; true when Redis knows. False leaves the entries pending: they come again, and their
     * consumer recognises them.
     */
    Uni<Boolean> acknowledge(StreamTarget target, StreamBatch batch) {
        Map<String, String> deadLetters = batch.deadLetters();
        return Multi.createFrom().iterable(batch.entries())
                .filter(entry -> deadLetters.containsKey(entry.id()))
                .onItem().transformToUniAndConcatenate(entry -> setAside(target,
                        new RawEntry(entry.id(), entry.event().toFields()),
                        deadLetters.getOrDefault(entry.id(), "")))
                .collect().asList()
                .chain(done -> acknowledgeIds(target, batch.entries().stream().map(StreamEntry::id).toList()))
                .replaceWith(true)
                .onFailure().invoke(failure -> LOG.warnf(
                        "channel %s: entries were handled but could not be acknowledged, they come again: %s",
                        target.channel(), failure))
                .onFailure().recoverWithItem(false);
    }

    private Uni<Void> setAside(StreamTarget target, RawEntry entry, String reason) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        if (entry.fields() != null) {
            fields.putAll(entry.fields());
        }
        fields.put("deadletterreason", reason.getBytes(StandardCharsets.UTF_8));
        fields.put("deadletterentry", entry.id().getBytes(StandardCharsets.UTF_8));
        fields.put("deadlettergroup", target.group().getBytes(StandardCharsets.UTF_8));
        LOG.warnf("channel %s: entry %s goes to the dead-letter stream: %s", target.channel(), entry.id(), reason);
        return publisher.deadLetter(target.deadLetterKey(), fields);
    }

    private Uni<Void> acknowledgeIds(StreamTarget target, List<String> ids) {
        return redis.send(StreamCommands.acknowledge(target.key(), target.group(), ids))
                .ifNoItem().after(config.timeout()).fail()
                .onFailure().retry().withBackOff(config.backoffFirst(), config.backoffMost()).atMost(RETRIES)
                .replaceWithVoid();
    }
}
