package io.zeroui.bench.policies;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.testing.RealRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XTrimParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Edges that read their streams of Redis in one thread, through one connection; {@link EdgeFleets} has several such parts. As real ones they say what they have whenever that has changed, ask for
 * everything where something does not fit, and remove what they have read.
 */
final class EdgeFleet implements AutoCloseable {

    private static final int BLOCK_MILLIS = 200;
    private static final int COUNT = 50;
    private static final long PATIENCE_NANOS = 300_000_000_000L;
    private static final long TRIM_NANOS = 1_000_000_000L;

    private final TenantId tenant;
    private final Map<String, SimulatedEdge> edges = new HashMap<>();
    private final Map<String, StreamEntryID> streams = new HashMap<>();
    private final Map<String, StreamEntryID> read = new HashMap<>();
    private final Jedis redis;
    private long trimmed = System.nanoTime();
    private long bytes;

    EdgeFleet(RealRuntime runtime, TenantId tenant, List<SimulatedEdge> all) {
        this.tenant = tenant;
        this.redis = runtime.redis();
        String group = ChannelCatalogue.TENANT_POLICY.group(Plane.IDE);
        for (SimulatedEdge edge : all) {
            edges.put(edge.stream(), edge);
            streams.put(edge.stream(), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY);
            if (!redis.xgroupCreate(edge.stream(), group, StreamEntryID.XGROUP_LAST_ENTRY, true).equals("OK")) {
                throw new IllegalStateException("no group on " + edge.stream());
            }
        }
    }

    /** Bytes of the events that were read since the last call. */
    long takeBytes() {
        long taken = bytes;
        bytes = 0;
        return taken;
    }

    /** Lets every edge say what it has. */
    void ask(boolean whole) {
        ask(edges.values(), whole);
    }

    private void ask(Collection<SimulatedEdge> some, boolean whole) {
        String key = ChannelCatalogue.IDE_POLICY_QUESTIONS.key(StreamScope.of(tenant));
        try (Pipeline pipeline = redis.pipelined()) {
            some.forEach(edge -> {
                Map<String, String> fields = new HashMap<>();
                EventEnvelope.of(EventEnvelope.POLICY_ASKED, "urn:zeroui:plane:ide", Instant.now(), EventJson.write(edge.ask(whole))).toFields()
                        .forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
                pipeline.xadd(key, StreamEntryID.NEW_ENTRY, fields);
            });
            pipeline.sync();
        }
    }

    /** Passes over what is on the streams, as if it had been lost. */
    void lose() {
        while (!read().isEmpty()) {
            bytes = 0;
        }
    }

    /**
     * Reads until every edge has a release.
     *
     * @return when each had it, {@link System#nanoTime}
     */
    long[] await(long release) throws TimeoutException {
        Map<String, Long> there = new HashMap<>();
        long begun = System.nanoTime();
        while (there.size() < edges.size()) {
            List<SimulatedEdge> changed = new ArrayList<>();
            List<SimulatedEdge> lost = new ArrayList<>();
            for (Map.Entry<String, List<StreamEntry>> stream : read()) {
                SimulatedEdge edge = Objects.requireNonNull(edges.get(stream.getKey()));
                long before = edge.release();
                if (!take(edge, stream.getValue())) {
                    lost.add(edge);
                } else if (edge.release() != before) {
                    changed.add(edge);
                }
                if (edge.release() >= release) {
                    there.putIfAbsent(stream.getKey(), System.nanoTime());
                }
            }
            ask(changed, false);
            ask(lost, true);
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new TimeoutException(there.size() + " of " + edges.size() + " edges have release " + release);
            }
        }
        return there.values().stream().mapToLong(Long::longValue).toArray();
    }

    /** Whether all of it fitted. */
    private boolean take(SimulatedEdge edge, List<StreamEntry> entries) {
        boolean fits = true;
        for (StreamEntry entry : entries) {
            byte[] data = Objects.requireNonNull(entry.getFields().get("data")).getBytes(StandardCharsets.UTF_8);
            bytes += data.length;
            try {
                fits = edge.take(EventJson.read(data, PolicyDelivered.class)) >= 0;
            } catch (PolicyRefused e) {
                fits = false;
            }
        }
        return fits;
    }

    /** The same of any events: reads until each stream has had one, and believes nothing of them. */
    long[] awaitRaw() throws TimeoutException {
        Map<String, Long> there = new HashMap<>();
        long begun = System.nanoTime();
        while (there.size() < edges.size()) {
            read().forEach(stream -> there.putIfAbsent(stream.getKey(), System.nanoTime()));
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new TimeoutException("raw entries did not come");
            }
        }
        return there.values().stream().mapToLong(Long::longValue).toArray();
    }

    /** Writes the same to every stream, in one pipeline. */
    void writeRaw(String data) {
        try (Pipeline pipeline = redis.pipelined()) {
            edges.keySet().forEach(stream -> pipeline.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("data", data)));
            pipeline.sync();
        }
    }

    private List<Map.Entry<String, List<StreamEntry>>> read() {
        List<Map.Entry<String, List<StreamEntry>>> found = redis.xreadGroup(ChannelCatalogue.TENANT_POLICY.group(Plane.IDE), "fleet",
                XReadGroupParams.xReadGroupParams().count(COUNT).block(BLOCK_MILLIS).noAck(), streams);
        if (found == null) {
            return List.of();
        }
        found.forEach(stream -> read.put(stream.getKey(), stream.getValue().get(stream.getValue().size() - 1).getID()));
        if (System.nanoTime() - trimmed > TRIM_NANOS) {
            trim();
        }
        return found;
    }

    private void trim() {
        try (Pipeline pipeline = redis.pipelined()) {
            read.forEach((stream, last) -> pipeline.xtrim(stream, XTrimParams.xTrimParams().minId(last.toString())));
            pipeline.sync();
        }
        read.clear();
        trimmed = System.nanoTime();
    }

    @Override
    public void close() {
        redis.close();
    }
}
