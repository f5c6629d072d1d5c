package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.SmallTree;
import io.zeroui.tenant.evidence.courier.CourierBatches;
import io.zeroui.testing.BadInput;
import io.zeroui.testing.ChunkedRequest;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches that couriers bring: whole or not at all, once, and provable. */
@QuarkusTest
@Timeout(180)
@TestProfile(WithoutIngestLimit.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class CourierBatchIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String POST = "/v1/evidence/receipts/courier-batch";
    private static final String GET = "/v1/evidence/courier-batches/";

    @Inject
    CourierBatches batches;

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final IntakeClient client = new IntakeClient(tenant);
    private final LedgerView ledger = new LedgerView(tenant);
    private SignedReceipts emitter;

    @BeforeEach
    void register() {
        RegistryPlane.ensure(tenant);
        emitter = client.trustedEmitter();
    }

    @Test
    void aBatchIsTakenWholeAndEveryReceiptOfItIsProvable() throws Exception {
        List<byte[]> lines = emitter.decisions("core-api", 13);

        IntakeClient.Answer answer = client.post(POST, batch("b-1", lines, 1));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        assertThat(answer.body().path("receipts").asInt()).isEqualTo(13);
        assertThat(answer.body().path("gaps")).isEmpty();
        assertThat(ledger.storedLines()).containsExactlyElementsOf(lines.stream().map(CourierBatchIT::text).toList());
        assertThat(client.get(GET + "b-1").body()).isEqualTo(answer.body());
        Hash root = Hash.parse(answer.body().path("merkle_root").asText());
        for (byte[] line : lines) {
            JsonNode proof = client.get(GET + "b-1/merkle-proof?receipt_id=" + IntakeClient.idOf(line)).body();
            List<Hash> path = new ArrayList<>();
            proof.path("proof").forEach(hash -> path.add(Hash.parse(hash.asText())));
            MerkleTree.verifyInclusion(MerkleTree.leafHash(line), proof.path("leaf_index").asLong(),
                    proof.path("tree_size").asLong(), path, root);
        }
        assertThat(client.get(GET + "b-1/merkle-proof?receipt_id=" + SignedReceipts.newId()).status()).isEqualTo(404);
        assertThat(client.get(GET + "b-1/merkle-proof").status()).isEqualTo(400);
    }

    @Test
    void theSameBatchAgainHasTheSameAnswerAndAnotherOfItsIdIsAConflict() {
        List<byte[]> lines = emitter.decisions("core-api", 3);
        IntakeClient.Answer first = client.post(POST, batch("b-1", lines, 1));

        IntakeClient.Answer again = client.post(POST, batch("b-1", lines, 1));
        IntakeClient.Answer renumbered = client.post(POST, batch("b-1", lines, 2));
        IntakeClient.Answer other = client.post(POST, batch("b-1", emitter.decisions("core-api", 3), 1));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(List.of(renumbered.status(), other.status())).containsOnly(409);
        assertThat(other.reason()).isEqualTo("CONFLICTING_BATCH");
        assertThat(ledger.storedLines()).hasSize(3);
        assertThat(records()).hasSize(1);
    }

    @Test
    void theSameBatchFromManySidesAtOnceIsTakenOnce() throws Exception {
        ObjectNode batch = batch("b-1", emitter.decisions("core-api", 50), 1);
        ExecutorService couriers = Executors.newFixedThreadPool(6);
        List<Integer> statuses = new ArrayList<>();
        try {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                sent.add(couriers.submit(() -> untilTaken(batch)));
            }
            for (Future<Integer> one : sent) {
                statuses.add(one.get());
            }
        } finally {
            couriers.shutdownNow();
        }
        assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(ledger.storedLines()).hasSize(50);
        assertThat(records()).hasSize(1);
    }

    @Test
    void wrongClaimsAreRefusedBeforeAnythingIsTaken() {
        List<byte[]> lines = emitter.decisions("core-api", 3);
        refused(lines, 422, "/merkle_root", batch -> batch.put("merkle_root", Hash.ZERO.prefixed()));
        refused(lines, 400, "/merkle_root", batch -> batch.put("merkle_root", "sha256:xyz"));
        refused(lines, 400, "/sequence_numbers/2", batch -> batch.putArray("sequence_numbers").add(1).add(3).add(2));
        refused(lines, 400, "/sequence_numbers/1", batch -> batch.putArray("sequence_numbers").add(1).add(1).add(2));
        refused(lines, 400, "/sequence_numbers/0", batch -> batch.putArray("sequence_numbers").add(-1).add(1).add(2));
        refused(lines, 400, "/sequence_numbers/0", batch -> batch.putArray("sequence_numbers").add(1.5).add(2).add(3));
        refused(lines, 400, "/sequence_numbers", batch -> batch.putArray("sequence_numbers").add(1).add(2));
        refused(lines, 400, "/sequence_numbers", batch -> batch.remove("sequence_numbers"));
        refused(lines, 400, "/receipts", batch -> batch.putArray("receipts"));
        refused(lines, 400, "/receipts/0", batch -> batch.putArray("receipts").add(7));
        refused(lines, 400, "/batch_id", batch -> batch.put("batch_id", "../../etc/passwd"));
        refused(lines, 400, "/batch_id", batch -> batch.put("batch_id", 7));
        refused(lines, 400, "/batch_id", batch -> batch.put("batch_id", "a".repeat(129)));
        refused(lines, 400, "/emitter_service", batch -> batch.put("emitter_service", ""));
        refused(lines, 400, "/timestamp", batch -> batch.put("timestamp", "yesterday"));
        refused(lines, 400, "/timestamp", batch -> batch.put("timestamp", "+999999999-01-01T00:00:00Z"));
        refused(lines, 403, "/tenant_id", batch -> batch.put("tenant_id", "another-tenant"));
        refused(lines, 400, "/tenant_id", batch -> batch.put("tenant_id", "../x"));
        refused(List.of(lines.get(0), lines.get(1), lines.get(0)), 422, "/receipts/2", batch -> {
        });
        assertThat(ledger.storedLines()).isEmpty();
        assertThat(records()).isEmpty();
    }

    @Test
    void bodiesThatAreNoBatchAreRefused() {
        for (String body : List.of("", "[]", "{", "{}", "null", "{\"batch_id\":\"a\",\"batch_id\":\"b\"}", "\u0000",
                "{\"receipts\":" + "[".repeat(100), text(IntakeClient.bytes(batch("b", emitter.decisions("core-api", 1), 1))) + "{}")) {
            assertThat(client.post(POST, body.getBytes(StandardCharsets.UTF_8)).status()).as(body).isEqualTo(400);
        }
        byte[] bom = BadInput.concat(new byte[]{(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
                IntakeClient.bytes(batch("b", emitter.decisions("core-api", 1), 1)));
        assertThat(client.post(POST, bom).status()).isEqualTo(400);
        assertThat(client.post(POST, text(IntakeClient.bytes(batch("b", emitter.decisions("core-api", 1), 1)))
                .getBytes(StandardCharsets.UTF_16)).status()).isEqualTo(400);
        assertThat(client.post(POST, new byte[5 << 20]).status()).isEqualTo(413);
        assertThat(client.post(POST, batch("b", emitter.decisions("core-api", 1001), 1)).status()).isEqualTo(400);
        assertThat(records()).isEmpty();
    }

    @Test
    void oneBadReceiptKeepsTheWholeBatchOut() {
        SignedReceipts stranger = SignedReceipts.withNewKey("stranger-" + UUID.randomUUID());
        BadInput.all("core-api", emitter, stranger).forEach((name, bad) -> {
            List<byte[]> lines = new ArrayList<>(emitter.decisions("core-api", 2));
            lines.add(bad.line());
            IntakeClient.Answer answer = client.post(POST, strings("b-" + UUID.randomUUID(), lines));
            assertThat(answer.status()).as(name + answer.body()).isBetween(400, 499);
        });
        String taken = SignedReceipts.newId();
        assertThat(client.submit(emitter.decision("core-api", taken, receipt -> {
        })).status()).isEqualTo(201);
        List<byte[]> conflicting = new ArrayList<>(emitter.decisions("core-api", 2));
        conflicting.add(emitter.decision("core-api", taken, receipt -> receipt.put("degraded", true)));

        IntakeClient.Answer answer = client.post(POST, batch("b-c", conflicting, 1));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().at("/error/details/receipts/0/index").asInt()).isEqualTo(2);
        assertThat(ledger.storedLines()).hasSize(1);
        assertThat(records()).isEmpty();
    }

    @Test
    void aReceiptAsTextIsTheSameReceiptByEveryWay() {
        List<byte[]> lines = emitter.decisions("core-api", 4);
        assertThat(client.submit(lines.get(0)).status()).isEqualTo(201);

        assertThat(client.post(POST, strings("b-1", lines)).status()).isEqualTo(201);
        assertThat(client.post(POST, batch("b-2", lines, 1)).status()).isEqualTo(201);

        assertThat(client.bulk(lines)).allSatisfy(result -> assertThat(result.path("status").asInt()).isEqualTo(200));
        assertThat(ledger.storedLines()).hasSize(4);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 4);
    }

    @Test
    void receiptsThatACrashLeftWithoutARecordGetItWhenTheBatchComesAgain() {
        List<byte[]> lines = emitter.decisions("core-api", 5);
        lines.subList(0, 3).forEach(line -> assertThat(client.submit(line).status()).isEqualTo(201));

        assertThat(client.post(POST, batch("b-1", lines, 1)).status()).isEqualTo(201);

        assertThat(ledger.storedLines()).hasSize(5);
        assertThat(client.post(POST, batch("b-1", lines, 1)).status()).isEqualTo(200);
    }

    @Test
    void aRecordWithoutARowAndATornOneAreFoundAndTheTableIsBuiltAgainTheSame() throws Exception {
        for (int i = 1; i <= 5; i++) {
            assertThat(client.post(POST, batch("b-" + i, emitter.decisions("core-api", 2), 10L * i)).status()).isEqualTo(201);
        }
        List<String> before = rows();
        deleteRows("number >= 4");
        batches.catchUp(tenant).await().atMost(PATIENCE);
        assertThat(rows()).isEqualTo(before);
        deleteRows("true");
        Files.writeString(ledger.file("courier"), "{\"v\":1,\"number\":6,\"batch_id\":\"torn", StandardOpenOption.APPEND);
        batches.catchUp(tenant).await().atMost(PATIENCE);
        assertThat(rows()).isEqualTo(before);

        List<byte[]> next = emitter.decisions("core-api", 2);
        assertThat(client.post(POST, batch("b-6", next, 60)).status()).isEqualTo(201);

        assertThat(client.post(POST, batch("b-6", next, 60)).status()).isEqualTo(200);
        List<String> after = rows();
        deleteRows("true");
        batches.catchUp(tenant).await().atMost(PATIENCE);
        assertThat(rows()).isEqualTo(after).hasSize(6);
    }

    @Test
    void missingSequenceNumbersAreTold() {
        send("b-1", 1, 2, 5);
        send("b-3", 20, 21);
        IntakeClient.Answer third = client.get(GET + "b-3");
        assertThat(third.body().at("/gap_before/from").asLong()).isEqualTo(6);
        assertThat(third.body().at("/gap_before/to").asLong()).isEqualTo(19);
        assertThat(client.get(GET + "b-1").body().path("gaps").toString()).isEqualTo("[{\"from\":3,\"to\":4}]");
        assertThat(gaps()).isEqualTo("[{\"from\":3,\"to\":4},{\"from\":6,\"to\":19}]");

        send("b-2", LongStream.rangeClosed(6, 19).toArray());

        assertThat(gaps()).isEqualTo("[{\"from\":3,\"to\":4}]");
        assertThat(client.get(GET + "b-3").body().has("gap_before")).isFalse();
        assertThat(client.get("/v1/evidence/courier-batches?emitter_service=nobody").body().path("batches").asInt()).isZero();
        assertThat(client.get("/v1/evidence/courier-batches").status()).isEqualTo(400);
    }

    @Test
    void otherTenantsSeeNothingOfABatch() {
        List<byte[]> lines = emitter.decisions("core-api", 2);
        assertThat(client.post(POST, batch("b-1", lines, 1)).status()).isEqualTo(201);
        TenantId stranger = TenantId.of("t-" + UUID.randomUUID());
        RegistryPlane.ensure(stranger);
        IntakeClient other = new IntakeClient(stranger).withKey("\"evidence:read\"");

        await().atMost(PATIENCE).until(() -> other.get(GET + "b-1").status() != 401);
        assertThat(other.get(GET + "b-1").status()).isEqualTo(404);
        assertThat(other.get(GET + "b-1/merkle-proof?receipt_id=" + IntakeClient.idOf(lines.get(0))).status()).isEqualTo(404);
        assertThat(other.get("/v1/evidence/courier-batches?emitter_service=courier").body().path("batches").asInt()).isZero();
        assertThat(LedgerView.column("SELECT DISTINCT tenant_id FROM app.courier_batches WHERE batch_id = 'b-1' AND tenant_id = '"
                + stranger + "'")).isEmpty();
    }

    @Test
    void aTenantsSlowCouriersHoldUpNobodyElse() throws Exception {
        List<ChunkedRequest> slow = new ArrayList<>();
        TenantId sleepy = TenantId.of("t-" + UUID.randomUUID());
        try {
            for (int i = 0; i < 12; i++) {
                ChunkedRequest one = new ChunkedRequest(IntakeClient.port(), POST, "X-Tenant-Id: " + sleepy,
                        "Content-Type: application/json");
                one.send(BadInput.utf8("{\"batch_id\":"));
                slow.add(one);
            }
            assertThat(client.post(POST, batch("b-1", emitter.decisions("core-api", 2), 1)).status()).isEqualTo(201);
        } finally {
            for (ChunkedRequest one : slow) {
                one.close();
            }
        }
    }

    private void send(String id, long... sequences) {
        ObjectNode batch = batch(id, emitter.decisions("core-api", sequences.length), 1);
        var numbers = batch.putArray("sequence_numbers");
        LongStream.of(sequences).forEach(numbers::add);
        assertThat(client.post(POST, batch).status()).isEqualTo(201);
    }

    private String gaps() {
        return client.get("/v1/evidence/courier-batches?emitter_service=courier").body().path("gaps").toString();
    }

    /** While both places of the tenant are taken the answer is 503. */
    private int untilTaken(ObjectNode batch) {
        return await().atMost(PATIENCE).until(() -> client.post(POST, batch).status(), status -> status != 503);
    }

    private void refused(List<byte[]> lines, int status, String path, Consumer<ObjectNode> change) {
        ObjectNode batch = batch("b-" + UUID.randomUUID(), lines, 1);
        change.accept(batch);
        IntakeClient.Answer answer = client.post(POST, batch);
        assertThat(answer.status()).as(batch.path("batch_id") + " " + answer.body()).isEqualTo(status);
        assertThat(answer.body().at("/error/details/path").asText()).isEqualTo(path);
    }

    /** A batch with the receipts as objects, numbered from {@code first}. */
    private ObjectNode batch(String id, List<byte[]> lines, long first) {
        ObjectNode batch = head(id, lines, first);
        var receipts = batch.putArray("receipts");
        lines.forEach(line -> receipts.addRawValue(new RawValue(text(line))));
        return batch;
    }

    /** A batch with the receipts as strings. */
    private ObjectNode strings(String id, List<byte[]> lines) {
        ObjectNode batch = head(id, lines, 1);
        var receipts = batch.putArray("receipts");
        lines.forEach(line -> receipts.add(text(line)));
        return batch;
    }

    private ObjectNode head(String id, List<byte[]> lines, long first) {
        ObjectNode batch = JsonNodeFactory.instance.objectNode().put("batch_id", id).put("tenant_id", tenant.value())
                .put("emitter_service", "courier").put("timestamp", "2026-11-21T12:00:00Z")
                .put("merkle_root", SmallTree.root(lines.stream().map(MerkleTree::leafHash).toList()).prefixed());
        var numbers = batch.putArray("sequence_numbers");
        LongStream.range(first, first + lines.size()).forEach(numbers::add);
        return batch;
    }

    private List<String> records() {
        return Files.isDirectory(ledger.evidence().resolve("courier")) ? ledger.lines("courier") : List.of();
    }

    private List<String> rows() {
        return LedgerView.column("SELECT (to_jsonb(b) - 'created_at')::text FROM app.courier_batches AS b WHERE tenant_id = '"
                + tenant + "' ORDER BY number");
    }

    private void deleteRows(String which) {
        LedgerView.execute("SET session_replication_role = replica; DELETE FROM app.courier_batches WHERE tenant_id = '" + tenant
                + "' AND " + which);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
