package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.PolicyFiles;
import io.zeroui.testing.PolicyOrigin;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** The product plane of one tenant, and its edges' questions, as the tenant plane's mirror meets them. */
final class PolicyDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern HASH = Pattern.compile("\"snapshot_hash\":\"(sha256:[0-9a-f]{64})\"");

    final TenantId tenant;
    final PolicyOrigin origin;
    private final RealRuntime runtime = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);

    PolicyDesk(TenantId tenant, Instant first) {
        this.tenant = tenant;
        this.origin = new PolicyOrigin(tenant, first);
        layRoot();
    }

    /** The mirror believes the first root that it finds: returns when that is this one's, whoever lays another in the same place. */
    void believed() {
        layRoot();
        RegistryPlane.ensure(tenant);
        given().header("X-Tenant-Id", tenant.value()).get("/v1/policy/edges").then().statusCode(200);
    }

    private void layRoot() {
        try {
            Files.write(PolicyFiles.root(PlaneResource.zuRoot()), origin.anchor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs what is released now and waits until the mirror has it. */
    void publish() {
        origin.publish();
        believed();
        origin.whole().forEach(one -> add(ChannelCatalogue.PRODUCT_POLICY.key(StreamScope.of(tenant)), EventEnvelope.POLICY_DELIVERED,
                EventJson.write(one)));
        await().atMost(PATIENCE).until(() -> given().header("X-Tenant-Id", tenant.value()).get("/v1/policy/edges").then().statusCode(200)
                .extract().jsonPath().getLong("mirror.release") == origin.version());
    }

    /** An enrolled edge says which release it has; returns when that is in the history. */
    void report(EdgeStream edge, long release) {
        add(ChannelCatalogue.IDE_POLICY_QUESTIONS.key(StreamScope.of(tenant)), EventEnvelope.POLICY_ASKED, EventJson.write(
                new PolicyAsked(tenant.value(), edge.edge, 1, release, release, false, true, null, null, Instant.now())));
        await().atMost(PATIENCE).until(() -> Files.readString(PlaneResource.zuRoot().zuRoot()
                .tenantPolicyHistory(tenant, LedgerView.REGION)).contains("\"edge\":\"" + edge.edge + "\",\"release\":" + release));
    }

    /** The hash that a gate reads with the version of the policy that is released now. */
    String hash(String policy) {
        byte[] document = origin.released().entrySet().stream().filter(one -> one.getKey().policyId().equals(policy)).findFirst()
                .orElseThrow().getValue();
        Matcher hash = HASH.matcher(new String(document, StandardCharsets.UTF_8));
        assertThat(hash.find()).isTrue();
        return hash.group(1);
    }

    private void add(String stream, String type, byte[] data) {
        Map<String, String> fields = new HashMap<>();
        EventEnvelope.of(type, "urn:zeroui:test", Instant.now(), data).toFields()
                .forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
        try (Jedis redis = runtime.redis()) {
            assertThat(redis.xadd(stream, StreamEntryID.NEW_ENTRY, fields)).isNotNull();
        }
    }
}
