package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A policy from its draft to a gate on an edge, and what becomes of it when services, databases and the bus fail. */
class PolicyFlowIT {

    private static final Duration ARRIVED = Duration.ofSeconds(30);
    private static final String JSON = "application/json";
    private static final String[] TENANT = { "X-Tenant-Id", "local" };

    private static TempZuRoot fabric;
    private static RunningPlanes planes;
    private static String approver;
    private static SignedReceipts emitter;

    @BeforeAll
    static void start() {
        fabric = TempZuRoot.create();
        planes = RunningPlanes.start(fabric.path(), Map.of("ZEROUI_POLICY_EDGE_ASK", "PT1S", "ZEROUI_POLICY_MIRROR_ASK", "PT1S",
                "ZEROUI_POLICY_GATES_EVERY", "PT1S"));
        emitter = SignedReceipts.withNewKey("policy-flow-key").trustedBy(fabric.path());
        approver = Http.post(planes.url(Plane.PRODUCT, "/v1/credentials"), JSON,
                bytes("{\"name\":\"second pair of eyes\",\"tenant_id\":\"local\",\"permissions\":[\"policy:approve\",\"policy:read\"]}")).json()
                .path("key").asText();
    }

    @AfterAll
    static void stop() {
        planes.close();
        fabric.close();
    }

    @Test
    void aPolicyGoesFromItsDraftToTheGateAndIsTakenBack() {
        draft("licences", "1.0", "mit");
        assertThat(act("licences", "1.0", "release", "{}", "").status()).as("nobody has approved it").isEqualTo(409);
        approved("licences", "1.0");
        assertThat(act("licences", "1.0", "release", "{\"reason\":\"first\"}", "").status()).isEqualTo(200);
        awaitActive("licences", "1.0");
        assertThat(active("licences").path("state").asText()).isEqualTo("active");
        assertThat(active("licences").at("/content/rule").asText()).isEqualTo("mit");
        await().atMost(ARRIVED).until(() -> {
            JsonNode edge = fleet().at("/items/0");
            return edge.path("edge_id").asText().equals("edge-local") && edge.path("up_to_date").asBoolean() && edge.path("fresh").asBoolean();
        });

        draft("licences", "1.1", "apache");
        approved("licences", "1.1");
        assertThat(act("licences", "1.1", "release", "{}", "").status()).isEqualTo(200);
        awaitActive("licences", "1.1");
        assertThat(act("licences", "1.1", "kill", "{\"reason\":\"it blocks everybody\",\"killed_until\":\"2099-01-01T00:00:00Z\"}", "").status())
                .isEqualTo(200);
        await().atMost(ARRIVED).until(() -> active("licences").path("state").asText().equals("killed"));
        assertThat(act("licences", "1.1", "revocation", "{\"reason\":\"wrong\"}", "").status()).isEqualTo(200);
        await().atMost(ARRIVED).until(() -> Http.get(planes.url(Plane.IDE, "/v1/policy/active/licences")).status() == 404);
        assertThat(act("licences", "1.1", "release", "{}", "").status()).as("revoked never comes back").isEqualTo(409);
    }

    @Test
    void aVersionThatPeopleOverrideGoesAwayByItselfAndTheContentBeforeItComesBack() {
        draft("overridden", "1.0", "mit");
        approved("overridden", "1.0");
        assertThat(act("overridden", "1.0", "release", "{\"fail_mode\":\"closed\"}", "").status()).isEqualTo(200);
        awaitActive("overridden", "1.0");
        draft("overridden", "1.1", "none");
        approved("overridden", "1.1");
        assertThat(act("overridden", "1.1", "release", "{\"gate\":{\"min_receipts\":20,\"max_override_rate\":0.2}}", "").status()).isEqualTo(200);
        awaitActive("overridden", "1.1");

        for (int i = 0; i < 40; i++) {
            boolean override = i % 2 == 0;
            byte[] line = emitter.decision("flow-repo", SignedReceipts.newId(), receipt -> {
                receipt.put("tenant_id", "local").putArray("policy_version_ids").add("overridden-1.1");
                if (override) {
                    receipt.putObject("override").put("reason", "urgent").put("approver", "lead").put("timestamp", Instant.now().toString());
                }
            });
            assertThat(Http.post(planes.url(Plane.IDE, "/v1/receipts"), JSON, line).status()).isEqualTo(201);
        }

        awaitActive("overridden", "1.0-r1");
        assertThat(active("overridden").at("/content/rule").asText()).isEqualTo("mit");
        assertThat(active("overridden").path("fail_mode").asText()).isEqualTo("closed");
        Fault.KILL_PRODUCT.begin(planes);
        Fault.KILL_PRODUCT.end(planes);
        JsonNode halted = answered(() -> Http.get(planes.url(Plane.PRODUCT, "/v1/policies/overridden/versions/1.1"), TENANT)).json();
        assertThat(halted.path("state").asText()).isEqualTo("superseded");
        assertThat(halted.at("/history/4/by").asText()).isEqualTo("system:rollout-gate");
        assertThat(halted.at("/history/4/reason").asText()).contains("the override rate is above its limit of 0.2");
        await().atMost(ARRIVED).until(() -> Http.get(planes.url(Plane.PRODUCT, "/v1/status")).json().at("/policies/gates/blind").asText().equals("false"));
        assertThat(answered(() -> Http.get(planes.url(Plane.PRODUCT, "/v1/policies/overridden"), TENANT)).json().path("items").findValuesAsText("version"))
                .as("restored once").containsExactly("1.0", "1.1", "1.0-r1");
    }

