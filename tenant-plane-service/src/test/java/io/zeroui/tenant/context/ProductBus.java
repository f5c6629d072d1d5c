package io.zeroui.tenant.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** The product plane as the tenant plane sees it: events on streams. */
final class ProductBus {

    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);

    private ProductBus() {
    }

    /** Changes of an export that were sent, in their order. */
    static List<ContextChanged> sent(UUID exportId) {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(ChannelCatalogue.TENANT_CONTEXT.streamKey(), (StreamEntryID) null, null).stream()
                    .map(entry -> EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8), ContextChanged.class))
                    .filter(change -> change.exportId().equals(exportId)).toList();
        }
    }

    /** Says what became of a change. */
    static void say(UUID epoch, ContextChanged change, @Nullable String refusal) {
        say(epoch, 0, change, refusal);
    }

    /** Says it as a database that has had so many changes. */
    static void say(UUID epoch, long changes, ContextChanged change, @Nullable String refusal) {
        say(new ContextApplied(epoch, changes, List.of(new ContextApplied.Item(change.tenantId(), change.exportId(), change.version(), refusal))));
    }

    static void say(ContextApplied said) {
        add(ChannelCatalogue.PRODUCT_CONTEXT_ACKS, null, EventEnvelope.CONTEXT_APPLIED, EventJson.write(said));
    }

    static long deadLetters() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xlen(ChannelCatalogue.PRODUCT_CONTEXT_ACKS.deadLetterKey(null));
        }
    }

    static void add(Channel channel, @Nullable StreamScope scope, String type, byte[] data) {
        Map<byte[], byte[]> fields = new HashMap<>();
        EventEnvelope.of(type, "urn:zeroui:plane:product", Instant.now(), data).toFields()
                .forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(channel.key(scope).getBytes(StandardCharsets.UTF_8), new XAddParams(), fields)).isNotNull();
        }
    }
}
