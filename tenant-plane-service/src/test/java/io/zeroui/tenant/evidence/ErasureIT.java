package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Erasure: nothing of a receipt stays, everything else does, and every proof holds. */
@QuarkusTest
@TestProfile(WithoutLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class ErasureIT extends ErasingTest {

    @Test
    void anErasedReceiptIsGoneAndEveryProofHolds() throws Exception {
        List<String> ids = send(20);
        String gone = ids.get(7);
        String follower = ids.get(8);
        JsonPath before = proof(gone);
        JsonPath otherBefore = proof(ids.get(3));
        List<String> storedBefore = ledger.storedLines();

        erase(gone).statusCode(200).body("receipt_id", equalTo(gone)).body("tenant_id", equalTo(tenant.value()))
                .body("leaf_index", equalTo(7)).body("tombstone_leaf_index", equalTo(20)).body("reason", equalTo("right to erasure"))
                .body("case_id", equalTo("DSR-17"));

        for (String path : List.of("", "?raw=true", "/verify", "/proof", "/chain")) {
            ask().get("/v1/evidence/receipts/" + gone + path).then().statusCode(410).contentType("application/problem+json")
                    .body("error.code", equalTo("RESOURCE_NOT_FOUND")).body("error.details.receipt_id", equalTo(gone))
                    .body("error.details.erased_by", equalTo("key:" + administrator())).body("error.details.case_id", equalTo("DSR-17"))
                    .body("error.details.tombstone_leaf_index", equalTo(20));
        }
        given().get("/v1/evidence/receipts/" + gone).then().statusCode(410);
        assertThat(found()).containsExactlyInAnyOrderElementsOf(ids.stream().filter(id -> !id.equals(gone)).toList());
        ask().contentType("application/json").body("{\"group_by\":[\"gate_id\"]}").post("/v1/evidence/aggregate").then()
                .statusCode(200).body("total", equalTo(19));
        ask().get("/v1/evidence/receipts/" + follower).then().statusCode(200).body("index.prev_hash", equalTo(Hash.ZERO.prefixed()));
        ask().get("/v1/evidence/receipts/" + follower + "/verify").then().statusCode(200).body("valid", is(true))
                .body("chain_valid", is(true));
        assertThat(ledger.brokenLinks()).isEmpty();
        assertOnlyErased(storedBefore, 7);
        assertProves(before);
        assertProves(otherBefore);
        assertProves(proof(ids.get(3)));
        long size = checkpoint(before).size();
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/evidence/logs/" + tenant + "/consistency?from=" + size).then()
                .statusCode(200).body("to", equalTo(21)));
    }

    @Test
    void nothingOfItStaysInAnyFileOrColumn() throws Exception {
        String marker = "marker-" + UUID.randomUUID();
        String id = SignedReceipts.newId();
        byte[] line = emitter.decision("core-api", id, receipt -> {
            receipt.put("gate_id", "gate-" + marker).put("module_id", "module-" + marker).put("severity", "sev-" + marker);
            receipt.withObject("/decision").put("rationale", "depending on " + marker).withArray("badges").add(marker);
            receipt.withObject("/inputs").put("note", marker);
            receipt.withObject("/context").put("branch", "branch-" + marker);
            receipt.withArray("policy_version_ids").add("policy-" + marker);
        });
        send(3);
        awaitAcknowledged(edge.send(tenant, line, emitter));
        awaitAcknowledged(edge.send(tenant, emitter.decision("core-api", id,
                receipt -> receipt.withObject("/inputs").put("note", marker + " again")), emitter));
        awaitAcknowledged(edge.send(tenant, emitter.decision("web-shop"), emitter));
        List<String> needles = new ArrayList<>(List.of(marker, Hash.of(line).hex()));
        needles.add(ledger.journal().get(3).replaceAll(".*\"salt\":\"([0-9a-f]+)\".*", "$1"));
        await().atMost(PATIENCE).untilAsserted(() -> needles.forEach(needle -> assertThat(hits(needle)).as(needle).isNotEmpty()));
        await().atMost(PATIENCE).until(() -> hits(marker).contains("app.receipts_index") && hits(marker).contains("app.outbox"));
        assertThat(hits(marker)).contains("app.receipt_words");
        assertThat(words(4)).contains("\"" + marker, "marker", "depend");
        assertThat(words(5)).isNotEmpty();
        assertThat(hits(marker)).anyMatch(place -> place.contains("/data/")).anyMatch(place -> place.contains("/dlq/"));

        erase(id).statusCode(200);

        needles.forEach(needle -> assertThat(hits(needle)).as(needle).isEmpty());
        assertThat(words(4)).isEmpty();
        assertThat(words(5)).isNotEmpty();
        assertThat(ledger.deadLetters()).singleElement().asString().contains("CONFLICTING_DUPLICATE", "\"erased\":true");
        assertThat(ledger.evidence().resolve("erasures")).isEmptyDirectory();
    }

    @Test
    void whatWasErasedIsNotTakenInAgainWhateverItsBytes() {
        String id = SignedReceipts.newId();
        byte[] line = emitter.decision("core-api", id, receipt -> {
        });
        awaitAcknowledged(edge.send(tenant, line, emitter));
        erase(id).statusCode(200);

        awaitAcknowledged(edge.send(tenant, line, emitter));
        awaitAcknowledged(edge.send(tenant, emitter.decision("core-api", id, receipt -> receipt.put("degraded", true)), emitter));
        awaitAcknowledged(edge.send(tenant, emitter.decision("core-api"), emitter));

        assertThat(ledger.storedLines()).hasSize(2);
        assertThat(ledger.journal()).hasSize(3);
        assertThat(ledger.deadLetters()).isEmpty();
        ask().get("/v1/evidence/receipts/" + id).then().statusCode(410);
        assertThat(ledger.brokenLinks()).isEmpty();
    }

    @Test
    void severalAreErasedAllOrNone() {
        List<String> ids = send(4);
        String unknown = UUID.randomUUID().toString();
        eraseAll(List.of(ids.get(0), unknown)).statusCode(404).body("error.details.missing[0]", equalTo(unknown));
        ask().get("/v1/evidence/receipts/" + ids.get(0)).then().statusCode(200);
        assertThat(ledger.journal()).hasSize(4);

        eraseAll(List.of(ids.get(0), ids.get(3))).statusCode(200).body("items.size()", equalTo(2));
        eraseAll(List.of(ids.get(0), ids.get(1))).statusCode(200).body("items.size()", equalTo(2))
                .body("items[0].tombstone_leaf_index", equalTo(4)).body("items[1].tombstone_leaf_index", equalTo(6));
        erase(ids.get(0)).statusCode(200).body("tombstone_leaf_index", equalTo(4));

        assertThat(found()).containsExactly(ids.get(2));
        assertThat(ledger.journal()).hasSize(7);
        assertThat(ledger.brokenLinks()).isEmpty();
    }

    @Test
    void aRebuiltIndexIsTheSameWithErasedReceipts() {
        List<String> ids = send(12);
        eraseAll(List.of(ids.get(0), ids.get(5), ids.get(6), ids.get(11))).statusCode(200);
        send(3);
        erase(ids.get(2)).statusCode(200);
        hold("{\"name\":\"INC-1\",\"repo_id\":\"core-api\",\"reason\":\"test\"}");
        await().atMost(PATIENCE).until(() -> indexer.lag() == 0);
        var before = store.digest().await().atMost(PATIENCE);

        rebuild();

        assertThat(store.digest().await().atMost(PATIENCE)).isEqualTo(before);
        assertThat(words(1)).as("of an erased receipt").isEmpty();
        assertThat(words(2)).isNotEmpty();
        LedgerView.execute("SET session_replication_role = replica; DELETE FROM app.receipt_words WHERE tenant_id = '" + tenant
                + "' AND ledger_sequence = 2 AND word = (SELECT min(word) FROM app.receipt_words WHERE tenant_id = '" + tenant + "')");
        assertThat(store.digest().await().atMost(PATIENCE)).as("without one word").isNotEqualTo(before);
        ask().get("/v1/evidence/receipts/" + ids.get(5)).then().statusCode(410).body("error.details.leaf_index", equalTo(5))
                .body("error.details.tombstone_leaf_index", equalTo(13));
        erase(ids.get(7)).statusCode(409);
    }

    @Test
    void othersAreReadAndTakenInMeanwhile() throws Exception {
        List<String> ids = send(60);
        AtomicBoolean done = new AtomicBoolean();
        List<Long> sent = new ArrayList<>();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                sent.add(edge.send(tenant, emitter.decision("core-api"), emitter));
                pause();
            }
        });
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                for (String id : ids) {
                    var answer = ask().get("/v1/evidence/receipts/" + id + "/verify");
                    assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 410);
                    if (answer.statusCode() == 200) {
                        assertThat(answer.jsonPath().getBoolean("hash_valid")).as(answer.asString()).isTrue();
                    }
                }
            }
        });
        try {
            for (int i = 0; i < 30; i++) {
                erase(ids.get(2 * i)).statusCode(200);
            }
        } finally {
            done.set(true);
        }
        writer.get();
        reader.get();
        await().atMost(PATIENCE).until(() -> edge.acknowledged().containsAll(sent));
        await().atMost(PATIENCE).until(() -> indexer.lag() == 0);

        assertThat(sent).isNotEmpty();
        assertThat(found(500)).hasSize(30 + sent.size());
        assertThat(ledger.journal()).hasSize(60 + 30 + sent.size());
        assertThat(ledger.storedLines().stream().filter(line -> ErasedLine.read(line.getBytes(StandardCharsets.UTF_8)).isPresent()))
                .hasSize(30);
        assertThat(ledger.brokenLinks()).isEmpty();
        assertProves(proof(ids.get(59)));
    }

    @Test
    void aHoldWinsOverErasureUntilItIsReleased() {
        String id = SignedReceipts.newId();
        awaitAcknowledged(edge.send(tenant, emitter.decision("core-api", id, receipt -> receipt.put("gate_id", "held-gate")), emitter));
        String other = SignedReceipts.newId();
        awaitAcknowledged(edge.send(tenant, emitter.decision("web-shop", other, receipt -> receipt.put("gate_id", "free-gate")), emitter));
        String spare = send(1).get(0);
        List<String> filters = List.of("\"repo_id\":\"core-api\",\"gate_id\":\"held-gate\"", "\"gate_id\":\"held-gate\"",
                "\"receipt_ids\":[\"" + id + "\"]", "\"gate_id\":\"held-gate\",\"from\":\"2020-01-01T00:00:00Z\"");
        for (String filter : filters) {
            String hold = hold("{\"name\":\"INC-7\",\"reason\":\"under investigation\"," + filter + "}");
            erase(id).statusCode(409).body("error.details.hold", equalTo("INC-7")).body("error.details.hold_id", equalTo(hold))
                    .body("error.details.reason", equalTo("LEGAL_HOLD"));
            eraseAll(List.of(other, id)).statusCode(409);
            release(hold).statusCode(200).body("release_reason", equalTo("over"));
            release(hold).statusCode(409);
        }
        String past = hold("{\"name\":\"INC-8\",\"reason\":\"test\",\"to\":\"2020-01-01T00:00:00Z\"}");
        String all = hold("{\"name\":\"everything\",\"reason\":\"test\"}");
        erase(other).statusCode(409).body("error.details.hold", equalTo("everything"));
        ask().get("/v1/evidence/holds").then().statusCode(200).body("items.size()", equalTo(2))
                .body("items[1].hold_id", equalTo(all)).body("items[1].placed_by", equalTo("key:" + administrator()));
        ask().get("/v1/evidence/holds?released=true").then().statusCode(200).body("items.size()", equalTo(6));
        release(all).statusCode(200);

        erase(other).statusCode(200);
        erase(id).statusCode(200);
        ask().get("/v1/evidence/receipts/" + spare).then().statusCode(200);
        release(past).statusCode(200);
        assertThat(ledger.journal().stream().filter(line -> line.contains("hold_placed"))).hasSize(6);
    }

    @Test
    void onlyThoseWhoMayDoItAndOnlyToTheirOwnTenant() {
        String id = send(1).get(0);
        TenantId stranger = TenantId.of("t-" + UUID.randomUUID());
        RegistryPlane.ensure(stranger);
        String theirs = hold("{\"name\":\"ours\",\"reason\":\"test\",\"repo_id\":\"web-shop\"}");
        String path = "/v1/evidence/receipts/" + id + "/erasure";

        as("evidence:read", tenant).body(WHY).post(path).then().statusCode(403);
        as("evidence:hold", tenant).body(WHY).post(path).then().statusCode(403);
        as("evidence:erase", stranger).header("X-Tenant-Id", tenant.value()).body(WHY).post(path).then().statusCode(403);
        as("evidence:erase", stranger).body(WHY).post(path).then().statusCode(404);
        as("evidence:erase", null).header("X-Tenant-Id", tenant.value()).body(WHY).post(path).then().statusCode(403);
        as("evidence:erase", tenant).post("/v1/evidence/holds").then().statusCode(403);
        as("evidence:hold", stranger).delete("/v1/evidence/holds/" + theirs + "?reason=x").then().statusCode(404);
        as("evidence:hold", stranger).header("X-Tenant-Id", tenant.value()).get("/v1/evidence/holds").then().statusCode(403);
        as("evidence:hold", stranger).get("/v1/evidence/holds").then().statusCode(200).body("items.size()", equalTo(0));
        ask().get("/v1/evidence/receipts/" + id).then().statusCode(200);

        as("evidence:erase", tenant).body(WHY).post(path).then().statusCode(200);
    }

    @Test
    void anErasureWithoutAGoodReasonIsRefusedAndNothingHappens() {
        String id = send(1).get(0);
        String path = "/v1/evidence/receipts/" + id + "/erasure";
        for (String body : List.of("", "[]", "{}", "{\"reason\":\"\"}", "{\"reason\":7}", "{\"reason\":\"ask jane.doe@example.com\"}",
                "{\"reason\":\"good\",\"other\":1}", "{\"reason\":\"good\",\"case_id\":\"\"}")) {
            ask().contentType("application/json").body(body).post(path).then().statusCode(400)
                    .contentType("application/problem+json");
        }
        ask().contentType("application/json").body("{\"receipt_ids\":[],\"reason\":\"x\"}").post("/v1/evidence/erasures").then()
                .statusCode(400);
        ask().contentType("application/json").body("{\"name\":\"x\",\"reason\":\"x\",\"repo\":\"core-api\"}").post("/v1/evidence/holds")
                .then().statusCode(400);
        ask().contentType("application/json").body("{\"name\":\"x\",\"reason\":\"x\",\"from\":\"monday\"}").post("/v1/evidence/holds")
                .then().statusCode(400);
        given().header("X-Tenant-Id", "t-nobody-knows").contentType("application/json").body(WHY).post(path).then().statusCode(404);
        ask().get("/v1/evidence/receipts/" + id).then().statusCode(200);
        assertThat(ledger.journal()).hasSize(1);
    }
}
