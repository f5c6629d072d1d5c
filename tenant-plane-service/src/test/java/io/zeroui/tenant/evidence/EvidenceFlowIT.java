package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flows of receipts through their parents, also where the parents make no sense. */
@QuarkusTest
@TestProfile(WithoutLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class EvidenceFlowIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> DIRECTIONS = List.of("up", "down", "both", "siblings");
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private final LedgerView ledger = new LedgerView(TenantId.of("t-" + UUID.randomUUID()));
    private int sent;

    @Test
    void ancestorsDescendantsAndSiblingsAreFound() {
        String root = send(null);
        String first = send(root);
        String second = send(root);
        String child = send(first);
        String feedback = "fb-" + UUID.randomUUID();
        edge.send(ledger.tenant, emitter.feedback("core-api", feedback, child), emitter);
        sent++;
        awaitIndexed();

        assertThat(nodes(follow(feedback, "up", 10))).containsExactlyInAnyOrderEntriesOf(
                Map.of(feedback, 0, child, -1, first, -2, root, -3));
        assertThat(follow(feedback, "up", 10).<String>getList("nodes.index.receipt_id"))
                .containsExactly(root, first, child, feedback);
        assertThat(nodes(follow(root, "down", 10))).containsExactlyInAnyOrderEntriesOf(
                Map.of(root, 0, first, 1, second, 1, child, 2, feedback, 3));
        assertThat(nodes(follow(first, "both", 10))).containsExactlyInAnyOrderEntriesOf(
                Map.of(root, -1, first, 0, child, 1, feedback, 2));
        assertThat(nodes(follow(second, "siblings", 10))).containsExactlyInAnyOrderEntriesOf(Map.of(first, 0, second, 0));
        JsonPath byDefault = get(first, "").then().statusCode(200).extract().jsonPath();
        assertThat(byDefault.getString("direction")).isEqualTo("both");
        assertThat(byDefault.getBoolean("truncated")).isFalse();
        assertThat(byDefault.getBoolean("cycle")).isFalse();
        assertThat(byDefault.getList("orphan_parent_ids")).isEmpty();
    }

    @Test
    void theDepthLimitCutsAndSaysSo() {
        String root = send(null);
        String last = root;
        for (int i = 0; i < 6; i++) {
            last = send(last);
        }
        awaitIndexed();
        assertThat(nodes(follow(root, "down", 3))).hasSize(4).containsValue(3).doesNotContainValue(4);
        assertThat(follow(root, "down", 3).getBoolean("truncated")).isTrue();
        assertThat(nodes(follow(root, "down", 6))).hasSize(7);
        assertThat(follow(root, "down", 6).getBoolean("truncated")).isFalse();
        assertThat(nodes(follow(last, "up", 2))).hasSize(3);
        assertThat(follow(last, "up", 2).getBoolean("truncated")).isTrue();
        assertThat(follow(last, "up", 6).getBoolean("truncated")).isFalse();
    }

    @Test
    void aCycleEndsTheWalkAndIsReported() {
        List<String> ids = IntStream.range(0, 3).mapToObj(i -> UUID.randomUUID().toString()).toList();
        for (int i = 0; i < 3; i++) {
            send(ids.get(i), ids.get((i + 1) % 3));
        }
        String self = UUID.randomUUID().toString();
        send(self, self);
        awaitIndexed();
        for (String direction : List.of("up", "down", "both")) {
            JsonPath found = follow(ids.get(0), direction, 50);
            assertThat(nodes(found)).as(direction).containsOnlyKeys(ids);
            assertThat(found.getBoolean("cycle")).as(direction).isTrue();
            assertThat(nodes(follow(self, direction, 50))).containsOnlyKeys(self);
            assertThat(follow(self, direction, 50).getBoolean("cycle")).isTrue();
        }
        assertThat(nodes(follow(self, "siblings", 1))).containsOnlyKeys(self);
    }

    @Test
    void aParentThatIsNotThereIsNamedAndAnotherTenantsIsNotThere() {
        LedgerView other = new LedgerView(TenantId.of("t-" + UUID.randomUUID()));
        String elsewhere = UUID.randomUUID().toString();
        edge.send(other.tenant, emitter.decision("core-api", elsewhere, receipt -> {
        }), emitter);
        String child = send(elsewhere);
        String sibling = send(elsewhere);
        awaitIndexed();
        await().atMost(PATIENCE).until(() -> other.indexed().size() == 1);

        assertThat(follow(child, "up", 10).<String>getList("orphan_parent_ids")).containsExactly(elsewhere);
        assertThat(nodes(follow(child, "both", 10))).containsOnlyKeys(child);
        assertThat(nodes(follow(child, "siblings", 10))).containsOnlyKeys(child, sibling);
        assertThat(follow(child, "siblings", 10).<String>getList("orphan_parent_ids")).containsExactly(elsewhere);
        assertThat(get(elsewhere, "").statusCode()).isEqualTo(404);
        JsonPath seen = given().header("X-Tenant-Id", other.tenant.value())
                .get("/v1/evidence/receipts/" + elsewhere + "/chain?direction=down").then().statusCode(200).extract().jsonPath();
        assertThat(nodes(seen)).as("children of another tenant").containsOnlyKeys(elsewhere);
    }

    @Test
    void aThousandReceiptsAreTheMost() {
        String root = send(null);
        for (int i = 0; i < 1_001; i++) {
            send(root);
        }
        awaitIndexed();
        JsonPath found = follow(root, "down", 5);
        assertThat(found.getList("nodes")).hasSize(1_000);
        assertThat(found.getBoolean("truncated")).isTrue();
        String one = found.getString("nodes[7].index.receipt_id");
        assertThat(follow(one, "siblings", 5).getList("nodes")).hasSize(1_000);
        assertThat(follow(one, "siblings", 5).getBoolean("truncated")).isTrue();
    }

    @Test
    void randomFlowsAreAsTheFilesSay() {
        long seed = Long.getLong("search.seed", System.nanoTime());
        System.out.println("search.seed=" + seed);
        Random random = new Random(seed);
        RandomReceipts source = new RandomReceipts(random, emitter);
        for (int i = 0; i < 150; i++) {
            edge.send(ledger.tenant, source.next(), emitter);
            sent++;
        }
        awaitIndexed();
        Map<String, String> parents = new HashMap<>();
        new SearchModel(ledger).receipts.forEach(receipt -> parents.put(receipt.id(), receipt.one("parent_receipt_id")));
        for (String id : parents.keySet()) {
            String direction = DIRECTIONS.get(random.nextInt(DIRECTIONS.size()));
            int depth = 1 + random.nextInt(random.nextBoolean() ? 3 : 50);
            JsonPath found = follow(id, direction, depth);
            assertThat(nodes(found)).as("seed %d: %s %s %d", seed, id, direction, depth)
                    .isEqualTo(expected(parents, id, direction, depth));
            String parent = parents.get(id);
            if (depth >= 50 && !direction.equals("down") && parent != null && !parents.containsKey(parent)) {
                assertThat(found.<String>getList("orphan_parent_ids")).containsExactly(parent);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"direction=sideways,direction", "direction=UP,direction", "max_depth=0,max_depth",
            "max_depth=51,max_depth", "max_depth=-1,max_depth", "max_depth=1e1,max_depth",
            "max_depth=99999999999999999999,max_depth", "max_depth=<evil>,max_depth"})
    void aWrongParameterIsNamed(String query, String parameter) {
        Response refused = given().header("X-Tenant-Id", "local").urlEncodingEnabled(true)
                .queryParam(query.split("=", -1)[0], query.split("=", -1)[1])
                .get("/v1/evidence/receipts/" + UUID.randomUUID() + "/chain");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.contentType()).contains("application/problem+json");
        assertThat(refused.jsonPath().getString("error.details.member")).isEqualTo(parameter);
        assertThat(refused.asString()).doesNotContain("evil");
    }

    @Test
    void theReceiptAndTheTenantMustBeNamedAsTheyAre() {
        assertThat(given().get("/v1/evidence/receipts/x/chain").jsonPath().getString("error.code")).isEqualTo("TENANT_ID_MISSING");
        assertThat(get("not an id", "").jsonPath().getString("error.code")).isEqualTo("VALIDATION_ERROR");
        assertThat(get("none", "").jsonPath().getString("error.code")).isEqualTo("RESOURCE_NOT_FOUND");
    }

    private static Map<String, Integer> expected(Map<String, String> parents, String id, String direction, int depth) {
        Map<String, Integer> nodes = new LinkedHashMap<>();
        nodes.put(id, 0);
        if (direction.equals("siblings")) {
            String parent = parents.get(id);
            parents.forEach((child, of) -> {
                if (parent != null && parent.equals(of)) {
                    nodes.put(child, 0);
                }
            });
            return nodes;
        }
        if (!direction.equals("down")) {
            String at = parents.get(id);
            for (int i = 1; i <= depth && at != null && parents.containsKey(at) && !nodes.containsKey(at); i++) {
                nodes.put(at, -i);
                at = parents.get(at);
            }
        }
        if (!direction.equals("up")) {
            Set<String> level = Set.of(id);
            for (int i = 1; i <= depth; i++) {
                Set<String> next = new HashSet<>();
                for (Map.Entry<String, String> child : parents.entrySet()) {
                    if (child.getValue() != null && level.contains(child.getValue()) && !nodes.containsKey(child.getKey())) {
                        next.add(child.getKey());
                    }
                }
                for (String child : next) {
                    nodes.put(child, i);
                }
                level = next;
            }
        }
        return nodes;
    }

    private String send(String parent) {
        return send(UUID.randomUUID().toString(), parent);
    }

    private String send(String id, String parent) {
        edge.send(ledger.tenant, emitter.decision("core-api", id, receipt -> {
            if (parent != null) {
                receipt.put("parent_receipt_id", parent);
            }
        }), emitter);
        sent++;
        return id;
    }

    private void awaitIndexed() {
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == sent);
    }

    private JsonPath follow(String id, String direction, int depth) {
        return get(id, "?direction=" + direction + "&max_depth=" + depth).then().statusCode(200).extract().jsonPath();
    }

    private Response get(String id, String query) {
        return given().header("X-Tenant-Id", ledger.tenant.value()).get("/v1/evidence/receipts/" + id + "/chain" + query);
    }

    private static Map<String, Integer> nodes(JsonPath found) {
        Map<String, Integer> nodes = new LinkedHashMap<>();
        List<String> ids = found.getList("nodes.index.receipt_id");
        List<Integer> depths = found.getList("nodes.depth");
        for (int i = 0; i < ids.size(); i++) {
            assertThat(nodes.put(ids.get(i), depths.get(i))).as("each once").isNull();
        }
        return nodes;
    }
}
