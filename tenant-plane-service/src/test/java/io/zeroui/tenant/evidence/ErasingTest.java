package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A ledger of one tenant out of which receipts are erased, and what is asked of it. */
abstract class ErasingTest {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String WHY = "{\"reason\":\"right to erasure\",\"case_id\":\"DSR-17\"}";

    @Inject
    LineErasure erasure;
    @Inject
    EvidenceStore store;
    @Inject
    EvidenceIndexer indexer;
    @Inject
    OpenLedgers open;

    final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    final LedgerView ledger = new LedgerView(tenant);
    final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    final EdgeStream edge = new EdgeStream();

    @AfterEach
    void noMoreCrashes() {
        ErasureCrashes.never(erasure);
    }

    List<String> send(int receipts) {
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

    /** The index of all tenants, from the files. */
    void rebuild() {
        List<String> tenants = LedgerView.column("SELECT tenant_id FROM app.ledger_watermarks");
        LedgerView.execute("TRUNCATE app.receipts_index, app.receipt_words, app.chain_heads, app.ledger_watermarks, app.ledger_acts,"
                + " app.erased_receipts, app.dropped_links");
        for (String one : tenants) {
            indexer.catchUp(open.get(TenantId.of(one))).await().atMost(PATIENCE);
        }
    }

    void awaitAcknowledged(long number) {
        await().atMost(PATIENCE).until(() -> edge.acknowledged().contains(number));
    }

    RequestSpecification ask() {
        return given().header("X-Tenant-Id", tenant.value());
    }

    static RequestSpecification as(String permission, TenantId of) {
        String wish = "{\"name\":\"test\",\"permissions\":[\"" + permission + "\"]"
                + (of == null ? "" : ",\"tenant_id\":\"" + of + "\"") + "}";
        String key = given().contentType("application/json").body(wish).post("/v1/credentials").then().statusCode(201).extract()
                .path("key");
        return given().header("Authorization", "Bearer " + key).contentType("application/json");
    }

    ValidatableResponse erase(String id) {
        return ask().contentType("application/json").body(WHY).post("/v1/evidence/receipts/" + id + "/erasure").then();
    }

    ValidatableResponse eraseAll(List<String> ids) {
        return ask().contentType("application/json").body(Map.of("receipt_ids", ids, "reason", "right to erasure"))
                .post("/v1/evidence/erasures").then();
    }

    String hold(String body) {
        return ask().contentType("application/json").body(body).post("/v1/evidence/holds").then().statusCode(201).extract()
                .path("hold_id");
    }

    ValidatableResponse release(String hold) {
        return ask().delete("/v1/evidence/holds/" + hold + "?reason=over").then();
    }

    List<String> words(long sequence) {
        return LedgerView.column("SELECT word FROM app.receipt_words WHERE tenant_id = '" + tenant + "' AND ledger_sequence = " + sequence);
    }

    List<String> found() {
        return found(100);
    }

    List<String> found(int limit) {
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

    JsonPath proof(String id) {
        return await().atMost(PATIENCE).until(() -> ask().get("/v1/evidence/receipts/" + id + "/proof"),
                answer -> answer.statusCode() == 200).jsonPath();
    }

    static Checkpoint checkpoint(JsonPath proof) {
        return Checkpoint.parse(SignedNote.parse(proof.getString("checkpoint").getBytes(StandardCharsets.UTF_8)).text());
    }

    static void assertProves(JsonPath proof) {
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
    void assertOnlyErased(List<String> before, int index) {
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
    static List<String> hits(String needle) {
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

    static String decoded(String line) {
        int begin = line.indexOf("\"line_base64\":\"") + "\"line_base64\":\"".length();
        return begin < "\"line_base64\":\"".length() ? ""
                : new String(Base64.getDecoder().decode(line.substring(begin, line.indexOf('"', begin))), StandardCharsets.ISO_8859_1);
    }

    static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String administrator() {
        return TestCredentials.administrator().keyId();
    }
}