    @Test
    void whateverFailsAnEdgeIsOnOneReleaseAndTheNextOneArrives() {
        int version = 0;
        for (Fault fault : new Fault[] { Fault.KILL_PRODUCT, Fault.KILL_TENANT, Fault.KILL_IDE, Fault.STOP_PRODUCT_DATABASE, Fault.STOP_IDE_DATABASE,
                Fault.KILL_REDIS, Fault.FLUSH_REDIS }) {
            String next = "1." + version++;
            draft("secrets", next, "of " + fault);
            approved("secrets", next);
            assertThat(act("secrets", next, "release", "{}", "").status()).as("before " + fault).isEqualTo(200);
            fault.begin(planes);
            fault.end(planes);
            awaitActive("secrets", next);
            assertThat(active("secrets").at("/content/rule").asText()).isEqualTo("of " + fault);
        }
        planes.service(Plane.PRODUCT).kill();
        planes.service(Plane.TENANT).kill();
        planes.runtime().kill(RuntimePart.REDIS);
        assertThat(active("secrets").path("state").asText()).as("the edge alone").isEqualTo("active");
        planes.runtime().start(RuntimePart.REDIS);
        planes.awaitReady();
    }

    private static void draft(String policy, String version, String rule) {
        Http.Answer answer = answered(() -> Http.post(planes.url(Plane.PRODUCT, "/v1/policies"), JSON, bytes("{\"policy_id\":\"" + policy + "\",\"version\":\"" + version
                + "\",\"type\":\"gate-rules\",\"scope\":\"tenant\",\"enforcement\":\"hard_block\",\"content\":{\"rule\":\"" + rule + "\"}}"), TENANT));
        assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        assertThat(act(policy, version, "submission", "{}", "").status()).isEqualTo(200);
    }

    private static void approved(String policy, String version) {
        assertThat(act(policy, version, "approval", "{}", "").status()).as("the author").isEqualTo(409);
        Http.Answer answer = act(policy, version, "approval", "{\"reason\":\"looked at\"}", approver);
        assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
    }

    private static Http.Answer act(String policy, String version, String act, String body, String key) {
        String url = planes.url(Plane.PRODUCT, "/v1/policies/" + policy + "/versions/" + version + "/" + act);
        return answered(() -> key.isEmpty() ? Http.post(url, JSON, bytes(body), TENANT)
                : Http.post(url, JSON, bytes(body), "Authorization", "Bearer " + key));
    }

    /** Behind an outage keys cannot be checked for a moment. */
    private static Http.Answer answered(Supplier<Http.Answer> call) {
        return await().atMost(ARRIVED).ignoreExceptions().until(call::get, answer -> answer.status() != 503);
    }

    private static void awaitActive(String policy, String version) {
        await().atMost(ARRIVED).ignoreExceptions().until(() -> active(policy).path("version").asText().equals(version));
    }

    private static JsonNode active(String policy) {
        return Http.get(planes.url(Plane.IDE, "/v1/policy/active/" + policy)).json();
    }

    private static JsonNode fleet() {
        return Http.get(planes.url(Plane.TENANT, "/v1/policy/edges"), TENANT).json();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
