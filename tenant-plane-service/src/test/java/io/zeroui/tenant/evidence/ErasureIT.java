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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.tenant.evidence.erasure.ErasureCrashes;
import io.zeroui.tenant.evidence.erasure.LineErasure;
import io.zeroui.tenant.evidence.index.EvidenceIndexer;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Erasure: nothing of a receipt stays, everything else does, and every proof holds. */
@QuarkusTest
@TestProfile(WithoutLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class ErasureIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WHY = "{\"reason\":\"right to erasure\",\"case_id\":\"DSR-17\"}";

    @Inject
    LineErasure erasure;
    @Inject
    EvidenceStore store;
    @Inject
    EvidenceIndexer indexer;
    @Inject
    OpenLedgers open;

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final LedgerView ledger = new LedgerView(tenant);
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();

    @AfterEach
    void noMoreCrashes() {
        ErasureCrashes.never(erasure);
    }

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
        List<String> tenants = LedgerView.column("SELECT tenant_id FROM app.ledger_watermarks");

        LedgerView.execute("TRUNCATE app.receipts_index, app.receipt_words, app.chain_heads, app.ledger_watermarks, app.ledger_acts,"
                + " app.erased_receipts");
        for (String one : tenants) {
            indexer.catchUp(open.get(TenantId.of(one))).await().atMost(PATIENCE);
        }

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
    void aCrashBetweenAnyTwoStepsIsFinishedAtTheNextStart() {
        boolean crashed = true;
        for (int step = 1; crashed; step++) {
            List<String> ids = send(3);
            List<String> storedBefore = ledger.storedLines();
            int journaledBefore = ledger.journal().size();
            ErasureCrashes.behind(erasure, step);

            int status = erase(ids.get(1)).extract().statusCode();
            crashed = status == 503;
            ErasureCrashes.never(erasure);
            awaitAcknowledged(edge.send(tenant, emitter.decision("web-shop"), emitter));

            assertThat(status).as("step " + step).isIn(200, 503);
            String gone = ids.get(1);
            await().atMost(PATIENCE).untilAsserted(() -> ask().get("/v1/evidence/receipts/" + gone).then().statusCode(410)
                    .body("error.details.reason", equalTo("right to erasure")));
            assertOnlyErased(storedBefore, 3 * step - 2);
            assertThat(ledger.journal()).as("one tombstone and one receipt").hasSize(journaledBefore + 2);
            assertThat(ledger.evidence().resolve("erasures")).isEmptyDirectory();
            assertThat(ledger.brokenLinks()).isEmpty();
            assertProves(proof(ids.get(2)));
            assertThat(step).isLessThan(20);
        }
        assertThat(ledger.journal().stream().filter(line -> line.startsWith("{\"v\":2,"))).hasSizeGreaterThan(5);
    }

    @Test
    void aLineThatIsHalfOverwrittenIsOverwrittenAsAWhole() throws IOException {
        List<String> ids = send(3);
        List<String> storedBefore = ledger.storedLines();
        ErasureCrashes.behind(erasure, 1);
        erase(ids.get(2)).statusCode(503);
        ErasureCrashes.never(erasure);
        JsonPath intent;
        try (Stream<Path> files = Files.list(ledger.evidence().resolve("erasures"))) {
            intent = JsonPath.from(files.findFirst().orElseThrow().toFile());
        }
        for (Map<String, Object> write : intent.<Map<String, Object>>getList("writes")) {
            Path file = PlaneResource.zuRoot().path().resolve((String) write.get("file"));
            byte[] bytes = ((String) write.get("text")).getBytes(StandardCharsets.UTF_8);
            try (RandomAccessFile half = new RandomAccessFile(file.toFile(), "rw")) {
                half.seek(((Number) write.get("offset")).longValue());
                half.write(bytes, 0, bytes.length / 2);
            }
        }

        awaitAcknowledged(edge.send(tenant, emitter.decision("web-shop"), emitter));

        await().atMost(PATIENCE).untilAsserted(() -> ask().get("/v1/evidence/receipts/" + ids.get(2)).then().statusCode(410));
        assertOnlyErased(storedBefore, 2);
        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.journal()).hasSize(5);
    }

    @Test
    void anErasureThatCannotBeginChangesNothing() throws IOException {
        List<String> ids = send(2);
        Path blocked = ledger.evidence().resolve("erasures");
        Files.writeString(blocked, "in the way");
        erase(ids.get(0)).statusCode(503);

        awaitAcknowledged(edge.send(tenant, emitter.decision("core-api"), emitter));
        ask().get("/v1/evidence/receipts/" + ids.get(0)).then().statusCode(200);
        assertThat(ledger.journal()).hasSize(3).allMatch(line -> line.startsWith("{\"v\":1,"));
        Files.delete(blocked);
        erase(ids.get(0)).statusCode(200);
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

    private List<String> send(int receipts) {
        List<String> ids = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < receipts; i++) {
            String id = SignedReceipts.newId();
            ids.add(id);
            numbers.add(edge.send(tenant, emitter.decision("core-api", id, receipt -> {
            }), emitter));
        }
        await().atMost(PATIENCE).until(() -> edge.acknowledged().containsAll(numbers));
        await().atMost(PATIENCE).until(() -> ledger.indexed().containsAll(ids));
        return ids;
    }

    private void awaitAcknowledged(long number) {
        await().atMost(PATIENCE).until(() -> edge.acknowledged().contains(number));
    }

    private RequestSpecification ask() {
        return given().header("X-Tenant-Id", tenant.value());
    }

    private static RequestSpecification as(String permission, TenantId of) {
        String wish = "{\"name\":\"test\",\"permissions\":[\"" + permission + "\"]"
                + (of == null ? "" : ",\"tenant_id\":\"" + of + "\"") + "}";
        String key = given().contentType("application/json").body(wish).post("/v1/credentials").then().statusCode(201).extract()
                .path("key");
        return given().header("Authorization", "Bearer " + key).contentType("application/json");
    }

    private ValidatableResponse erase(String id) {
        return ask().contentType("application/json").body(WHY).post("/v1/evidence/receipts/" + id + "/erasure").then();
    }

    private ValidatableResponse eraseAll(List<String> ids) {
        return ask().contentType("application/json").body(Map.of("receipt_ids", ids, "reason", "right to erasure"))
                .post("/v1/evidence/erasures").then();
    }

    private String hold(String body) {
        return ask().contentType("application/json").body(body).post("/v1/evidence/holds").then().statusCode(201).extract()
                .path("hold_id");
    }

    private ValidatableResponse release(String hold) {
        return ask().delete("/v1/evidence/holds/" + hold + "?reason=over").then();
    }

    private List<String> words(long sequence) {
        return LedgerView.column("SELECT word FROM app.receipt_words WHERE tenant_id = '" + tenant + "' AND ledger_sequence = " + sequence);
    }

    private List<String> found() {
        return found(100);
    }

    private List<String> found(int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = ask().contentType("application/json")
                    .body(cursor == null ? Map.of("limit", limit) : Map.of("limit", limit, "cursor", cursor))
                    .post("/v1/evidence/search").then().statusCode(200).extract().jsonPath();
            ids.addAll(page.getList("items.receipt_id"));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return ids;
    }

    private JsonPath proof(String id) {
        return await().atMost(PATIENCE).until(() -> ask().get("/v1/evidence/receipts/" + id + "/proof"),
                answer -> answer.statusCode() == 200).jsonPath();
    }

    private static Checkpoint checkpoint(JsonPath proof) {
        return Checkpoint.parse(SignedNote.parse(proof.getString("checkpoint").getBytes(StandardCharsets.UTF_8)).text());
    }

    private static void assertProves(JsonPath proof) {
        byte[] entry = Base64.getDecoder().decode(proof.getString("entry"));
        assertThat(LogEntry.read(entry).kind()).isEqualTo(LogEntry.Kind.RECEIPT);
        List<Hash> hashes = proof.<String>getList("proof").stream().map(hash -> new Hash(Base64.getDecoder().decode(hash))).toList();
        Checkpoint checkpoint = checkpoint(proof);
        try {
            MerkleTree.verifyInclusion(MerkleTree.leafHash(entry), proof.getLong("leaf_index"), checkpoint.size(), hashes,
                    checkpoint.rootHash());
        } catch (NotVerified e) {
            throw new AssertionError(e);
        }
    }

    /** All other lines are byte for byte where they were. */
    private void assertOnlyErased(List<String> before, int index) {
        List<String> now = ledger.storedLines();
        assertThat(now).hasSizeGreaterThanOrEqualTo(before.size());
        for (int i = 0; i < before.size(); i++) {
            String line = now.get(i);
            if (i == index) {
                assertThat(line).hasSameSizeAs(before.get(i));
                assertThat(ErasedLine.read(line.getBytes(StandardCharsets.UTF_8))).isPresent();
            } else {
                assertThat(line).isEqualTo(before.get(i));
            }
        }
    }

    /** Files and tables that have a text: of the fabric those of all tenants, dead letters decoded too. */
    private static List<String> hits(String needle) {
        List<String> hits = new ArrayList<>();
        Path root = PlaneResource.zuRoot().path();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (text.contains(needle) || text.lines().anyMatch(line -> decoded(line).contains(needle))) {
                    hits.add(root.relativize(file).toString());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        for (String table : LedgerView.column("""
                SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema')""")) {
            if (!LedgerView.column("SELECT 'hit' FROM " + table + " AS r WHERE r::text LIKE '%" + needle + "%' LIMIT 1").isEmpty()) {
                hits.add(table);
            }
        }
        return hits;
    }

    private static String decoded(String line) {
        int begin = line.indexOf("\"line_base64\":\"") + "\"line_base64\":\"".length();
        return begin < "\"line_base64\":\"".length() ? ""
                : new String(Base64.getDecoder().decode(line.substring(begin, line.indexOf('"', begin))), StandardCharsets.ISO_8859_1);
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String administrator() {
        return TestCredentials.administrator().keyId();
    }
}
