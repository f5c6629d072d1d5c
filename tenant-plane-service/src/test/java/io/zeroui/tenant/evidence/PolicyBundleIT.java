package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.BundleKeys;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.PolicyFiles;
import io.zeroui.testing.PolicyOrigin;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.UnpackedBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** A tenant's policies from its mirror, as OPAs fetch them. */
@QuarkusTest
@TestProfile(PolicyBundleIT.Narrow.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class PolicyBundleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final TenantId TENANT = TenantId.of("bundled");
    private static final PolicyOrigin ORIGIN = new PolicyOrigin(TENANT, Instant.now().minusSeconds(60));

    private final RealRuntime runtime = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);
    private final TenantId other = TenantId.of("t-" + UUID.randomUUID());

    /** So little room that a test can fill it. */
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.policy.bundles.waiting-of-tenant", "1");
        }
    }

    @BeforeEach
    void enrol() throws IOException {
        RegistryPlane.ensure(TENANT);
        RegistryPlane.ensure(other);
        Files.write(PolicyFiles.root(PlaneResource.zuRoot()), ORIGIN.anchor());
    }

    @Test
    void aBundleHasWhatIsForEveryoneOrForAnEdge() {
        EdgeId edge = EdgeId.of("edge-" + UUID.randomUUID());
        EdgeId foreign = EdgeId.of("edge-" + UUID.randomUUID());
        RegistryPlane.enrol(edge.value(), TENANT, RegistryState.ACTIVE);
        RegistryPlane.enrol(foreign.value(), other, RegistryState.ACTIVE);
        ORIGIN.release("licences", "1.0", rule("mit")).release("licences", "2.0", new Rollout(0, Set.of(edge), Set.of()), rule("apache-2.0"))
                .release("secrets", "1.0", new Rollout(0, Set.of(), Set.of(RepoId.of("core-api"))), rule("none"));
        deliver();

        Response everyone = bundle("policies");
        assertThat(everyone.statusCode()).isEqualTo(200);
        assertThat(everyone.contentType()).isEqualTo("application/vnd.openpolicyagent.bundles");
        UnpackedBundle unpacked = UnpackedBundle.of(everyone.asByteArray());
        assertThat(unpacked.isSignedBy(BundleKeys.publicKey())).isTrue();
        assertThat(unpacked.policy("licences").path("version").asText()).isEqualTo("1.0");
        assertThat(unpacked.policy("secrets").isMissingNode()).isTrue();
        assertThat(unpacked.json("zeroui/release/data.json").path("tenant_id").asText()).isEqualTo(TENANT.value());
        assertThat(bundle("policies").asByteArray()).as("byte for byte").isEqualTo(everyone.asByteArray());

        await().atMost(PATIENCE).until(() -> bundle("policies?edge=" + edge).statusCode() == 200);
        UnpackedBundle edges = UnpackedBundle.of(bundle("policies?edge=" + edge).asByteArray());
        assertThat(edges.policy("licences").path("version").asText()).isEqualTo("2.0");
        assertThat(edges.policy("secrets").isMissingNode()).isTrue();
        assertThat(UnpackedBundle.of(bundle("policies?edge=" + edge + "&repo=core-api&repo=web").asByteArray()).policy("secrets").path("version").asText())
                .isEqualTo("1.0");
        assertThat(bundle("secrets").statusCode()).as("for nobody without a repository").isEqualTo(404);
        assertThat(bundle("licences?edge=" + foreign).statusCode()).as("another tenant's").isEqualTo(404);
        assertThat(bundle("licences?edge=edge-of-nobody").statusCode()).isEqualTo(404);
        assertThat(bundle("licences?edge=..%2fx").statusCode()).isEqualTo(400);
    }

    @Test
    void anotherTenantGetsNothingOfIt() {
        ORIGIN.release("licences", "1." + UUID.randomUUID(), rule("mit"));
        deliver();
        String key = given().contentType("application/json").body("{\"name\":\"x\",\"tenant_id\":\"" + other + "\",\"permissions\":[\"policy:read\"]}")
                .post("/v1/credentials").then().statusCode(201).extract().path("key");
        for (String path : List.of("/v1/bundles/policies", "/v1/bundles/licences", "/v1/policy/opa-status")) {
            given().header("Authorization", "Bearer " + key).header("X-Tenant-Id", TENANT.value()).get(path).then().statusCode(403);
        }
        given().header("Authorization", "Bearer " + key).get("/v1/bundles/policies").then().statusCode(404);
        for (String name : List.of("none", "..%2f" + TENANT, "%2e%2e", "licences%2f1.0", "..%2f..%2fbundled%2flocal%2fpolicy")) {
            assertThat(given().urlEncodingEnabled(false).header("X-Tenant-Id", TENANT.value()).get("/v1/bundles/" + name).statusCode()).as(name)
                    .isIn(400, 401, 404);
        }
        given().header("Authorization", "Bearer " + key).contentType("application/json").body("{\"labels\":{\"id\":\"theirs\"}}").post("/v1/status").then()
                .statusCode(200);
        given().header("X-Tenant-Id", TENANT.value()).contentType("application/json").body("{\"labels\":{\"id\":\"ours\"}}").post("/v1/status").then()
                .statusCode(200);
        assertThat(given().header("Authorization", "Bearer " + key).get("/v1/policy/opa-status").jsonPath().getList("items.id")).isEqualTo(List.of("theirs"));
        assertThat(given().header("X-Tenant-Id", TENANT.value()).get("/v1/policy/opa-status").jsonPath().getList("items.id")).isEqualTo(List.of("ours"));
        given().header("X-Tenant-Id", TENANT.value()).contentType("application/json").body("{\"labels\":{\"id\":7}}").post("/v1/status").then().statusCode(400);
    }

    @Test
    void whoWaitsIsWokenByAReleaseOfHisTenant() throws Exception {
        ORIGIN.release("licences", "3." + UUID.randomUUID(), rule("mit"));
        deliver();
        String etag = bundle("licences").header("ETag");
        assertThat(bundle("licences", "If-None-Match", etag).statusCode()).isEqualTo(304);
        CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(
                () -> bundle("licences", "If-None-Match", etag, "Prefer", "modes=snapshot,delta;wait=60"));
        await().atMost(PATIENCE).until(() -> bundle("licences", "If-None-Match", etag, "Prefer", "wait=1").statusCode() == 503);
        assertThat(waiting).isNotDone();
        String next = "4." + UUID.randomUUID();
        ORIGIN.release("licences", next, rule("apache-2.0"));
        deliver();
        Response woken = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(woken.statusCode()).isEqualTo(200);
        assertThat(UnpackedBundle.of(woken.asByteArray()).policy("licences").path("version").asText()).isEqualTo(next);
    }

    @Test
    void whatTheTenantAddsIsInTheBundleAndWakesWhoWaits() throws Exception {
        ORIGIN.release("secrets-gate", "1." + UUID.randomUUID(), rule("none"));
        deliver();
        String etag = bundle("secrets-gate").header("ETag");
        CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(
                () -> bundle("secrets-gate", "If-None-Match", etag, "Prefer", "wait=60"));
        await().atMost(PATIENCE).until(() -> bundle("secrets-gate", "If-None-Match", etag, "Prefer", "wait=1").statusCode() == 503);
        given().header("X-Tenant-Id", TENANT.value()).contentType("application/json").body("{\"enforcement\":\"hard_block\",\"reason\":\"audit 7\"}")
                .put("/v1/policy/overlays/secrets-gate").then().statusCode(200);
        Response woken = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(woken.statusCode()).isEqualTo(200);
        assertThat(UnpackedBundle.of(woken.asByteArray()).policy("secrets-gate").path("enforcement").asText()).isEqualTo("hard_block");
        given().header("X-Tenant-Id", TENANT.value()).contentType("application/json").body("{\"reason\":\"over\"}")
                .post("/v1/policy/overlays/secrets-gate/removal").then().statusCode(200);
        assertThat(bundle("secrets-gate").header("ETag")).isEqualTo(etag);
    }

    private static Response bundle(String name, String... headers) {
        var request = given().urlEncodingEnabled(false).header("X-Tenant-Id", TENANT.value());
        for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        return request.get("/v1/bundles/" + name);
    }

    /** Publishes and waits until the mirror has it. */
    private void deliver() {
        ORIGIN.publish();
        try (Jedis redis = runtime.redis()) {
            ORIGIN.whole().forEach(one -> {
                Map<String, String> fields = new HashMap<>();
                EventEnvelope.of(EventEnvelope.POLICY_DELIVERED, "urn:zeroui:test", Instant.now(), EventJson.write(one)).toFields()
                        .forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
                assertThat(redis.xadd(ChannelCatalogue.PRODUCT_POLICY.key(StreamScope.of(TENANT)), StreamEntryID.NEW_ENTRY, fields)).isNotNull();
            });
        }
        await().atMost(PATIENCE).until(() -> given().header("X-Tenant-Id", TENANT.value()).get("/v1/policy/edges").then().statusCode(200).extract()
                .jsonPath().getLong("mirror.release") == ORIGIN.version());
    }

    private static Consumer<ObjectNode> rule(String text) {
        return content -> content.put("rule", text);
    }
}
