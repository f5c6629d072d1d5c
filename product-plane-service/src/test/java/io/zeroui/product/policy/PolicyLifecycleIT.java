package io.zeroui.product.policy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicySnapshot;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.product.policy.release.ReleasedPolicy;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of policies over HTTP: who may do what when, and what is on the disk and published then. */
@QuarkusTest
@TestProfile(RecordedReleases.Profile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class PolicyLifecycleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "merge-gate";

    private final String tenant = "t-" + UUID.randomUUID();
    private final ZuRoot root = PlaneResource.zuRoot().zuRoot();

    @Inject
    DatabaseSchema schema;
    @Inject
    RecordedReleases releases;

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
    void aVersionGoesFromDraftToEverybodyAndIsRevokedForGood() throws Exception {
        author.draft(ID, "1.0", Map.of("max_findings", 3)).statusCode(201).body("state", equalTo("draft")).body("approver", nullValue());
        author.act(ID, "1.0", "submission", Map.of("reason", "ready")).statusCode(200).body("state", equalTo("in_review"));
        other.act(ID, "1.0", "approval", Map.of()).statusCode(200).body("state", equalTo("approved"));
        author.act(ID, "1.0", "release", Map.of("rollout", Map.of("basis_points", 500, "edges", List.of("edge-1")), "fail_mode", "closed"))
                .statusCode(200).body("state", equalTo("released")).body("published", equalTo(true)).body("terms.order", equalTo(4));
        assertThat(releases.last(tenant)).singleElement().satisfies(policy -> {
            assertThat(policy.terms().rollout().basisPoints()).isEqualTo(500);
            assertThat(policy.snapshot()).isEqualTo(Files.readAllBytes(snapshotFile("1.0")));
        });
        assertSigned(releases.last(tenant).get(0));

        author.act(ID, "1.0", "promotion", Map.of()).statusCode(200).body("terms.rollout.basis_points", equalTo(Rollout.EVERYONE));
        author.act(ID, "1.0", "kill", kill(Instant.parse("2099-01-01T00:00:00Z"))).statusCode(200)
                .body("terms.killed_until", equalTo("2099-01-01T00:00:00Z"));
        author.act(ID, "1.0", "kill", kill(null)).statusCode(200).body("terms.killed_until", nullValue());
        author.act(ID, "1.0", "halt", Map.of("reason", "too loud")).statusCode(200).body("terms.rollout.basis_points", equalTo(0));
        author.act(ID, "1.0", "revocation", Map.of("reason", "wrong rule")).statusCode(200).body("state", equalTo("revoked"));

        assertThat(releases.last(tenant)).isEmpty();
        Path revocation = root.policyRevocation(Region.LOCAL, TenantId.of(tenant), new PolicyVersion(ID, "1.0"));
        assertThat(Files.readString(revocation)).contains("\"reason\":\"wrong rule\"");
        for (String act : List.of("submission", "approval", "release", "promotion")) {
            other.act(ID, "1.0", act, Map.of()).statusCode(409).body("error.details.reason", equalTo("ALREADY_REVOKED"));
        }
        author.draft(ID, "1.0", Map.of("max_findings", 3)).statusCode(409).body("error.details.reason", equalTo("ALREADY_REVOKED"));
        author.get("/" + ID + "/versions/1.0").statusCode(200).body("history.act", equalTo(List.of("drafted", "submitted", "approved",
                "released", "promoted", "killed", "killed", "halted", "revoked"))).body("history[8].reason", equalTo("wrong rule"))
                .body("snapshot.policy_content.max_findings", equalTo(3));
    }

    @Test
    void theAuthorCannotApproveAndEveryIllegalStepIsRefusedWithItsReason() {
        author.draft(ID, "1.0", Map.of("a", 1)).statusCode(201);
        refused("approval", "NOT_IN_REVIEW");
        refused("release", "NOT_APPROVED");
        author.act(ID, "1.0", "submission", Map.of()).statusCode(200);
        refused("submission", "NOT_A_DRAFT");
        refused("approval", "AUTHOR_APPROVES");
        author.get("/" + ID + "/versions/1.0").body("state", equalTo("in_review"));
        other.act(ID, "1.0", "rejection", Map.of()).statusCode(400).body("error.details.member", equalTo("reason"));
        other.act(ID, "1.0", "rejection", Map.of("reason", "no")).statusCode(200).body("state", equalTo("rejected"));
        other.act(ID, "1.0", "approval", Map.of()).statusCode(409).body("error.details.reason", equalTo("NOT_IN_REVIEW"));
        author.draft(ID, "1.0", Map.of("a", 1)).statusCode(409).body("error.details.reason", equalTo("VERSION_EXISTS"));
        author.draft(ID, "1.0", Map.of("a", 2)).statusCode(409).body("error.details.reason", equalTo("OTHER_CONTENT"));
        author.draft("merge", "gate-1.0", Map.of("a", 2)).statusCode(409).body("error.details.reason", equalTo("AMBIGUOUS_NAME"));
        author.act("nothing", "1.0", "submission", Map.of()).statusCode(404).body("error.details.reason", equalTo("NO_SUCH_VERSION"));
    }

    private void refused(String act, String reason) {
        author.act(ID, "1.0", act, Map.of()).statusCode(409).body("error.details.reason", equalTo(reason));
    }

    @Test
    void aPromotionToEverybodySupersedesWhatWasReleasedBefore() {
        author.approved(ID, "1.0", other);
        author.act(ID, "1.0", "release", Map.of()).statusCode(200);
        author.approved(ID, "2.0", other);
        author.act(ID, "2.0", "release", Map.of("rollout", Map.of("basis_points", 100))).statusCode(200);
        assertThat(releases.last(tenant)).extracting(policy -> policy.id().version()).containsExactly("1.0", "2.0");
        author.act(ID, "2.0", "promotion", Map.of("rollout", Map.of("basis_points", 50))).statusCode(409)
                .body("error.details.reason", equalTo("NARROWER_ROLLOUT"));

        author.act(ID, "2.0", "promotion", Map.of()).statusCode(200);
        assertThat(releases.last(tenant)).extracting(policy -> policy.id().version()).containsExactly("2.0");
        author.get("/" + ID).statusCode(200).body("items.state", equalTo(List.of("superseded", "released")));
        author.get("?limit=1").body("items[0].released.version", equalTo(List.of("2.0"))).body("items[0].versions", equalTo(2));
        author.get("?after=" + ID).body("items", hasSize(0));
    }

    @Test
    void whatFailsToBePublishedStaysAndIsPublishedLater() {
        author.approved(ID, "1.0", other);
        releases.fail(tenant, true);
        author.act(ID, "1.0", "release", Map.of()).statusCode(200).body("published", equalTo(false)).body("state", equalTo("released"));
        given().get("/v1/status").then().statusCode(200).body("policies.published", equalTo(false))
                .body("policies.unpublished.find { it.tenant == '" + tenant + "' }.failure", containsString("is full"));
        releases.fail(tenant, false);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(releases.last(tenant)).hasSize(1));
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/status").then().body("policies.published", equalTo(true)));
    }

    @Test
    void ofCallersThatRaceForTheSameStepOneWins() throws Exception {
        author.draft(ID, "1.0", Map.of("a", 1)).statusCode(201);
        assertThat(atOnce(8, i -> author.act(ID, "1.0", "submission", Map.of()).extract().statusCode()))
                .containsOnlyOnce(200).filteredOn(status -> status != 200).containsOnly(409);
        assertThat(atOnce(20, i -> author.draft("many", "1." + i, Map.of("a", i)).extract().statusCode())).containsOnly(201);
        author.get("/many").body("items", hasSize(20)).body("items.number", equalTo(
                IntStream.rangeClosed(3, 22).boxed().toList()));
    }

    private interface Attempt {
        int attempt(int i);
    }

    private static List<Integer> atOnce(int count, Attempt attempt) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Integer>> work = IntStream.range(0, count).<Callable<Integer>> mapToObj(i -> () -> attempt.attempt(i))
                    .toList();
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void nobodyReachesAnotherTenantOrDoesWhatItsKeyMayNot() {
        author.draft(ID, "1.0", Map.of("a", 1)).statusCode(201);
        PolicyCaller reader = PolicyCaller.of(tenant, "policy:read");
        await().atMost(PATIENCE).until(() -> reader.get("").extract().statusCode() == 200);
        reader.draft(ID, "2.0", Map.of()).statusCode(403);
        reader.act(ID, "1.0", "approval", Map.of()).statusCode(403);
        reader.act(ID, "1.0", "revocation", Map.of("reason", "x")).statusCode(403);
        new PolicyCaller("other-" + tenant, author.key()).get("").statusCode(403);
        given().get("/v1/policies").then().statusCode(400).body("error.code", equalTo("TENANT_ID_MISSING"));
        given().header("X-Tenant-Id", "other-" + tenant).get("/v1/policies").then().statusCode(200).body("items", hasSize(0));
        author.request().body(Map.of("type", "gate", "content", Map.of())).put("/v1/policy-templates/mine").then().statusCode(403);
    }

    @Test
    void whatIsNotValidIsRefusedByItsNameAndPath() {
        author.draft(ID, "1.0", Map.of("owner", Map.of("mail", "jane.doe@example.org"))).statusCode(400)
                .body("error.details.reason", equalTo("CONTAINS_PERSONAL_DATA"))
                .body("error.details.path", equalTo("/policy_content/owner/mail"));
        author.draft("Merge Gate", "1.0", Map.of()).statusCode(400);
        author.draft(ID, "../1", Map.of()).statusCode(400);
        for (Map.Entry<String, Object> wrong : Map.<String, Object> of("type", "A Type", "scope", "", "enforcement", "strong", "content",
                List.of(), "template", "nothing", "policy_id", 7, "reason", "ask jane.doe@example.org", "no_such_member", 1).entrySet()) {
            Map<String, Object> wish = new HashMap<>(Map.of("policy_id", ID, "version", "1.0", "type", "gate", "scope", "org",
                    "enforcement", "warn", "content", Map.of()));
            wish.put(wrong.getKey(), wrong.getValue());
            author.draft(wish).statusCode(wrong.getKey().equals("template") ? 404 : 400);
        }
        for (String body : List.of("[]", "{", "{\"policy_id\":\"a\",\"policy_id\":\"b\"}", "nonsense")) {
            author.request().body(body).post("/v1/policies").then().statusCode(400);
        }
        author.approved(ID, "1.0", other);
        for (Object rollout : List.of(Map.of("basis_points", 10_001), Map.of("basis_points", "1"), Map.of("basis_points", 1, "edges", "x"),
                Map.of("basis_points", 1, "edges", List.of("A/B")), "all")) {
            author.act(ID, "1.0", "release", Map.of("rollout", rollout)).statusCode(400).body("error.details.member", equalTo("rollout"));
        }
        author.act(ID, "1.0", "kill", Map.of("reason", "x")).statusCode(400).body("error.details.member", equalTo("killed_until"));
        author.get("?limit=0").statusCode(400);
        author.get("/nothing").statusCode(404);
        author.get("/" + ID + "/versions/9").statusCode(404);
    }

    @Test
    void aTemplateAndASchemaMakeAndCheckContents() {
        String type = "type-" + UUID.randomUUID();
        given().contentType("application/json").body("""
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["max"],
                 "properties":{"max":{"type":"integer","maximum":10}}}""").put("/v1/policy-schemas/" + type).then().statusCode(200);
        for (String bad : List.of("{\"type\":\"no-such-type\"}", "{\"$ref\":\"https://example.org/other.json\"}",
                "{\"$ref\":\"http://127.0.0.1:9/x\"}", "{\"$ref\":\"file:///etc/passwd\"}", "{\"$schema\":\"https://example.org/dialect\"}",
                "{\"properties\":7}")) {
            given().contentType("application/json").body(bad).put("/v1/policy-schemas/" + type).then().statusCode(400);
        }
        given().contentType("application/json").body(Map.of("type", type, "content", Map.of("max", 3, "list", List.of(1), "deep", Map.of("a", 1, "b", 2))))
                .put("/v1/policy-templates/" + type).then().statusCode(200);
        author.request().get("/v1/policy-templates/" + type).then().statusCode(200).body("content.max", equalTo(3));
        author.request().get("/v1/policy-templates?limit=500").then().statusCode(200);
        author.request().get("/v1/policy-schemas/" + type).then().statusCode(200).body("properties.max.maximum", equalTo(10));

        Map<String, Object> wish = new HashMap<>(Map.of("policy_id", ID, "version", "1.0", "scope", "org", "enforcement", "warn", "template", type));
        author.draft(wish).statusCode(201).body("type", equalTo(type));
        Map<String, Object> deep = new HashMap<>();
        deep.put("a", null);
        wish.putAll(Map.of("version", "1.1", "content", Map.of("max", 11, "deep", deep)));
        author.draft(wish).statusCode(400).body("error.details.reason", equalTo("SCHEMA")).body("error.details.faults[0].path", containsString("max"));
        wish.put("content", Map.of("max", 9, "deep", deep));
        author.draft(wish).statusCode(201);

        author.get("/" + ID + "/versions/1.1").body("snapshot.policy_content", equalTo(Map.of("max", 9, "list", List.of(1), "deep", Map.of("b", 2))));
        author.get("/" + ID + "/diff?from=1.0&to=1.1").statusCode(200).body("find { it.path == '/max' }.value", equalTo(9))
                .body("find { it.op == 'remove' }.path", equalTo("/deep/a")).body("", hasSize(2));
        author.get("/" + ID + "/diff?from=1.0&to=7").statusCode(404);
        author.get("/" + ID + "/diff?from=1.0").statusCode(400);
    }

    private void assertSigned(ReleasedPolicy policy) throws Exception {
        PolicySnapshot snapshot = PolicySnapshotCodec.read(policy.snapshot());
        Path key = ZuRoot.keyFile(root.productTrustFolder(Region.LOCAL), snapshot.signature().kid());
        assertThat(snapshot.isSignedBy(SpkiPem.read(Files.readString(key)))).isTrue();
        JsonNode document = new ObjectMapper().readTree(policy.snapshot());
        assertThat(document.path("metadata").path("enforcement").asText()).isEqualTo("warn");
    }

    private Path snapshotFile(String version) throws IOException {
        return root.policySnapshot(Region.LOCAL, TenantId.of(tenant), new PolicyVersion(ID, version));
    }

    private static Map<String, Object> kill(Instant until) {
        Map<String, Object> wish = new HashMap<>(Map.of("reason", "it blocks everything"));
        wish.put("killed_until", until == null ? null : until.toString());
        return wish;
    }
}
