package io.zeroui.tenant.evidence;

import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** An edge, as the tenant plane sees it: it writes receipts to the bus and reads which of them are safe. */
final class EdgeStream {

    final String edge = "edge-" + UUID.randomUUID();
    final String epoch = UUID.randomUUID().toString();
    private final RealRuntime runtime = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);
    private long sequence;
    /** For whom its login was made: the end of the keys that it uses. */
    private StreamScope scope = StreamScope.UNENROLLED;

    /** From now on it sends as an edge whose login was made for that tenant. */
    EdgeStream enrolledFor(TenantId tenant) {
        scope = StreamScope.of(tenant);
        return this;
    }

    /** The key of its receipts' dead letters. */
    String deadLetterKey() {
        return ChannelCatalogue.IDE_RECEIPTS.deadLetterKey(scope);
    }

    /** Sends a receipt and vouches for its emitter's key; returns its number in the edge's outbox. */
    long send(TenantId tenant, byte[] line, SignedReceipts emitter) {
        RegistryPlane.ensure(tenant);
        return sendUnregistered(tenant, line, emitter);
    }

    /** The same for a tenant that may not be in the registry. */
    long sendUnregistered(TenantId tenant, byte[] line, SignedReceipts emitter) {
        return send(event(tenant, line, emitter));
    }

    /** Sends any event, with the next number of the edge's outbox. */
    long send(EventEnvelope event) {
        return sendAs(edge, event);
    }

    /** The same, with the name of any edge. */
    long sendAs(String name, EventEnvelope event) {
        long number = ++sequence;
        add(event.withExtension(EventEnvelope.EDGE_ID, name).withExtension(EventEnvelope.EPOCH, epoch)
                .withExtension(EventEnvelope.SEQUENCE, Long.toString(number)));
        return number;
    }

    static EventEnvelope event(TenantId tenant, byte[] line, SignedReceipts emitter) {
        return event(line).withTenantId(tenant).withExtension(EventEnvelope.EMITTER_KEY, emitter.keys().publicKey().base64());
    }

    static EventEnvelope event(byte[] line) {
        return EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "urn:zeroui:plane:ide", Instant.now(), line);
    }

    /** The numbers that were acknowledged. */
    Set<Long> acknowledged() {
        return acknowledged(edge);
    }

    /** The numbers that were acknowledged to another edge of the same enrolment, as this edge's. */
    Set<Long> acknowledged(String to) {
        String key = ChannelCatalogue.TENANT_RECEIPT_ACKS.key(scope.of(EdgeId.of(to)));
        Set<Long> numbers = new TreeSet<>();
        try (Jedis redis = runtime.redis()) {
            redis.xrange(key, (StreamEntryID) null, null).forEach(entry -> {
                DeliveryAck ack = EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8),
                        DeliveryAck.class);
                if (ack.epoch().equals(epoch) && ack.sender().equals(to)) {
                    ack.ranges().forEach(range -> addAll(numbers, range));
                }
            });
        }
        return numbers;
    }

    /** Entries that the tenant plane has been given and has not acknowledged, and those it has not been given. */
    long unsettled() {
        try (Jedis redis = runtime.redis()) {
            String key = ChannelCatalogue.IDE_RECEIPTS.key(scope);
            var groups = redis.xinfoGroups(key);
            return groups.isEmpty() ? redis.xlen(key)
                    : groups.get(0).getPending() + (Long) groups.get(0).getGroupInfo().getOrDefault("lag", 0L);
        }
    }

    /** What lies on a stream. */
    List<Map<String, String>> stream(String key) {
        try (Jedis redis = runtime.redis()) {
            return redis.xrange(key, (StreamEntryID) null, null).stream().map(entry -> entry.getFields()).toList();
        }
    }

    private void add(EventEnvelope event) {
        Map<byte[], byte[]> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = runtime.redis()) {
            redis.xadd(ChannelCatalogue.IDE_RECEIPTS.key(scope).getBytes(StandardCharsets.UTF_8),
                    new XAddParams(), fields);
        }
    }

    private static void addAll(Set<Long> numbers, SequenceRange range) {
        for (long number = range.from(); number <= range.to(); number++) {
            numbers.add(number);
        }
    }
}
