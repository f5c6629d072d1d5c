package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.EvidenceIndexed;
import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class EvidenceLedgerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private final LedgerView ledger = new LedgerView(tenant);

    @Test
    void receiptsAreStoredIndexedChainedAndAcknowledged() {
        List<byte[]> lines = emitter.decisions("core-api", 700);

        lines.forEach(line -> edge.send(tenant, line, emitter));

        awaitAcknowledged(700);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 700);
        assertThat(ledger.storedLines()).containsExactlyInAnyOrderElementsOf(lines.stream().map(this::text).toList());
        assertThat(ledger.journal()).hasSize(700);
        assertThat(ledger.brokenLinks()).isEmpty();
        assertThat(LedgerView.column("SELECT ledger_sequence FROM app.receipts_index WHERE tenant_id = '" + tenant
                + "' ORDER BY ledger_sequence"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 700).mapToObj(Long::toString).toList());
        await().atMost(PATIENCE).until(() -> edge.unsettled() == 0);
    }

    @Test
    void theStoredBytesAreReturnedAsTheyCame() {
        String id = SignedReceipts.newId();
        byte[] line = emitter.decision("core-api", id, receipt -> receipt.put("x_unknown", "kept ✓")
                .put("tenant_id", tenant.value()).put("emitter_service", "gatekeeper"));
        sendAndAwait(line);

        byte[] raw = given().accept("application/x-ndjson").get("/v1/evidence/receipts/" + id).then()
                .statusCode(200).contentType("application/x-ndjson").extract().asByteArray();
        assertThat(raw).isEqualTo(line);
        assertThat(given().get("/v1/evidence/receipts/{id}?raw=true", id).asByteArray()).isEqualTo(line);
        given().get("/v1/evidence/receipts/" + id).then().statusCode(200)
                .body("receipt.x_unknown", equalTo("kept ✓"))
                .body("index.ledger_sequence", equalTo(1))
                .body("index.chain_id", equalTo(tenant + ":ide:default:gatekeeper"))
                .body("index.signature_status", equalTo("verified"))
                .body("index.edge_id", equalTo(edge.edge));
        given().get("/v1/evidence/receipts/" + id + "/verify").then().statusCode(200)
                .body("valid", is(true)).body("hash_valid", is(true)).body("signature_valid", is(true))
                .body("chain_valid", is(true)).body("signature_verification_status", equalTo("verified"));
    }

    @Test
    void aChangedByteIsSeenByVerify() throws Exception {
        String id = SignedReceipts.newId();
        sendAndAwait(emitter.decision("core-api", id, receipt -> {
        }));
        var file = ledger.file("data");
        java.nio.file.Files.writeString(file,
                java.nio.file.Files.readString(file).replace("\"files_changed\":3", "\"files_changed\":4"));

        given().get("/v1/evidence/receipts/" + id + "/verify").then().statusCode(200)
                .body("valid", is(false)).body("hash_valid", is(false)).body("signature_valid", is(false))
                .body("chain_valid", is(false)).body("signature_verification_status", equalTo("failed"));
    }

    @Test
    void theSameReceiptSentAgainIsAcknowledgedAndStoredOnce() {
        byte[] line = emitter.decision("core-api");
        byte[] other = emitter.feedback("core-api", "fb-" + UUID.randomUUID(), SignedReceipts.newId());
        for (int i = 0; i < 5; i++) {
            edge.send(tenant, line, emitter);
            edge.send(tenant, other, emitter);
        }
        awaitAcknowledged(10);
        edge.send(tenant, line, emitter);

        awaitAcknowledged(11);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 2);
        assertThat(ledger.storedLines()).containsExactlyInAnyOrder(text(line), text(other));
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void ofTwoReceiptsWithOneIdTheFirstWinsAndTheOtherIsKeptAside() {
        String id = SignedReceipts.newId();
        byte[] first = emitter.decision("core-api", id, receipt -> {
        });
        byte[] second = emitter.decision("core-api", id, receipt -> receipt.put("degraded", true));
        edge.send(tenant, first, emitter);
        edge.send(tenant, second, emitter);

        awaitAcknowledged(2);
        assertThat(ledger.storedLines()).containsExactly(text(first));
        assertThat(ledger.deadLetters()).singleElement().asString().contains("\"reason\":\"CONFLICTING_DUPLICATE\"");
        edge.send(tenant, second, emitter);
        awaitAcknowledged(3);
        assertThat(ledger.storedLines()).containsExactly(text(first));
        assertThat(ledger.deadLetters()).hasSize(2);
    }

    @Test
    void whatIsRefusedIsKeptAsideWithItsReasonAndStopsNothing() {
        SignedReceipts stranger = SignedReceipts.withNewKey(emitter.kid().value());
        byte[] good = emitter.decision("core-api");
        edge.send(tenant, emitter.decision("core-api"), emitter);
        edge.send(tenant, SignedReceipts.withBrokenSignature(emitter.decision("core-api")), emitter);
        edge.send(tenant, stranger.decision("core-api"), stranger);
        edge.send(tenant, emitter.decision("core-api", SignedReceipts.newId(),
                receipt -> receipt.put("tenant_id", "somebody-else")), emitter);
        edge.send(tenant, "no json".getBytes(StandardCharsets.UTF_8), emitter);
        edge.send(tenant, emitter.decision("core-api", SignedReceipts.newId(),
                receipt -> receipt.withObject("/inputs").put("note", "mail to jane.doe@example.org")), emitter);
        SignedReceipts unknown = SignedReceipts.withNewKey("never-seen");
        edge.send(EdgeStream.event(unknown.decision("core-api")).withTenantId(tenant));
        edge.send(tenant, good, emitter);

        awaitAcknowledged(8);
        assertThat(ledger.storedLines()).hasSize(2).last().isEqualTo(text(good));
        assertThat(String.join("\n", ledger.deadLetters())).contains("SIGNATURE_INVALID", "KID_CONFLICT",
                "TENANT_MISMATCH", "NOT_JSON", "CONTAINS_PERSONAL_DATA", "KID_UNKNOWN");
        assertThat(ledger.deadLetters()).hasSize(6);
        assertThat(ledger.trust().resolve(emitter.kid().value() + ".pem")).exists();
    }

    @Test
    void whatBelongsToNobodyGoesToTheDeadLetterStream() {
        byte[] line = emitter.decision("core-api");
        edge.send(EdgeStream.event(line));

        awaitAcknowledged(1);
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(edge.stream(edge.deadLetterKey()).toString())
                        .contains("TENANT_ID_MISSING", edge.edge));
    }

    @Test
    void aReceiptOfSeveralTenantsIsFoundOnlyWithItsTenant() {
        TenantId other = TenantId.of("t-" + UUID.randomUUID());
        String id = SignedReceipts.newId();
        byte[] line = emitter.decision("core-api", id, receipt -> {
        });
        sendAndAwait(line);
        edge.send(other, line, emitter);
        await().atMost(PATIENCE).until(() -> new LedgerView(other).indexed().size() == 1);

        given().get("/v1/evidence/receipts/" + id).then().statusCode(409)
                .contentType(containsString("application/problem+json"))
                .body("detail", containsString("X-Tenant-Id"));
        given().header("X-Tenant-Id", other.value()).get("/v1/evidence/receipts/" + id).then().statusCode(200)
                .body("index.tenant_id", equalTo(other.value()));
        given().header("X-Tenant-Id", "nobody").get("/v1/evidence/receipts/" + id).then().statusCode(404)
                .body("error.code", equalTo("RESOURCE_NOT_FOUND"));
        given().get("/v1/evidence/receipts/not an id").then().statusCode(400)
                .body("error.code", equalTo("VALIDATION_ERROR"));
    }

    @Test
    void theProductPlaneIsToldMetadataOfEveryReceiptAndNothingElse() {
        byte[] line = emitter.decision("core-api");
        sendAndAwait(line);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).hasSize(1));
        EvidenceItem item = told().get(0);
        assertThat(item.ledgerSequence()).isEqualTo(1);
        assertThat(item.status()).isEqualTo("pass");
        assertThat(edge.stream("zeroui:tenant-evidence").toString()).doesNotContain("rationale", "deny list");
    }

    @Test
    void theProductPlaneIsToldWhichPoliciesWereActiveAndThatADecisionWasOverriddenButNotByWhom() throws Exception {
        sendAndAwait(emitter.decision("core-api", SignedReceipts.newId(), receipt -> {
            receipt.putArray("policy_version_ids").add("licences-1.0").add("what people call it").add("secrets-2.1-r1");
            receipt.putObject("override").put("reason", "the release of today").put("approver", "lead-7").put("timestamp", Instant.now().toString());
        }));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).hasSize(1));
        assertThat(told().get(0).policyVersionIds()).containsExactly("licences-1.0", "secrets-2.1-r1");
        assertThat(told().get(0).overridden()).isTrue();
        assertThat(edge.stream("zeroui:tenant-evidence").toString()).doesNotContain("lead-7", "release of today", "what people");
    }

    @Test
    void theServingLoginCannotChangeOrRemoveLedgerRows() throws Exception {
        sendAndAwait(emitter.decision("core-api"));
        RealRuntime runtime = RealRuntime.with(RuntimePart.TENANT);

        try (Connection serving = RealRuntime.connect(runtime.databaseUrl(Plane.TENANT));
                Connection owner = RealRuntime.connect(runtime.migrationUrl(Plane.TENANT))) {
            for (String sql : List.of("UPDATE app.receipts_index SET hash = prev_hash", "DELETE FROM app.receipts_index",
                    "TRUNCATE app.receipts_index", "CREATE TABLE app.mine (id int)", "DROP TABLE app.receipts_index")) {
                assertThatThrownBy(() -> serving.createStatement().execute(sql)).as(sql)
                        .hasMessageContaining("permission denied|must be owner".split("\\|")[sql.startsWith("DROP") ? 1 : 0]);
            }
            assertThat(owner.createStatement().executeUpdate("DELETE FROM app.receipts_index")).as("of nobody").isZero();
            for (Connection connection : List.of(serving, owner)) {
                connection.createStatement().execute("SET app.current_tenant_id = '" + tenant + "'");
            }
            assertThatThrownBy(() -> owner.createStatement().execute("DELETE FROM app.receipts_index"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> owner.createStatement().execute("UPDATE app.receipts_index SET kid = 'x'"))
                    .hasMessageContaining("append-only");
            assertThat(serving.createStatement().executeUpdate("UPDATE app.receipts_index "
                    + "SET signature_status = signature_status WHERE tenant_id = '" + tenant + "'")).isEqualTo(1);
        }
    }

    private List<EvidenceItem> told() {
        return edge.stream("zeroui:tenant-evidence").stream()
                .map(fields -> EventJson.read(fields.get("data").getBytes(StandardCharsets.UTF_8), EvidenceIndexed.class))
                .filter(indexed -> indexed.tenantId().equals(tenant.value()))
                .flatMap(indexed -> indexed.items().stream())
                .distinct()
                .toList();
    }

    private void sendAndAwait(byte[] line) {
        int before = ledger.indexed().size();
        edge.send(tenant, line, emitter);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == before + 1);
    }

    private void awaitAcknowledged(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.acknowledged()).hasSize(count));
    }

    private String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
