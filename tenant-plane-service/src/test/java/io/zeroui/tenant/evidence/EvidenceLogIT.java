package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.ledger.Salt;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.EntryBundle;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.RightEdge;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The Merkle log as an auditor sees it: over HTTP, with no trust but in the log's key. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class EvidenceLogIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();

    @Test
    void everyReceiptIsInTheLogAndCanBeProvedByStrangers() throws NotVerified {
        List<byte[]> lines = emitter.decisions("core-api", 600);
        lines.forEach(line -> edge.send(tenant, line, emitter));
        Checkpoint checkpoint = awaitSize(600);

        assertThat(RightEdge.open(this::tile, 600, checkpoint.rootHash()).rootHash()).isEqualTo(checkpoint.rootHash());
        for (byte[] line : List.of(lines.get(0), lines.get(255), lines.get(599))) {
            assertProved(line);
        }
        byte[] bundle = tile(new TilePath(TilePath.ENTRIES, 1, 256));
        assertThat(EntryBundle.decode(bundle, 256)).allSatisfy(entry -> assertThatCode(() -> LogEntry.read(entry)).doesNotThrowAnyException());
        assertThat(new String(bundle, StandardCharsets.ISO_8859_1)).doesNotContain("receipt", "core-api", "gate");
    }

    @Test
    void aLogOnlyGrows() throws NotVerified {
        emitter.decisions("core-api", 10).forEach(line -> edge.send(tenant, line, emitter));
        Checkpoint before = awaitSize(10);
        emitter.decisions("web-shop", 300).forEach(line -> edge.send(tenant, line, emitter));
        Checkpoint after = awaitSize(310);

        JsonPath proof = log("/consistency?from=10").then().statusCode(200).extract().jsonPath();

        assertThat(proof.getLong("to")).isEqualTo(310);
        MerkleTree.verifyConsistency(10, before.rootHash(), 310, after.rootHash(),
                proof.getList("proof", String.class).stream().map(EvidenceLogIT::hash).toList());
        log("/consistency?from=311").then().statusCode(400).body("error.code", equalTo("VALIDATION_ERROR"));
        log("/consistency?from=-1&to=3").then().statusCode(400);
        log("/consistency?from=3&to=311").then().statusCode(400);
    }

    @Test
    void whatTheLogDoesNotHaveIsSaidToBeMissing() {
        emitter.decisions("core-api", 3).forEach(line -> edge.send(tenant, line, emitter));
        awaitSize(3);

        log("/tile/0/000.p/3").then().statusCode(200).header("Cache-Control", containsString("immutable"));
        log("/tile/0/000").then().statusCode(404).body("error.code", equalTo("RESOURCE_NOT_FOUND"));
        log("/tile/0/001").then().statusCode(404);
        for (String path : List.of("/tile/64/000", "/tile/0/0", "/tile/0/000.p/256", "/tile/entries/000.p/0", "/tile/0/x001",
                "/tile/0/000.p/..%2F..%2Fcheckpoint", "/tile/..%2F..%2Fdata")) {
            given().urlEncodingEnabled(false).get("/v1/evidence/logs/" + tenant + path).then().statusCode(400)
                    .body("error.code", equalTo("VALIDATION_ERROR"));
        }
        given().get("/v1/evidence/logs/t-{id}/checkpoint", UUID.randomUUID().toString()).then().statusCode(404);
        given().get("/v1/evidence/logs/{name}/checkpoint", "Not-A-Tenant").then().statusCode(400);
    }

    @Test
    void aLogThatLostItsCheckpointIsBuiltAgainTheSame() throws IOException {
        emitter.decisions("core-api", 300).forEach(line -> edge.send(tenant, line, emitter));
        awaitSize(300);
        String first = checkpoint();
        LedgerView ledger = new LedgerView(tenant);
        TenantId copy = TenantId.of("t-" + UUID.randomUUID());
        copyLedger(ledger.evidence(), new LedgerView(copy).evidence());
        copyLedger(ledger.trust(), new LedgerView(copy).trust());

        edge.send(copy, emitter.decision("core-api"), emitter);
        await().atMost(PATIENCE).until(() -> size(copy) == 301);

        Checkpoint grown = Checkpoint.parse(SignedNote.parse(note(copy)).text());
        assertThat(grown.size()).isEqualTo(301);
        assertThat(EntryBundle.decode(tile(copy, new TilePath(TilePath.ENTRIES, 0, 256)), 256).get(17))
                .isEqualTo(EntryBundle.decode(tile(new TilePath(TilePath.ENTRIES, 0, 256)), 256).get(17));
        assertThat(checkpoint()).isEqualTo(first);
    }

    @Test
    void aCheckpointThatNoCrashLeavesStopsTheLogAndNoReceipt() throws IOException {
        Path checkpoint = new LedgerView(tenant).evidence().resolve("log/checkpoint");
        Files.createDirectories(checkpoint.getParent());
        Files.writeString(checkpoint, "zeroui.local/evidence/local/" + tenant + "\n1\n" + "A".repeat(43) + "=\n\n— x AAAAAAAA\n");
        long broken = given().get("/v1/status").jsonPath().getLong("logs_broken");
        byte[] line = emitter.decision("core-api");

        edge.send(tenant, line, emitter);

        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).indexed().size() == 1);
        await().atMost(PATIENCE).until(() -> given().get("/v1/status").jsonPath().getLong("logs_broken") == broken + 1);
        given().get("/v1/evidence/receipts/" + id(line) + "/proof").then().statusCode(409)
                .body("error.code", equalTo("CHAIN_INTEGRITY_FAILED"));
        assertThat(Files.readString(checkpoint)).contains("AAAAAAAA");
    }

    private void assertProved(byte[] line) throws NotVerified {
        JsonPath proof = given().get("/v1/evidence/receipts/{id}/proof", id(line)).then().statusCode(200).extract().jsonPath();
        SignedNote note = SignedNote.parse(proof.getString("checkpoint").getBytes(StandardCharsets.UTF_8));
        assertThat(note.verify(List.of(key()))).hasSize(1);
        Checkpoint signed = Checkpoint.parse(note.text());
        byte[] entry = Base64.getDecoder().decode(proof.getString("entry"));
        Commitment commitment = new Commitment(Salt.parse(proof.getString("salt")), LogEntry.read(entry).commitment());
        assertThat(commitment.isTo(line)).isTrue();
        assertThat(proof.getLong("tree_size")).isEqualTo(signed.size());
        MerkleTree.verifyInclusion(MerkleTree.leafHash(entry), proof.getLong("leaf_index"), signed.size(),
                proof.getList("proof", String.class).stream().map(EvidenceLogIT::hash).toList(), signed.rootHash());
    }

    private Checkpoint awaitSize(long size) {
        await().atMost(PATIENCE).until(() -> size(tenant) == size);
        return Checkpoint.parse(SignedNote.parse(note(tenant)).text());
    }

    private static long size(TenantId of) {
        var response = given().get("/v1/evidence/logs/{tenant}/checkpoint", of.value());
        return response.statusCode() == 404 ? 0
                : Checkpoint.parse(SignedNote.parse(response.asByteArray()).text()).size();
    }

    private static byte[] note(TenantId of) {
        return given().get("/v1/evidence/logs/{tenant}/checkpoint", of.value()).asByteArray();
    }

    private String checkpoint() {
        return new String(note(tenant), StandardCharsets.UTF_8);
    }

    private VerifierKey key() {
        return VerifierKey.parse(log("/vkey").then().statusCode(200).extract().asString().strip());
    }

    private byte[] tile(TilePath path) {
        return tile(tenant, path);
    }

    private static byte[] tile(TenantId of, TilePath path) {
        return given().urlEncodingEnabled(false).get("/v1/evidence/logs/" + of + "/" + path.path()).then().statusCode(200)
                .extract().asByteArray();
    }

    private io.restassured.response.Response log(String path) {
        return given().urlEncodingEnabled(false).get("/v1/evidence/logs/" + tenant + path);
    }

    private static Hash hash(String base64) {
        return new Hash(Base64.getDecoder().decode(base64));
    }

    private static String id(byte[] line) {
        return JsonPath.from(new String(line, StandardCharsets.UTF_8)).getString("receipt_id");
    }

    /** Without its log. */
    private static void copyLedger(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!from.relativize(file).startsWith("log")) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }
}
