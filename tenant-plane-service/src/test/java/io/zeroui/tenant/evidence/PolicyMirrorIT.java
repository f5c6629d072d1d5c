package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.PolicyFiles;
import io.zeroui.testing.PolicyOrigin;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** A tenant's mirror between the product plane and edges, both played by the test. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class PolicyMirrorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Instant START = Instant.now().minusSeconds(60);
    /** One root for all tenants: the first origin's; the others' are strangers. */
    private static final PolicyOrigin ORIGIN = new PolicyOrigin(TenantId.of("mirrored"), START);

    private final RealRuntime runtime = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);
    private final TenantId tenant = TenantId.of("mirrored");
    private final EdgeId edge = EdgeId.of("edge-" + UUID.randomUUID());

    @BeforeEach
    void enrol() throws IOException {
        RegistryPlane.ensure(tenant);
        RegistryPlane.enrol(edge.value(), tenant, RegistryState.ACTIVE);
        Files.write(PolicyFiles.root(PlaneResource.zuRoot()), ORIGIN.anchor());
    }

    @Test
    void whatIsVerifiedIsHandedOnAndWhoAsksIsAnswered() {
        long release = release();
        long told = told(edge);
        assertThat(release()).as("who has asked is told without asking").isGreaterThan(release);
        await().atMost(PATIENCE).until(() -> told(edge) > told);
        EdgeId late = EdgeId.of("edge-" + UUID.randomUUID());
        RegistryPlane.enrol(late.value(), tenant, RegistryState.ACTIVE);
        ask(StreamScope.of(tenant), tenant, late, 0);
        await().atMost(PATIENCE).until(() -> told(late) > 0);
        ask(StreamScope.of(tenant), tenant, edge, release);
        await().atMost(PATIENCE).until(() -> given().header("X-Tenant-Id", tenant.value()).get("/v1/policy/edges").then().statusCode(200)
                .extract().jsonPath().getList("items.edge_id").contains(edge.value()));
        assertThat(given().header("X-Tenant-Id", tenant.value()).get("/v1/policy/edges").then().extract().jsonPath().getLong("mirror.release"))
                .isEqualTo(ORIGIN.version());
    }

    @Test
    void anEdgeOfAnotherTenantIsToldNothingWhateverItAsks() {
        long release = release();
        assertThat(release).isPositive();
        TenantId other = TenantId.of("t-" + UUID.randomUUID());
        EdgeId foreign = EdgeId.of("edge-" + UUID.randomUUID());
        RegistryPlane.ensure(other);
        RegistryPlane.enrol(foreign.value(), other, RegistryState.ACTIVE);
        ask(StreamScope.of(tenant), tenant, foreign, 0);
        ask(StreamScope.of(other), tenant, foreign, 0);
        ask(StreamScope.UNENROLLED, tenant, foreign, 0);
        await().atMost(PATIENCE).until(() -> deadLetters(ChannelCatalogue.IDE_POLICY_QUESTIONS, StreamScope.of(tenant)) > 0
                && deadLetters(ChannelCatalogue.IDE_POLICY_QUESTIONS, StreamScope.of(other)) > 0
                && deadLetters(ChannelCatalogue.IDE_POLICY_QUESTIONS, StreamScope.UNENROLLED) > 0);
        await().pollDelay(QUIET).until(() -> true);
        for (StreamScope scope : List.of(StreamScope.of(tenant), StreamScope.of(other), StreamScope.UNENROLLED)) {
            assertThat(length(ChannelCatalogue.TENANT_POLICY.key(scope.of(foreign)))).isZero();
        }
        String key = given().contentType("application/json").body("{\"name\":\"x\",\"tenant_id\":\"" + other + "\",\"permissions\":[\"policy:read\"]}")
                .post("/v1/credentials").then().statusCode(201).extract().path("key");
        given().header("Authorization", "Bearer " + key).header("X-Tenant-Id", tenant.value()).get("/v1/policy/edges").then().statusCode(403);
    }

    @Test
    void aDeliveryOnAnotherTenantsStreamIsKeptAside() {
        TenantId other = TenantId.of("t-" + UUID.randomUUID());
        RegistryPlane.ensure(other);
        ORIGIN.release("licences", "1." + UUID.randomUUID(), content -> content.put("rule", "mit")).publish();
        deliver(StreamScope.of(other), ORIGIN.whole());
        await().atMost(PATIENCE).until(() -> deadLetters(ChannelCatalogue.PRODUCT_POLICY, StreamScope.of(other)) > 0);
        deliver(StreamScope.of(other), ORIGIN.whole().stream().map(one -> new PolicyDelivered(other.value(), 1, one.documents())).toList());
        await().atMost(PATIENCE).until(() -> "WRONG_TENANT".equals(given().header("X-Tenant-Id", other.value()).get("/v1/policy/edges").then()
                .extract().jsonPath().getString("mirror.objection")));
        assertThat(PlaneResource.zuRoot().path().resolve("tenant/" + other + "/local/policy/snapshots")).doesNotExist();
    }

    @Test
    void whatTheTenantAddsReachesItsEdgesAndNoOthers() throws IOException {
        release();
        TenantId other = TenantId.of("t-" + UUID.randomUUID());
        EdgeId foreign = EdgeId.of("edge-" + UUID.randomUUID());
        RegistryPlane.ensure(other);
        RegistryPlane.enrol(foreign.value(), other, RegistryState.ACTIVE);
        ask(StreamScope.of(other), other, foreign, 0);

        added("licences", "{\"enforcement\":\"hard_block\",\"reason\":\"audit 7\"}").statusCode(200);
        PolicyDelivered told = await().atMost(PATIENCE).until(() -> lastTold(edge), one -> one != null && one.overlay() != null);
        assertThat(told.overlay().of("licences").orElseThrow().enforcement()).isEqualTo("hard_block");
        EdgeId late = EdgeId.of("edge-" + UUID.randomUUID());
        RegistryPlane.enrol(late.value(), tenant, RegistryState.ACTIVE);
        ask(StreamScope.of(tenant), tenant, late, ORIGIN.version());
        assertThat(await().atMost(PATIENCE).until(() -> lastTold(late), one -> one != null).overlay()).isEqualTo(told.overlay());
        assertThat(length(ChannelCatalogue.TENANT_POLICY.key(StreamScope.of(other).of(foreign)))).isZero();

        added("licences", "{\"enforcement\":\"observe\",\"reason\":\"r\"}").statusCode(400);
        added("licences", "{\"fail_mode\":\"open\",\"reason\":\"r\"}").statusCode(400);
        added("licences", "{\"fail_mode\":\"closed\",\"reason\":\"it is closed as it was signed\"}").statusCode(409);
        added("licences", "{\"enforcement\":\"warn\"}").statusCode(400);
        added("..%2F..%2Fx", "{\"enforcement\":\"warn\",\"reason\":\"r\"}").statusCode(400);
        added("unheard-of", "{\"enforcement\":\"warn\",\"reason\":\"r\"}").statusCode(404);

        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body("{\"reason\":\"over\"}")
                .post("/v1/policy/overlays/licences/removal").then().statusCode(200);
        await().atMost(PATIENCE).until(() -> lastTold(edge).overlay() != null && lastTold(edge).overlay().rules().isEmpty());
        var listed = given().header("X-Tenant-Id", tenant.value()).get("/v1/policy/overlays").then().statusCode(200).extract().jsonPath();
        assertThat(listed.getLong("version")).isEqualTo(2);
        assertThat(listed.getList("changes.reason")).containsExactly("over", "audit 7");
        assertThat(Files.exists(PlaneResource.zuRoot().path().resolve("tenant/" + tenant + "/local/policy/overlays/1.json"))).isTrue();
    }

    private ValidatableResponse added(String policy, String body) {
        return given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(body).urlEncodingEnabled(false)
                .put("/v1/policy/overlays/" + policy).then();
    }

    private PolicyDelivered lastTold(EdgeId one) {
        try (Jedis redis = runtime.redis()) {
            var last = redis.xrevrange(ChannelCatalogue.TENANT_POLICY.key(StreamScope.of(tenant).of(one)), (StreamEntryID) null, null, 1);
            return last.isEmpty() ? null
                    : EventJson.read(last.get(0).getFields().get("data").getBytes(StandardCharsets.UTF_8), PolicyDelivered.class);
        }
    }

    /** Releases something and waits until the mirror has it. */
    private long release() {
        ORIGIN.release("licences", "1." + UUID.randomUUID(), content -> content.put("rule", "mit")).publish();
        deliver(StreamScope.of(tenant), ORIGIN.whole());
        await().atMost(PATIENCE).until(() -> given().header("X-Tenant-Id", tenant.value()).get("/v1/policy/edges").then().statusCode(200).extract()
                .jsonPath().getLong("mirror.release") == ORIGIN.version());
        long before = told(edge);
        if (before == 0) {
            ask(StreamScope.of(tenant), tenant, edge, 0);
        }
        await().atMost(PATIENCE).until(() -> told(edge) > 0);
        return ORIGIN.version();
    }

    private long told(EdgeId one) {
        return length(ChannelCatalogue.TENANT_POLICY.key(StreamScope.of(tenant).of(one)));
    }

    private long deadLetters(Channel channel, StreamScope scope) {
        return length(channel.deadLetterKey(scope));
    }

    private long length(String stream) {
        try (Jedis redis = runtime.redis()) {
            return redis.xlen(stream);
        }
    }

    private void deliver(StreamScope scope, List<PolicyDelivered> deliveries) {
        deliveries.forEach(one -> add(ChannelCatalogue.PRODUCT_POLICY.key(scope), EventEnvelope.POLICY_DELIVERED, EventJson.write(one)));
    }

    private void ask(StreamScope scope, TenantId whose, EdgeId who, long release) {
        add(ChannelCatalogue.IDE_POLICY_QUESTIONS.key(scope), EventEnvelope.POLICY_ASKED, EventJson.write(
                new PolicyAsked(whose.value(), who.value(), 1, release, release, false, true, null, null, Instant.now())));
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
