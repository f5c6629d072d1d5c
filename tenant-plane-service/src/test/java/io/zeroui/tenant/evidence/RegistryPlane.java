package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.RegisteredEdge;
import io.zeroui.contracts.events.RegisteredTenant;
import io.zeroui.contracts.events.TenantsAsked;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** The product plane as the tenant plane hears it: announces tenants and edges, and answers when it is told to. */
final class RegistryPlane {

    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<TenantId, RegistryState> STATES = new ConcurrentHashMap<>();
    private static String epoch = UUID.randomUUID().toString();
    private static long version;

    private RegistryPlane() {
    }

    /** An active tenant that the tenant plane has heard of. */
    static void ensure(TenantId tenant) {
        if (STATES.get(tenant) != RegistryState.ACTIVE) {
            set(tenant, RegistryState.ACTIVE);
        }
    }

    /** A tenant's state; returns when the tenant plane has heard of it. */
    static synchronized void set(TenantId tenant, RegistryState state) {
        version++;
        announce(new TenantsChanged(epoch, 0, version, null,
                List.of(RegisteredTenant.shared(tenant.value(), state, "local", version)), List.of()));
        // the first test of a service may come before its tables do
        await().atMost(PATIENCE).ignoreException(IllegalStateException.class).until(() -> stateOf(tenant).equals(state.key()));
        STATES.put(tenant, state);
    }

    /** An edge's enrolment; returns when the tenant plane has heard of it. */
    static synchronized void enrol(String edge, TenantId tenant, RegistryState state) {
        version++;
        announce(new TenantsChanged(epoch, 0, version, null, List.of(),
                List.of(new RegisteredEdge(edge, tenant.value(), state, version))));
        await().atMost(PATIENCE).until(() -> LedgerView.column("SELECT state FROM app.registry_edges WHERE edge_id = '"
                + edge + "'").equals(List.of(state.key())));
    }

    /** Begins another registry, as after a restore from nothing. */
    static synchronized void beginAgain() {
        epoch = UUID.randomUUID().toString();
        version = 0;
        STATES.clear();
    }

    static synchronized String epoch() {
        return epoch;
    }

    static synchronized long version() {
        return version;
    }

    /** Publishes any announcement. */
    static void announce(TenantsChanged change) {
        add(ChannelCatalogue.PRODUCT_TENANTS, EventEnvelope.of(EventEnvelope.TENANTS_CHANGED, "urn:zeroui:plane:product",
                Instant.now(), EventJson.write(change)));
    }

    /** Answers the newest question: nothing is new. */
    static synchronized void answer() {
        TenantsAsked asked = newestQuestion();
        if (asked != null) {
            announce(new TenantsChanged(epoch, 0, version, asked.askedAt(), List.of(), List.of()));
        }
    }

    static @Nullable TenantsAsked newestQuestion() {
        try (Jedis redis = RUNTIME.redis()) {
            var entries = redis.xrevrange(ChannelCatalogue.TENANT_REGISTRY_QUESTIONS.streamKey(), (StreamEntryID) null, null, 1);
            return entries.isEmpty() ? null : EventJson.read(
                    entries.get(0).getFields().get("data").getBytes(StandardCharsets.UTF_8), TenantsAsked.class);
        }
    }

    static String stateOf(TenantId tenant) {
        return String.join("", LedgerView.column("SELECT state FROM app.registry_tenants WHERE tenant_id = '" + tenant + "'"));
    }

    private static void add(Channel channel, EventEnvelope event) {
        Map<byte[], byte[]> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(channel.streamKey().getBytes(StandardCharsets.UTF_8), new XAddParams(), fields)).isNotNull();
        }
    }
}
