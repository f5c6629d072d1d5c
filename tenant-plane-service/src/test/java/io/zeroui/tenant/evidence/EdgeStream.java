package io.zeroui.tenant.evidence;

import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.SequenceRange;
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

    /** Sends a receipt and vouches for its emitter's key; returns its number in the edge's outbox. */
    long send(TenantId tenant, byte[] line, SignedReceipts emitter) {
        RegistryPlane.ensure(tenant);
        return sendUnregistered(tenant, line, emitter);
    }

    /** The same for a tenant that may not be in the registry. */
    long sendUnregistered(TenantId tenant, byte[] line, SignedReceipts emitter) {
        EventEnvelope event = event(line).withTenantId(tenant)
                .withExtension(EventEnvelope.EMITTER_KEY, emitter.keys().publicKey().base64());
        return send(event);
    }

    /** Sends any event, with the next number of the edge's outbox. */
    long send(EventEnvelope event) {
        long number = ++sequence;
        add(event.withExtension(EventEnvelope.EDGE_ID, edge).withExtension(EventEnvelope.EPOCH, epoch)
                .withExtension(EventEnvelope.SEQUENCE, Long.toString(number)));
        return number;
    }

    static EventEnvelope event(byte[] line) {
        return EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "urn:zeroui:plane:ide", Instant.now(), line);
    }

    /** The numbers that were acknowledged. */
    Set<Long> acknowledged() {
        String key = ChannelCatalogue.TENANT_RECEIPT_ACKS.key(edge);
        Set<Long> numbers = new TreeSet<>();
        try (Jedis redis = runtime.redis()) {
            redis.xrange(key, (StreamEntryID) null, null).forEach(entry -> {
                DeliveryAck ack = EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8),
                        DeliveryAck.class);
                if (ack.epoch().equals(epoch) && ack.sender().equals(edge)) {
                    ack.ranges().forEach(range -> addAll(numbers, range));
                }
            });
        }
        return numbers;
    }

    /** Entries that the tenant plane has been given and has not acknowledged, and those it has not been given. */
    long unsettled() {
        try (Jedis redis = runtime.redis()) {
            var group = redis.xinfoGroups(ChannelCatalogue.IDE_RECEIPTS.streamKey()).get(0);
            return group.getPending() + (Long) group.getGroupInfo().getOrDefault("lag", 0L);
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
            redis.xadd(ChannelCatalogue.IDE_RECEIPTS.streamKey().getBytes(StandardCharsets.UTF_8),
                    new XAddParams(), fields);
        }
    }

    private static void addAll(Set<Long> numbers, SequenceRange range) {
        for (long number = range.from(); number <= range.to(); number++) {
            numbers.add(number);
        }
    }
}
