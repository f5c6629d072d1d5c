package io.zeroui.ide;

import static io.zeroui.ide.PolicyWire.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.testing.BundleKeys;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.PolicyOrigin;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.UnpackedBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** An edge's policies as others' programs take them: OPA, listeners, OpenFeature. One edge and one origin: what happens goes on from what was. */
@QuarkusTest
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestProfile(PolicyInterfacesIT.Narrow.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class PolicyInterfacesIT {

    private static final PolicyOrigin ORIGIN = new PolicyOrigin(TenantId.of("local"), Instant.now().minusSeconds(60));
    private static final String BUNDLES = "application/vnd.openpolicyagent.bundles";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PolicyWire wire = new PolicyWire();

    /** So little room that a test can fill it. */
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.policy.bundles.waiting-of-tenant", "2", "zeroui.policy.edge.stream.listeners", "3",
                    "zeroui.policy.edge.stream.heartbeat", "PT1S", "zeroui.policy.edge.stream.look", "PT0.2S",
                    "zeroui.policy.edge.stream.buffered", "2");
        }
    }

    @Test
    @Order(1)
    void withoutAReleaseThereIsNoBundleAndAListenerIsToldSo() {
        assertThat(wire.get("/v1/bundles/policies").statusCode()).isEqualTo(404);
        try (EventReader events = wire.listen()) {
            await().atMost(PATIENCE).until(() -> !events.events().isEmpty());
            assertThat(events.names()).containsExactly("release 0");
        }
    }

    @Test
    @Order(2)
    void aReleaseIsABundleWithASignatureAndAnETag() throws IOException {
        wire.enrol(ORIGIN);
        ORIGIN.release("licences", "1.0", rule("mit")).release("secrets", "1.0", rule("none")).publish();
        wire.deliver(ORIGIN, 0);

        HttpResponse<byte[]> answer = wire.get("/v1/bundles/policies");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(BUNDLES);
        UnpackedBundle bundle = UnpackedBundle.of(answer.body());
        assertThat(bundle.isSignedBy(BundleKeys.publicKey())).isTrue();
        assertThat(bundle.policy("licences").at("/content/rule").asText()).isEqualTo("mit");
        assertThat(bundle.policy("licences").path("state").asText()).isEqualTo("active");
        assertThat(bundle.json("zeroui/release/data.json").path("policies")).isEqualTo(JSON.readTree("[\"licences\",\"secrets\"]"));
        assertThat(bundle.revision()).startsWith("1-");
        assertThat(wire.get("/v1/bundles/policies").body()).as("byte for byte").isEqualTo(answer.body());

        HttpResponse<byte[]> same = wire.get("/v1/bundles/policies", "If-None-Match", etag(answer));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(etag(same)).isEqualTo(etag(answer));
        assertThat(wire.get("/v1/bundles/policies", "If-None-Match", "\"other\"", "Prefer", "modes=snapshot,delta;wait=30").statusCode()).isEqualTo(200);
        assertThat(UnpackedBundle.of(wire.get("/v1/bundles/secrets").body()).files()).doesNotContainKey("zeroui/policies/licences/data.json");
    }

    @Test
    @Order(3)
    void otherNamesAndOtherCallersGetNothing() {
        for (String name : List.of("none", "..", "%2e%2e", "..%2f..%2fide%2fpolicy%2frelease", "licences%2f1.0.json", "licences.tar.gz", "LICENCES",
                "licences%00", "%5c..%5clicences")) {
            assertThat(wire.get("/v1/bundles/" + name).statusCode()).as(name).isIn(400, 401, 404);
        }
        String key = key("acme");
        for (String path : List.of("/v1/bundles/policies", "/v1/bundles/licences", "/v1/policy/stream", "/v1/policy/opa-status")) {
            assertThat(wire.get(path, "Authorization", key).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(wire.post("/v1/status", "{\"labels\":{\"id\":\"x\"}}", "Authorization", key).statusCode()).isEqualTo(403);
        assertThat(wire.post("/ofrep/v1/evaluate/flags", "{\"context\":{}}", "Authorization", key).statusCode()).isEqualTo(403);
    }

    @Test
    @Order(4)
    void whoWaitsIsWokenByAReleaseAndSoManyMayWait() throws Exception {
        String all = etag(wire.get("/v1/bundles/policies"));
        String secrets = etag(wire.get("/v1/bundles/secrets"));
        CompletableFuture<HttpResponse<byte[]>> waiting = wire.getLater("/v1/bundles/policies", "If-None-Match", all, "Prefer", "modes=snapshot,delta;wait=60");
        CompletableFuture<HttpResponse<byte[]>> unmoved = wire.getLater("/v1/bundles/secrets", "If-None-Match", secrets, "Prefer", "wait=8");
        await().atMost(PATIENCE).until(() -> wire.get("/v1/bundles/policies", "If-None-Match", all, "Prefer", "wait=1").statusCode() == 503);
        assertThat(waiting).isNotDone();

        ORIGIN.release("licences", "1.1", rule("apache-2.0")).publish();
        wire.deliver(ORIGIN, 1);
        HttpResponse<byte[]> woken = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(woken.statusCode()).isEqualTo(200);
        assertThat(UnpackedBundle.of(woken.body()).policy("licences").path("version").asText()).isEqualTo("1.1");
        HttpResponse<byte[]> same = unmoved.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(same.statusCode()).as("another policy changed").isEqualTo(304);
        assertThat(same.headers().firstValue("Content-Type")).hasValue(BUNDLES);
    }

    @Test
    @Order(5)
    void listenersHearWhatHappensInOrderAndGoOnWhereTheyWere() {
        try (EventReader events = wire.listen()) {
            await().atMost(PATIENCE).until(() -> !events.events().isEmpty());
            assertThat(events.contentType()).startsWith("text/event-stream");
            JsonNode first = events.events().get(0).data();
            assertThat(first.at("/status/release").asLong()).isEqualTo(2);
            assertThat(first.at("/policies/0/policy_id").asText()).isEqualTo("licences");
            assertThat(first.at("/policies/0").has("content")).isFalse();

            PolicyVersion changed = new PolicyVersion("licences", "1.1");
            ORIGIN.terms(changed, new ReleaseTerms(50, Rollout.everyone(), FailMode.OPEN, Instant.now().plusSeconds(6))).publish();
            wire.deliver(ORIGIN, 2);
            HttpResponse<byte[]> killed = wire.get("/v1/bundles/licences");
            assertThat(UnpackedBundle.of(killed.body()).policy("licences").path("state").asText()).isEqualTo("killed");
            CompletableFuture<HttpResponse<byte[]>> waiting = wire.getLater("/v1/bundles/licences", "If-None-Match", etag(killed), "Prefer", "wait=60");
            await().atMost(PATIENCE).until(() -> events.names().contains("state 3"));
            UnpackedBundle over = UnpackedBundle.of(waiting.join().body());
            assertThat(over.policy("licences").path("state").asText()).as("its kill is over").isEqualTo("active");
            wire.say(new PolicyOrigin(TenantId.of("local"), Instant.now()).release("licences", "9.9", rule("all")).publish().whole());
            await().atMost(PATIENCE).until(() -> events.names().contains("refusal 3"));

            assertThat(events.names()).containsExactly("release 2", "release 3", "state 3", "refusal 3");
            assertThat(events.events().get(1).data().at("/policies/0/state").asText()).isEqualTo("killed");
            assertThat(events.events().get(2).data().at("/states/licences").asText()).isEqualTo("active");
            assertThat(events.events().get(3).data().path("objection").asText()).isNotEmpty();
            await().atMost(PATIENCE).until(() -> events.comments() > 1);
        }
        try (EventReader resumed = wire.listen("Last-Event-ID", "3"); EventReader late = wire.listen("Last-Event-ID", "2")) {
            await().atMost(PATIENCE).until(() -> !resumed.events().isEmpty() && !late.events().isEmpty());
            ORIGIN.release("secrets", "1.1", rule("some")).publish();
            wire.deliver(ORIGIN, 3);
            await().atMost(PATIENCE).until(() -> resumed.events().size() == 2 && late.events().size() == 2);
            assertThat(resumed.names()).as("has the release").containsExactly("state 3", "release 4");
            assertThat(late.names()).containsExactly("release 3", "release 4");
        }
    }

    @Test
    @Order(6)
    void opasSayWhatTheyHave() throws IOException {
        String revision = UnpackedBundle.of(wire.get("/v1/bundles/policies").body()).revision();
        assertThat(wire.post("/v1/status", "{\"labels\":{\"id\":\"opa-1\",\"version\":\"1.4.2\"},\"bundles\":{\"zeroui\":{\"active_revision\":\"" + revision
                + "\",\"last_successful_activation\":\"2026-11-22T12:00:00.123Z\"}},\"plugins\":{\"bundle\":{\"state\":\"OK\"}}}").statusCode()).isEqualTo(200);
        assertThat(wire.post("/v1/status", "{\"labels\":{}}").statusCode()).isEqualTo(400);
        assertThat(wire.post("/v1/status", "no report").statusCode()).isEqualTo(400);
        JsonNode listed = JSON.readTree(wire.get("/v1/policy/opa-status").body()).path("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/id").asText()).isEqualTo("opa-1");
        assertThat(listed.at("/0/bundles/zeroui/active_revision").asText()).isEqualTo(revision);
        assertThat(wire.get("/v1/status").statusCode()).as("the plane's own").isEqualTo(200);
    }

    @Test
    @Order(7)
    void flagsAreEvaluatedAsOpenFeatureAsks() throws IOException {
        ORIGIN.ofType("feature-flag").release("fast-path", "1.0", content -> {
            content.putObject("variants").put("on", true).put("off", false);
            content.put("default_variant", "off").putArray("rules").addObject().put("variant", "on").putArray("targeting_keys").add("build-7");
        }).release("broken", "1.0", rule("no flag")).ofType(null).publish();
        wire.deliver(ORIGIN, 4);
        String one = "/ofrep/v1/evaluate/flags/";
        JsonNode on = JSON.readTree(wire.post(one + "fast-path", "{\"context\":{\"targetingKey\":\"build-7\"}}").body());
        assertThat(on.path("value").asBoolean()).isTrue();
        assertThat(on.path("reason").asText()).isEqualTo("TARGETING_MATCH");
        assertThat(on.at("/metadata/policy_version_id").asText()).isEqualTo("fast-path-1.0");
        for (String missing : List.of("licences", "none", "..%2fx")) {
            HttpResponse<byte[]> answer = wire.post(one + missing, "{\"context\":{}}");
            assertThat(answer.statusCode()).as(missing).isEqualTo(404);
        }
        HttpResponse<byte[]> broken = wire.post(one + "broken", "{\"context\":{}}");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(broken.body()).path("errorCode").asText()).isEqualTo("PARSE_ERROR");
        assertThat(JSON.readTree(wire.post(one + "fast-path", "[]").body()).path("errorCode").asText()).isEqualTo("INVALID_CONTEXT");

        String everything = "/ofrep/v1/evaluate/flags";
        HttpResponse<byte[]> bulk = wire.post(everything, "{\"context\":{\"targetingKey\":\"build-7\"}}");
        assertThat(JSON.readTree(bulk.body()).path("flags").findValuesAsText("key")).containsExactly("broken", "fast-path");
        assertThat(wire.post(everything, "{\"context\":{\"targetingKey\":\"build-7\"}}", "If-None-Match", etag(bulk)).statusCode()).isEqualTo(304);
        assertThat(wire.post(everything, "{\"context\":{\"targetingKey\":\"build-8\"}}", "If-None-Match", etag(bulk)).statusCode()).isEqualTo(200);

        ORIGIN.terms(new PolicyVersion("fast-path", "1.0"), new ReleaseTerms(90, Rollout.everyone(), FailMode.OPEN, Instant.now().plusSeconds(600))).publish();
        wire.deliver(ORIGIN, 5);
        JsonNode off = JSON.readTree(wire.post(one + "fast-path", "{\"context\":{\"targetingKey\":\"build-7\"}}").body());
        assertThat(off.path("reason").asText()).isEqualTo("DISABLED");
        assertThat(off.path("value").asBoolean(true)).isFalse();
    }

    @Test
    @Order(8)
    void soManyListenAndWhoDoesNotReadIsDropped() throws IOException {
        for (int i = 0; i < 600; i++) {
            ORIGIN.release("policy-with-a-name-that-makes-it-long-" + i, "1.0", rule("x"));
        }
        ORIGIN.publish();
        wire.deliver(ORIGIN, 6);
        try (Socket deaf = new Socket(); EventReader one = wire.listen(); EventReader other = wire.listen()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new InetSocketAddress("127.0.0.1", EdgeClient.port()));
            deaf.getOutputStream().write(("GET /v1/policy/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + TestCredentials.authorization() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> status() == 503);
            await().atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(10)).until(() -> {
                long before = ORIGIN.version();
                ORIGIN.terms(new PolicyVersion("licences", "1.1"), new ReleaseTerms(1_000 + before, Rollout.everyone(), FailMode.OPEN, null)).publish();
                wire.deliver(ORIGIN, before);
                return status() == 200;
            });
            await().atMost(PATIENCE).until(() -> one.names().contains("release " + ORIGIN.version()) && other.names().contains("release " + ORIGIN.version()));
            assertThat(one.names()).as("nothing is missing").hasSize((int) (ORIGIN.version() - 7 + 1)).isEqualTo(other.names());
        }
    }

    @Test
    @Order(9)
    void withoutDatabaseAndBusAllIsAnsweredAsBefore() {
        HttpResponse<byte[]> before = wire.get("/v1/bundles/policies");
        RealRuntime runtime = RealRuntime.with(RuntimePart.IDE, RuntimePart.REDIS);
        runtime.stop(RuntimePart.IDE);
        runtime.stop(RuntimePart.REDIS);
        try (EventReader events = wire.listen()) {
            assertThat(wire.get("/v1/bundles/policies").body()).isEqualTo(before.body());
            assertThat(wire.get("/v1/bundles/policies", "If-None-Match", etag(before), "Prefer", "wait=1").statusCode()).isEqualTo(304);
            assertThat(wire.get("/v1/bundles/policy-with-a-name-that-makes-it-long-7").statusCode()).as("one that nobody asked for before").isEqualTo(200);
            assertThat(wire.post("/ofrep/v1/evaluate/flags/fast-path", "{\"context\":{}}").statusCode()).isEqualTo(200);
            assertThat(wire.post("/v1/status", "{\"labels\":{\"id\":\"opa-2\"}}").statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> events.names().equals(List.of("release " + ORIGIN.version())));
        } finally {
            runtime.start(RuntimePart.IDE, RuntimePart.REDIS);
        }
    }

    private int status() {
        try (EventReader tried = wire.listen()) {
            return tried.status();
        }
    }

    private String key(String tenant) {
        HttpResponse<byte[]> made = wire.post("/v1/credentials", "{\"name\":\"x\",\"tenant_id\":\"" + tenant + "\",\"permissions\":[\"policy:read\"]}");
        assertThat(made.statusCode()).isEqualTo(201);
        try {
            return "Bearer " + JSON.readTree(made.body()).path("key").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String etag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static Consumer<ObjectNode> rule(String text) {
        return content -> content.put("rule", text);
    }
}
