package io.zeroui.product.policy.gates;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.policy.PolicyCaller;
import io.zeroui.product.policy.RecordedReleases;
import io.zeroui.product.reports.ProductRuntime;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From evidence on the bus to versions that are halted, restored and promoted by themselves. */
@QuarkusTest
@TestProfile(RecordedReleases.Profile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class RolloutGateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "merge-gate";

    private final String tenant = "t-" + UUID.randomUUID();

    @Inject
    DatabaseSchema schema;
    @Inject
    RecordedReleases releases;
    @Inject
    RolloutGatekeeper gatekeeper;
    @Inject
    PolicyCountKeeper keeper;
    @Inject
    PolicyCountStore store;

    private PolicyCaller author;
    private PolicyCaller other;

    @BeforeEach
    void callers() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        author = PolicyCaller.everything(tenant);
        other = PolicyCaller.everything(tenant);
        await().atMost(PATIENCE).until(() -> author.get("").extract().statusCode() == 200 && other.get("").extract().statusCode() == 200);
    }

    @Test
    void aVersionThatPeopleOverrideIsHaltedOnceAndTheContentBeforeItComesBack() {
        released("1.0", Map.of("fail_mode", "closed"));
        released("2.0", Map.of("gate", Map.of("min_receipts", 40, "max_override_rate", 0.1, "max_block_rate", 0.9)));
        List<EvidenceItem> first = items(1, 20, 5, "merge-gate-2.0");
        List<EvidenceItem> second = items(21, 40, 5, "merge-gate-2.0", "other-1");
        ProductRuntime.send(tenant, tenant, 2, second);
        ProductRuntime.send(tenant, tenant, 2, second);
        await().atMost(PATIENCE).untilAsserted(() -> version("2.0").body("release.counts.receipts", equalTo(20))
                .body("release.verdict", equalTo("too_few")));
        look();
        version("2.0").body("state", equalTo("released")).body("terms.rollout.basis_points", equalTo(10_000));
        ProductRuntime.send(tenant, tenant, 1, first);
        ProductRuntime.send(tenant, tenant, 2, second);
        ProductRuntime.send(tenant, tenant, 1, first);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(versions()).containsExactly("1.0", "2.0", "1.0-r1"));
        assertThat(count("merge-gate-2.0")).isEqualTo(40);
        assertThat(count("other-1")).as("a version that the tenant does not have").isZero();
        version("2.0").body("state", equalTo("superseded")).body("history.act", equalTo(List.of("drafted", "submitted", "approved", "released",
                "halted", "restored"))).body("history[4].by", equalTo("system:rollout-gate"))
                .body("history[4].reason", equalTo("the override rate is above its limit of 0.1: 10 of 40 receipts"))
                .body("release", nullValue());
        version("1.0-r1").body("state", equalTo("released")).body("terms.rollout.basis_points", equalTo(10_000))
                .body("terms.fail_mode", equalTo("closed")).body("snapshot.policy_content.v", equalTo("1.0"))
                .body("history[0].restored_from", equalTo("1.0")).body("release.verdict", equalTo("no_gate"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(releases.last(tenant)).singleElement()
                .satisfies(policy -> assertThat(policy.id().version()).isEqualTo("1.0-r1")));

        ProductRuntime.send(tenant, tenant, 3, items(41, 80, 1, "merge-gate-2.0", "merge-gate-1.0"));
        await().atMost(PATIENCE).until(() -> count("merge-gate-2.0") == 80);
        look();
        look();
        assertThat(versions()).as("late receipts of versions that are gone").containsExactly("1.0", "2.0", "1.0-r1");
        author.get("/" + ID + "/versions/1.0-r1").body("history", hasSize(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(indexed("1.0-r1")).containsExactly("restored"));
    }

    @Test
    void aVersionThatPassesGoesOnStepByStepUnlessItIsKilled() {
        Map<String, Object> plan = Map.of("gate", Map.of("min_receipts", 10, "max_block_rate", 0.5), "steps",
                List.of(Map.of("percent", 5, "bake", "PT0S"), Map.of("percent", 25.5, "bake", "PT1H"), Map.of("percent", 100)));
        released("1.0", plan);
        author.approved("killed", "1", other);
        author.act("killed", "1", "release", plan).statusCode(200).body("terms.rollout.basis_points", equalTo(500));
        author.act("killed", "1", "kill", Map.of("reason", "wait", "killed_until", "2099-01-01T00:00:00Z")).statusCode(200);
        ProductRuntime.send(tenant, tenant, 1, items(1, 10, 0, "merge-gate-1.0", "killed-1"));

        await().atMost(PATIENCE).untilAsserted(() -> version("1.0").body("terms.rollout.basis_points", equalTo(2_550)));
        look();
        version("1.0").body("terms.rollout.basis_points", equalTo(2_550)).body("history[4].by", equalTo("system:rollout-gate"))
                .body("release.verdict", equalTo("too_few")).body("release.counts.receipts", equalTo(0))
                .body("release.next_step.percent", equalTo(100));
        author.get("/killed/versions/1").body("terms.rollout.basis_points", equalTo(500)).body("release.verdict", equalTo("passed"))
                .body("release.counts.receipts", equalTo(10)).body("release.next_step", nullValue());

        author.request().get("/v1/policy-rollouts?limit=1").then().statusCode(200).body("items.policy_id", equalTo(List.of(ID)))
                .body("items[0].release.gate.max_block_rate", equalTo(0.5f)).body("items[0].release.steps[1].percent", equalTo(25.5f));
        int order = author.get("/" + ID + "/versions/1.0").extract().path("terms.order");
        author.request().get("/v1/policy-rollouts?after=" + order).then().body("items.policy_id", equalTo(List.of("killed")));
        given().header("X-Tenant-Id", "other-" + tenant).get("/v1/policy-rollouts").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void withoutItsDatabaseNothingIsHaltedAndTheStatusSaysThatGatesAreBlind() {
        released("1.0", Map.of("gate", Map.of("min_receipts", 10, "max_degraded_rate", 0)));
        ProductRuntime.RUNTIME.stop(RuntimePart.PRODUCT);
        try {
            ProductRuntime.send(tenant, tenant, 1, LongStream.rangeClosed(1, 10)
                    .mapToObj(sequence -> ProductRuntime.decision(sequence, "pass", false, true, "merge-gate-1.0")).toList());
            await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/status").then().statusCode(200).body("policies.gates.blind", equalTo(true)));
            given().header("X-Tenant-Id", tenant).get("/v1/policies/" + ID + "/versions/1.0").then().statusCode(200)
                    .body("terms.rollout.basis_points", equalTo(10_000)).body("release.verdict", equalTo("blind"))
                    .body("release.counts", nullValue());
        } finally {
            ProductRuntime.RUNTIME.start(RuntimePart.PRODUCT);
        }
        await().atMost(PATIENCE).untilAsserted(() -> version("1.0").body("terms.rollout.basis_points", equalTo(0))
                .body("release.verdict", equalTo("halted")).body("history[4].reason", containsString("the degraded rate")));
        given().get("/v1/status").then().body("policies.gates.blind", equalTo(false)).body("policies.gates.failure", equalTo(""));
        assertThat(versions()).as("there was nothing before it").containsExactly("1.0");
    }

    @Test
    void whatCanBeRestoredByHandIsAndEverythingElseIsRefusedWithItsReason() {
        released("1.0", Map.of());
        restore("1.0", 409, "STILL_RELEASED");
        restore("9", 404, "NO_SUCH_VERSION");
        author.draft(ID, "2.0", Map.of("v", "2.0")).statusCode(201);
        restore("2.0", 409, "NOT_APPROVED");
        author.act(ID, "2.0", "submission", Map.of()).statusCode(200);
        restore("2.0", 409, "NOT_APPROVED");
        other.act(ID, "2.0", "approval", Map.of()).statusCode(200);
        restore("2.0", 409, "NEVER_RELEASED");
        author.act(ID, "2.0", "release", Map.of()).statusCode(200);
        author.act(ID, "1.0", "restore", Map.of()).statusCode(400).body("error.details.member", equalTo("reason"));
        PolicyCaller reader = PolicyCaller.of(tenant, "policy:read", "policy:author");
        await().atMost(PATIENCE).until(() -> reader.get("").extract().statusCode() == 200);
        reader.act(ID, "1.0", "restore", Map.of("reason", "x")).statusCode(403);

        author.act(ID, "1.0", "restore", Map.of("reason", "it was better")).statusCode(200).body("version", equalTo("1.0-r1"))
                .body("restored_from", equalTo("1.0")).body("published", equalTo(true)).body("state", equalTo("released"));
        version("2.0").body("state", equalTo("superseded"));
        author.act(ID, "1.0", "revocation", Map.of("reason", "licence")).statusCode(200);
        restore("1.0", 409, "ALREADY_REVOKED");
    }

    @Test
    void aGateThatIsNoneIsRefusedByItsMember() {
        draftApproved("1.0");
        Map<String, Map<String, Object>> wrong = Map.of("gate.max_override_rate", Map.of("gate", Map.of("max_override_rate", 1.5)),
                "gate", Map.of("gate", Map.of("max_speed", 1)), "gate.min_receipts", Map.of("gate", Map.of("min_receipts", 0, "max_block_rate", 0.1)),
                "steps[0].percent", Map.of("steps", List.of(Map.of("percent", 101))),
                "steps[0].bake", Map.of("steps", List.of(Map.of("percent", 5), Map.of("percent", 100))),
                "rollout", Map.of("rollout", Map.of("basis_points", 10_000), "steps", List.of(Map.of("percent", 5, "bake", "PT1M"), Map.of("percent", 100))));
        wrong.forEach((member, body) -> author.act(ID, "1.0", "release", body).statusCode(400).body("error.details.member", equalTo(member)));
        author.act(ID, "1.0", "promotion", Map.of("gate", Map.of("max_block_rate", 0.1))).statusCode(400);
        version("1.0").body("state", equalTo("approved"));
    }

    @Test
    void oldMinutesAreRemovedAndNoOthers() {
        for (String minute : List.of("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z")) {
            ProductRuntime.ask("INSERT INTO app.policy_counts (tenant_id, version_name, minute, receipts, overrides, blocks, degraded) VALUES ('"
                    + tenant + "', 'gate-1', '" + minute + "', 1, 0, 0, 0) RETURNING receipts", row -> assertThat(row.getLong(1)).isOne());
        }
        assertThat(keeper.removeBefore(Instant.parse("2026-01-01T00:02:00Z")).await().atMost(PATIENCE)).isGreaterThanOrEqualTo(2);
        assertThat(count("gate-1")).isEqualTo(1);
    }

    @Test
    void manyOldMinutesGoInManyStatementsAndOnesThatCannotGoKeepNoOthers() throws SQLException {
        Instant before = Instant.parse("2025-06-01T00:00:00Z");
        TenantId locked = TenantId.of(tenant + "-a");
        TenantId many = TenantId.of(tenant + "-b");
        minutes(locked, 3);
        minutes(many, 12_000);
        assertThat(store.removeBefore(many, before, 7).await().atMost(PATIENCE)).isEqualTo(7);
        try (Connection connection = RealRuntime.connect(ProductRuntime.RUNTIME.adminUrl(Plane.PRODUCT));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(statement.execute("SELECT tenant_id FROM app.policy_counts WHERE tenant_id = '" + locked.value() + "' FOR UPDATE")).isTrue();
            assertThat(keeper.removeBefore(before).await().atMost(PATIENCE)).isGreaterThanOrEqualTo(11_993);
            connection.rollback();
        }
        assertThat(minutes(many)).isZero();
        assertThat(minutes(locked)).isEqualTo(3);
        assertThat(keeper.removeBefore(before).await().atMost(PATIENCE)).isGreaterThanOrEqualTo(3);
        assertThat(minutes(locked)).isZero();
    }

    private static void minutes(TenantId of, int count) {
        ProductRuntime.ask("WITH added AS (INSERT INTO app.policy_counts (tenant_id, version_name, minute, receipts, overrides, blocks, degraded) SELECT '"
                + of.value() + "', 'gate-1', '2025-01-01T00:00:00Z'::timestamptz + minute * interval '1 minute', 1, 0, 0, 0 FROM generate_series(1, "
                + count + ") AS minute RETURNING 1) SELECT count(*) FROM added", row -> assertThat(row.getLong(1)).isEqualTo(count));
    }

    private static long minutes(TenantId of) {
        long[] found = new long[1];
        ProductRuntime.ask("SELECT count(*) FROM app.policy_counts WHERE tenant_id = '" + of.value() + "'", row -> found[0] = row.getLong(1));
        return found[0];
    }

    private void released(String version, Map<String, Object> terms) {
        draftApproved(version);
        author.act(ID, version, "release", terms).statusCode(200);
    }

    private void draftApproved(String version) {
        author.draft(ID, version, Map.of("v", version)).statusCode(201);
        author.act(ID, version, "submission", Map.of()).statusCode(200);
        other.act(ID, version, "approval", Map.of()).statusCode(200);
    }

    private void restore(String version, int status, String reason) {
        author.act(ID, version, "restore", Map.of("reason", "why not")).statusCode(status).body("error.details.reason", equalTo(reason));
    }

    private ValidatableResponse version(String version) {
        return author.get("/" + ID + "/versions/" + version).statusCode(200);
    }

    private List<String> versions() {
        return author.get("/" + ID).extract().path("items.version");
    }

    private void look() {
        assertThat(gatekeeper.look().await().atMost(PATIENCE)).isNull();
    }

    private List<String> indexed(String version) {
        List<String> acts = new ArrayList<>();
        ProductRuntime.ask("SELECT act FROM app.policy_history WHERE tenant_id = '" + tenant + "' AND version = '" + version + "' ORDER BY number",
                row -> acts.add(row.getString(1)));
        return acts;
    }

    private long count(String version) {
        long[] sum = new long[1];
        ProductRuntime.ask("SELECT coalesce(sum(receipts), 0) FROM app.policy_counts WHERE tenant_id = '" + tenant + "' AND version_name = '" + version
                + "'", row -> sum[0] = row.getLong(1));
        return sum[0];
    }

    /** Receipts from one number to another, so many of them with an override. */
    private static List<EvidenceItem> items(long from, long to, int overridden, String... versions) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(sequence -> ProductRuntime.decision(sequence, sequence % 4 == 0 ? "soft_block" : "pass", sequence < from + overridden, false,
                        versions)).toList();
    }
}
