package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Receipts whose edges cannot have had the policies that they name, through the real mirror and ingest. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class PolicyClaimsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.now();

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final PolicyDesk desk = new PolicyDesk(tenant, NOW.minus(Duration.ofHours(3)));
    private final EdgeStream edge = enrolled(tenant);

    @Test
    void everyStandingIsKeptFoundCountedVerifiedAndRebuilt() throws IOException {
        Map<String, String> expected = new HashMap<>();
        desk.origin.release("licences", "1.0", content -> content.put("rule", "mit"))
                .release("secrets", "1.0", content -> content.put("rule", "none"))
                .release("beta", "1.0", new Rollout(0, Set.of(EdgeId.of("edge-of-somebody-else")), Set.of()), content -> content.put("rule", "x"));
        desk.publish();
        String first = desk.hash("licences");
        desk.report(edge, 1);
        expected.put(send(edge, tenant, Duration.ZERO, first, "licences-1.0"), "consistent");
        expected.put(send(edge, tenant, Duration.ofHours(-4), first, "licences-1.0"), "unjudged");
        expected.put(send(edge, tenant, Duration.ZERO, "", "licences-9.9"), "unknown_policy");
        expected.put(send(edge, tenant, Duration.ZERO, desk.hash("secrets"), "licences-1.0"), "wrong_snapshot");
        expected.put(send(edge, tenant, Duration.ZERO, "", "beta-1.0"), "not_for_edge");
        expected.put(send(edge, tenant, Duration.ZERO, ""), "none");
        desk.origin.at(NOW.minus(Duration.ofMinutes(30))).revoke(new PolicyVersion("secrets", "1.0"))
                .release("licences", "1.1", content -> content.put("rule", "apache"));
        desk.publish();
        expected.put(send(edge, tenant, Duration.ofHours(-1), desk.hash("licences"), "licences-1.1"), "before_release");
        expected.put(send(edge, tenant, Duration.ZERO, desk.hash("licences"), "licences-1.1"), "consistent");
        desk.report(edge, 2);
        expected.put(send(edge, tenant, Duration.ofHours(1), first, "licences-1.0"), "superseded");
        expected.put(send(edge, tenant, Duration.ofHours(1), "", "secrets-1.0"), "revoked");
        expected.put(send(enrolled(tenant), tenant, Duration.ofHours(1), first, "licences-1.0"), "consistent");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).isEqualTo(expected));
        expected.values().stream().distinct().forEach(standing -> assertThat(given().header("X-Tenant-Id", tenant.value())
                .contentType("application/json").body("{\"policy_standing\":\"" + standing + "\"}").post("/v1/evidence/search").then()
                .statusCode(200).extract().jsonPath().getList("items.receipt_id", String.class)).as(standing).containsExactlyInAnyOrderElementsOf(
                        expected.entrySet().stream().filter(one -> one.getValue().equals(standing)).map(Map.Entry::getKey).toList()));
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body("{\"policy_standing\":\"flagged\"}")
                .post("/v1/evidence/search").then().statusCode(400);
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body("{\"group_by\":[\"policy_standing\"]}")
                .post("/v1/evidence/aggregate").then().statusCode(200).body("groups[0].policy_standing", equalTo("consistent"))
                .body("groups[0].count", is(3)).body("groups.size()", is(9));
        expected.forEach((id, standing) -> {
            given().header("X-Tenant-Id", tenant.value()).get("/v1/evidence/receipts/" + id).then().statusCode(200)
                    .body("index.policy_standing", equalTo(standing));
            given().header("X-Tenant-Id", tenant.value()).get("/v1/evidence/receipts/" + id + "/verify").then().statusCode(200)
                    .body("policy_standing", equalTo(standing)).body("valid", is(true));
        });
        assertThat(given().get("/v1/status").then().statusCode(200).extract().jsonPath().getLong("policy_claims_flagged"))
                .isGreaterThanOrEqualTo(6);
        assertThat(given().get("/q/metrics").then().extract().asString())
                .containsPattern("zeroui_ledger_policy_claims_total\\{[^}]*standing=\"unknown_policy\"[^}]*} [1-9]");

        TenantId copy = TenantId.of("c-" + UUID.randomUUID());
        LedgerView from = new LedgerView(tenant);
        LedgerView to = new LedgerView(copy);
        KeyFolder.copy(from.evidence(), to.evidence());
        KeyFolder.copy(from.trust(), to.trust());
        KeyFolder.copy(history(tenant), history(copy));
        String late = send(enrolled(copy), copy, Duration.ZERO, first, "licences-1.0");
        await().atMost(PATIENCE).until(() -> to.indexed().size() == expected.size() + 1);
        expected.put(late, "consistent");
        assertThat(standings(copy)).as("a rebuild from the files").isEqualTo(expected);
    }

    @Test
    void whatWasIndexedBeforeTheHistoryKnewIsJudgedAgain() {
        String early = send(edge, tenant, Duration.ofHours(-1), "", "licences-1.0");
        String old = send(edge, tenant, Duration.ofHours(-9), "", "licences-1.0");
        String future = send(edge, tenant, Duration.ofHours(1), "", "licences-2.0");
        String nothing = send(edge, tenant, Duration.ZERO, "");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).as("without a release")
                .isEqualTo(Map.of(early, "unjudged", old, "unjudged", future, "unjudged", nothing, "none")));

        desk.origin.release("licences", "1.0", content -> content.put("rule", "mit"));
        desk.publish();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).as("with the first")
                .isEqualTo(Map.of(early, "consistent", old, "unjudged", future, "unknown_policy", nothing, "none")));

        String late = send(edge, tenant, Duration.ofHours(1), "", "licences-1.0");
        desk.origin.release("licences", "2.0", content -> content.put("rule", "apache"));
        desk.publish();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).as("with the release that it knew of before the mirror did")
                .isEqualTo(Map.of(early, "consistent", old, "unjudged", future, "consistent", nothing, "none", late, "consistent")));

        desk.report(edge, 2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).as("with its edge's report")
                .isEqualTo(Map.of(early, "consistent", old, "unjudged", future, "consistent", nothing, "none", late, "superseded")));
        assertThat(given().get("/q/metrics").then().extract().asString())
                .containsPattern("zeroui_ledger_policy_standing_changed_total(\\{[^}]*})? [1-9]");
        awaitSettled();

        LedgerView.execute("UPDATE app.receipts_index SET policy_standing = 'not_for_edge' WHERE tenant_id = '" + tenant + "'");
        LedgerView.execute("UPDATE app.ledger_watermarks SET policy_lines = 99 WHERE tenant_id = '" + tenant + "'");
        desk.origin.release("secrets", "1.0", content -> content.put("rule", "none"));
        desk.publish();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).as("judged by another history: all of it again")
                .isEqualTo(Map.of(early, "consistent", old, "unjudged", future, "consistent", nothing, "none", late, "superseded")));
        awaitSettled();
    }

    @Test
    void thePoliciesOfOneTenantNeverJudgeTheReceiptsOfAnother() {
        TenantId other = TenantId.of("o-" + UUID.randomUUID());
        desk.believed();
        PolicyDesk theirs = new PolicyDesk(other, NOW.minus(Duration.ofHours(2)));
        theirs.believed();
        EdgeStream foreign = enrolled(other);
        desk.origin.release("licences", "1.0", content -> content.put("rule", "mit"));
        desk.publish();
        String hash = desk.hash("licences");
        theirs.origin.release("secrets", "1.0", content -> content.put("rule", "none"));
        theirs.publish();

        String own = send(edge, tenant, Duration.ZERO, hash, "licences-1.0");
        String claimed = send(edge, tenant, Duration.ZERO, "", "secrets-1.0");
        String ours = send(foreign, other, Duration.ZERO, hash, "licences-1.0");
        String right = send(foreign, other, Duration.ZERO, theirs.hash("secrets"), "secrets-1.0");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).isEqualTo(Map.of(own, "consistent", claimed, "unknown_policy")));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(other)).isEqualTo(Map.of(ours, "unknown_policy", right, "consistent")));
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body("{\"policy_standing\":\"unknown_policy\"}")
                .post("/v1/evidence/search").then().statusCode(200).body("items.receipt_id", equalTo(List.of(claimed)));
        desk.report(edge, 1);
        desk.origin.release("secrets", "1.0", content -> content.put("rule", "other"));
        desk.publish();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).isEqualTo(Map.of(own, "consistent", claimed, "consistent")));
        awaitSettled();
        assertThat(standings(other)).isEqualTo(Map.of(ours, "unknown_policy", right, "consistent"));
    }

    @Test
    void aHistoryThatCannotBeReadHoldsNothingUp() throws IOException {
        desk.origin.release("licences", "1.0", content -> content.put("rule", "mit"));
        desk.publish();
        String hash = desk.hash("licences");
        String early = send(edge, tenant, Duration.ZERO, hash, "licences-1.0");
        String wrong = send(edge, tenant, Duration.ZERO, "", "licences-9.9");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(tenant)).isEqualTo(Map.of(early, "consistent", wrong, "unknown_policy")));

        TenantId copy = TenantId.of("c-" + UUID.randomUUID());
        KeyFolder.copy(new LedgerView(tenant).evidence(), new LedgerView(copy).evidence());
        KeyFolder.copy(new LedgerView(tenant).trust(), new LedgerView(copy).trust());
        Path file = PlaneResource.zuRoot().zuRoot().tenantPolicyHistory(tenant, LedgerView.REGION);
        Path copied = PlaneResource.zuRoot().zuRoot().tenantPolicyHistory(copy, LedgerView.REGION);
        Files.createDirectories(copied.getParent());
        Files.createSymbolicLink(copied, file);
        String late = send(enrolled(copy), copy, Duration.ZERO, hash, "licences-1.0");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(copy)).as("links are not followed")
                .isEqualTo(Map.of(early, "unjudged", wrong, "unjudged", late, "unjudged")));
        given().header("X-Tenant-Id", copy.value()).get("/v1/evidence/receipts/" + wrong + "/verify").then().statusCode(200)
                .body("policy_standing", equalTo("unjudged")).body("valid", is(true));
        Path whole = Files.copy(file, copied.resolveSibling("whole"));
        Files.move(whole, copied, StandardCopyOption.ATOMIC_MOVE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standings(copy)).as("judged again by what can be read now")
                .isEqualTo(Map.of(early, "consistent", wrong, "unknown_policy", late, "consistent")));
    }

    private void awaitSettled() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(LedgerView.column("SELECT policy_lines FROM app.ledger_watermarks WHERE tenant_id = '"
                + tenant + "'")).containsExactly(Integer.toString(new LedgerView(tenant).historyLines())));
    }

    private static Path history(TenantId of) {
        return PlaneResource.zuRoot().zuRoot().tenantPolicyHistory(of, LedgerView.REGION).getParent();
    }

    private static EdgeStream enrolled(TenantId tenant) {
        EdgeStream edge = new EdgeStream().enrolledFor(tenant);
        RegistryPlane.ensure(tenant);
        RegistryPlane.enrol(edge.edge, tenant, RegistryState.ACTIVE);
        return edge;
    }

    /** Sends a receipt and waits until it is indexed; returns its id. */
    private String send(EdgeStream from, TenantId to, Duration later, String hash, String... policies) {
        String id = SignedReceipts.newId();
        byte[] line = emitter.decision("core-api", id, receipt -> {
            var named = receipt.put("timestamp_utc", NOW.plus(later).toString()).put("snapshot_hash", hash).putArray("policy_version_ids");
            for (String policy : policies) {
                named.add(policy);
            }
        });
        long number = from.send(to, line, emitter);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(new LedgerView(to).indexed()).as("number %d", number).contains(id));
        return id;
    }

    private static Map<String, String> standings(TenantId of) {
        Map<String, String> standings = new HashMap<>();
        LedgerView.column("SELECT receipt_id || ' ' || policy_standing FROM app.receipts_index WHERE tenant_id = '" + of + "'")
                .forEach(row -> standings.put(row.substring(0, row.indexOf(' ')), row.substring(row.indexOf(' ') + 1)));
        return standings;
    }
}
