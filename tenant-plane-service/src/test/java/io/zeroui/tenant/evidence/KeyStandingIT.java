package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How receipts stand when the files of the key that signed them change, and that nothing else changes with them. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class KeyStandingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private final KeyFolder keys = new KeyFolder(tenant, emitter);

    @Test
    void aRevocationInAFileCountsForWhatWasTakenInSinceAndForNobodyElse() throws IOException {
        TenantId other = TenantId.of("o-" + UUID.randomUUID());
        send(tenant, 12);
        send(other, 3);
        Instant since = between();
        send(tenant, 5);
        String outbox = LedgerView.column("SELECT COALESCE(max(sequence), 0) FROM app.outbox").get(0);

        keys.write(keys.plain().revoked(new Revocation(Instant.now(), since, "stolen")));

        keys.awaitStanding("verified signature_valid", 12, "kid_revoked kid_revoked", 5);
        assertThat(new KeyFolder(other, emitter).standing()).containsOnly("verified signature_valid");
        assertThat(LedgerView.column("SELECT COALESCE(max(sequence), 0) FROM app.outbox").get(0))
                .as("nobody is told of receipts anew: the product plane counts receipts, not standings").isEqualTo(outbox);
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json")
                .body("{\"signature_status\":\"kid_revoked\"}").post("/v1/evidence/search").then().statusCode(200)
                .body("items", hasSize(5)).body("items[0].signature_reason", equalTo("kid_revoked"));
        String last = new LedgerView(tenant).indexed().get(16);
        given().header("X-Tenant-Id", tenant.value()).get("/v1/evidence/receipts/" + last + "/verify").then().statusCode(200)
                .body("valid", is(false)).body("hash_valid", is(true)).body("chain_valid", is(true))
                .body("signature_verification_status", equalTo("kid_revoked"));

        edge.send(tenant, emitter.decision("core-api"), emitter);
        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).deadLetters().size() == 1);
        assertThat(new LedgerView(tenant).deadLetters().get(0)).contains("KID_REVOKED");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.stream("zeroui:tenant-keys:_:" + edge.edge))
                .anySatisfy(entry -> assertThat(entry.toString()).contains("stolen", emitter.kid().value())));

        keys.write(keys.plain());
        keys.awaitStanding("verified signature_valid", 17);
    }

    @Test
    void aKeyIsBelievedWithinItsTimeOnly() throws IOException {
        send(tenant, 3);
        Instant later = Instant.now().plus(Duration.ofHours(1));

        keys.write(new KeyDocument(emitter.kid(), null, later, null, null, null, null));
        keys.awaitStanding("failed kid_not_yet_valid", 3);
        keys.write(new KeyDocument(emitter.kid(), null, null, later.minus(Duration.ofHours(2)), null, null, null));
        keys.awaitStanding("failed kid_expired", 3);
        keys.write(new KeyDocument(emitter.kid(), null, null, later, null, null, null));
        keys.awaitStanding("verified signature_valid", 3);
    }

    @Test
    void aKeyThatGoesComesOrIsExchangedIsNamed() throws IOException {
        send(tenant, 4);
        await().atMost(PATIENCE).until(() -> Files.exists(keys.document()));
        byte[] own = Files.readAllBytes(keys.pem());

        Files.delete(keys.pem());
        keys.awaitStanding("kid_unknown kid_unknown", 4);
        Files.writeString(keys.pem(), SpkiPem.write(Ed25519.newKeyPair().publicKey()));
        keys.awaitStanding("kid_unknown kid_swapped", 4);
        Files.write(keys.pem(), own);
        keys.awaitStanding("verified signature_valid", 4);
        Files.writeString(keys.document(), "{\"v\":1,\"kid\":");
        keys.awaitStanding("kid_unknown kid_document_damaged", 4);
        Files.delete(keys.document());
        keys.awaitStanding("verified signature_valid", 4);
        await().atMost(PATIENCE).until(() -> Files.exists(keys.document()));
    }

    /** Looks come every two seconds, so most of these keys are gone at the first. */
    @RepeatedTest(3)
    void aKeyThatIsGoneBeforeItWasLookedAtForTheFirstTimeIsNamed() throws IOException {
        send(tenant, 2);
        Files.delete(keys.pem());
        keys.awaitStanding("kid_unknown kid_unknown", 2);
    }

    @Test
    void aLineThatLostItsSignatureIsSaidToHaveNone() throws IOException {
        send(tenant, 2);
        Path file = new LedgerView(tenant).file("data");
        List<String> lines = Files.readAllLines(file);
        String first = lines.get(0);
        int member = first.indexOf(",\"signature\":");
        String without = first.substring(0, member) + "}" + " ".repeat(first.length() - member - 1);
        Files.writeString(file, without + "\n" + lines.get(1) + "\n");

        keys.write(keys.plain().revoked(new Revocation(Instant.now(), Instant.now().minusSeconds(3_600), "lost")));

        keys.awaitStanding("not_present signature_missing", 1, "kid_revoked kid_revoked", 1);
    }

    @Test
    void everyReceiptThatIsWrittenWhileItsKeyIsRevokedStandsAsTheRuleSays() throws Exception {
        send(tenant, 10);
        Instant since = between();
        Thread sender = new Thread(() -> emitter.decisions("core-api", 1_500).forEach(line -> edge.send(tenant, line, emitter)));
        sender.start();
        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).indexed().size() > 200);

        keys.write(keys.plain().revoked(new Revocation(Instant.now(), since, "stolen")));
        sender.join();

        await().atMost(PATIENCE).until(() -> edge.acknowledged().size() == 1_510);
        LedgerView ledger = new LedgerView(tenant);
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == ledger.journal().size());
        assertThat(ledger.journal().size() + ledger.deadLetters().size()).isEqualTo(1_510);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(LedgerView.column("SELECT count(*) FROM app.receipts_index"
                + " WHERE tenant_id = '" + tenant + "' AND (signature_status = 'kid_revoked') <> (received_at >= '" + since + "')"))
                .containsExactly("0"));
        keys.awaitSettled();
        assertThat(keys.standing().stream().filter("verified signature_valid"::equals)).hasSize(10);
    }

    /** As a crash between two steps leaves it: a part is judged, and it is noted which. */
    @Test
    void whatWasBegunIsGoneOnWithWhereItEnded() throws IOException {
        send(tenant, 30);
        keys.write(keys.plain().revoked(new Revocation(Instant.now(), Instant.now().minusSeconds(3_600), "lost")));
        keys.awaitStanding("kid_revoked kid_revoked", 30);
        keys.awaitSettled();

        LedgerView.execute("UPDATE app.receipts_index SET signature_status = 'verified' WHERE tenant_id = '" + tenant
                + "' AND (ledger_sequence > 20 OR ledger_sequence = 4)");
        LedgerView.execute("UPDATE app.key_evaluations SET evaluated_to = 20 WHERE tenant_id = '" + tenant + "'");

        keys.awaitSettled();
        assertThat(LedgerView.column("SELECT ledger_sequence FROM app.receipts_index WHERE tenant_id = '" + tenant
                + "' AND signature_status = 'verified'")).as("what was done before is not done again").containsExactly("4");
    }

    @Test
    void aRebuildFromTheFilesGivesTheSameStandings() throws IOException {
        send(tenant, 8);
        Instant since = between();
        send(tenant, 4);
        keys.write(keys.plain().revoked(new Revocation(Instant.now(), since, "stolen")));
        keys.awaitStanding("verified signature_valid", 8, "kid_revoked kid_revoked", 4);

        TenantId copy = TenantId.of("c-" + UUID.randomUUID());
        KeyFolder.copy(new LedgerView(tenant).evidence(), new LedgerView(copy).evidence());
        KeyFolder.copy(new LedgerView(tenant).trust(), new LedgerView(copy).trust());
        SignedReceipts other = SignedReceipts.withNewKey("kid-other");
        edge.send(copy, other.decision("core-api"), other);

        await().atMost(PATIENCE).until(() -> new LedgerView(copy).indexed().size() == 13);
        assertThat(new KeyFolder(copy, emitter).standing().subList(0, 12)).isEqualTo(keys.standing());
    }

    @Test
    void signaturesAreCheckedOnTheWorkersAndNeverOnAnEventLoop() throws IOException {
        send(tenant, 1);
        String id = new LedgerView(tenant).indexed().get(0);
        List<byte[]> lines = emitter.decisions("core-api", 4_000);
        try (CheckingThreads threads = new CheckingThreads()) {
            lines.forEach(line -> edge.send(tenant, line, emitter));
            await().atMost(PATIENCE).until(() -> edge.acknowledged().size() == 4_001);
            for (int i = 0; i < 50; i++) {
                given().header("X-Tenant-Id", tenant.value()).get("/v1/evidence/receipts/" + id + "/verify").then().statusCode(200);
            }
            keys.write(keys.plain().revoked(new Revocation(Instant.now(), Instant.now().minusSeconds(3_600), "lost")));
            keys.awaitStanding("kid_revoked kid_revoked", 4_001);

            assertThat(threads.names()).isNotEmpty().allMatch(name -> name.startsWith("evidence-"));
        }
    }

    private Instant between() {
        Instant last = Instant.parse(LedgerView.column("SELECT to_char(max(received_at) AT TIME ZONE 'UTC',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM app.receipts_index WHERE tenant_id = '" + tenant + "'").get(0));
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(last.plusMillis(20)));
        return last.plusMillis(10);
    }

    private void send(TenantId to, int count) {
        int before = new LedgerView(to).indexed().size();
        for (byte[] line : emitter.decisions("core-api", count)) {
            long number = edge.send(to, line, emitter);
            assertThat(new String(line, StandardCharsets.UTF_8)).as("number %d", number).contains(emitter.kid().value());
        }
        await().atMost(PATIENCE).until(() -> new LedgerView(to).indexed().size() == before + count);
    }
}
