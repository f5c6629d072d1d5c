package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.jerolba.carpet.CarpetReader;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.export.format.CsvText;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported is what the ledger has, in every format. */
@QuarkusTest
@Timeout(240)
@TestProfile(ExportProfile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class EvidenceExportIT {

    private static final long SEED = Long.getLong("export.seed", System.nanoTime());

    private final ExportClient client = new ExportClient();
    private final Random random = new Random(SEED);
    private final RandomReceipts source = new RandomReceipts(random, client.emitter);
    @TempDir
    Path folder;

    @Test
    void linesAreTheStoredOnesInTheLedgersOrderWithEveryFilter() {
        sendRandom(130);
        SearchModel model = new SearchModel(client.ledger);
        Map<String, String> lines = linesById();
        JsonPath all = client.export(Map.of());
        assertThat(all.getLong("rows")).isEqualTo(130);
        assertThat(all.getLong("ledger_sequence")).isEqualTo(130);
        assertThat(all.getString("format")).isEqualTo("jsonl");
        assertThat(all.getInt("progress.percent")).isEqualTo(100);
        byte[] file = client.file(all.getString("export_id"));
        assertThat(all.getString("sha256")).isEqualTo(Hash.of(file).prefixed());
        assertThat(all.getLong("bytes")).isEqualTo(file.length);
        assertThat(text(file)).isEqualTo(joined(model.receipts, lines));

        for (String filter : List.of("status", "gate_id", "repo_id", "kind", "policy_version_id", "chain_id", "severity")) {
            String value = model.receipts.stream().map(one -> one.one(filter)).filter(one -> one != null).findFirst().orElseThrow();
            SearchModel.Receipt middle = model.receipts.get(random.nextInt(model.receipts.size()));
            Map<String, Object> wish = new HashMap<>(Map.of(filter, value));
            wish.put(random.nextBoolean() ? "from" : "to", middle.time().toString());
            JsonPath some = client.export(wish);
            assertThat(text(client.file(some.getString("export_id")))).as("seed %d: %s", SEED, wish)
                    .isEqualTo(joined(model.matching(wish), lines));
            assertThat(some.getMap("filters")).containsEntry(filter, value);
            client.ask().delete(ExportClient.PATH + "/" + some.getString("export_id")).then().statusCode(204);
        }
    }

    @Test
    void csvAndParquetHaveTheColumnsOfTheIndexEqualToTheAnswersOfTheSearch() throws IOException {
        sendRandom(95);
        for (String gate : List.of("=1+2", "@SUM(A1)", "-2", "+2", "a\"b,c", "=HYPERLINK(\"http://x.example\",\"y\")")) {
            client.send(client.emitter.decision("core-api", SignedReceipts.newId(), receipt -> receipt.put("gate_id", gate)));
        }
        await().atMost(ExportClient.PATIENCE).until(() -> client.ledger.indexed().size() == 101);
        List<Map<String, Object>> items = new ArrayList<>(client.ask().contentType("application/json").body(Map.of("limit", 500))
                .post("/v1/evidence/search").then().statusCode(200).extract().jsonPath().<Map<String, Object>> getList("items"));
        items.sort((one, other) -> Long.compare(((Number) one.get("ledger_sequence")).longValue(),
                ((Number) other.get("ledger_sequence")).longValue()));

        JsonPath csv = client.export(Map.of("format", "csv", "compression", "gzip"));
        List<List<String>> rows = CsvText.parse(text(ExportClient.unzipped(client.file(csv.getString("export_id")))));
        List<String> header = rows.get(0);
        items.forEach(item -> assertThat(header).doesNotHaveDuplicates().containsAll(item.keySet()));
        assertThat(rows).hasSize(102);
        for (int i = 0; i < items.size(); i++) {
            List<String> cells = rows.get(i + 1);
            assertThat(cells).hasSameSizeAs(header);
            for (int column = 0; column < header.size(); column++) {
                assertThat(cells.get(column)).as(header.get(column)).isEqualTo(cell(items.get(i).get(header.get(column))));
            }
        }

        JsonPath parquet = client.export(Map.of("format", "parquet"));
        Path file = Files.write(folder.resolve("r.parquet"), client.file(parquet.getString("export_id")));
        List<Map<String, Object>> read = parquet(file);
        assertThat(read).hasSize(101);
        for (int i = 0; i < items.size(); i++) {
            assertThat(read.get(i)).containsOnlyKeys(header);
            for (String name : header) {
                assertThat(String.valueOf(read.get(i).get(name))).as(name).isEqualTo(String.valueOf(items.get(i).get(name)));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> parquet(Path file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<?, ?> row : new CarpetReader<>(file.toFile(), Map.class).toList()) {
            rows.add((Map<String, Object>) row);
        }
        return rows;
    }

    @Test
    void allRowsAreOfOneMomentWhileReceiptsComeIn() {
        client.send(60);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                client.send(source.next());
                pause();
            }
        });
        List<JsonPath> exports = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                exports.add(client.export(i % 2 == 0 ? Map.of() : Map.of("repo_id", "core-api", "compression", "gzip")));
            }
        } finally {
            done.set(true);
        }
        writer.join();
        await().atMost(ExportClient.PATIENCE).until(() -> client.ledger.journal().size() == client.ledger.indexed().size());
        SearchModel model = new SearchModel(client.ledger);
        Map<String, String> lines = linesById();
        for (JsonPath export : exports) {
            long pin = export.getLong("ledger_sequence");
            byte[] file = client.file(export.getString("export_id"));
            List<SearchModel.Receipt> expected = model.matching(export.getMap("filters")).stream()
                    .filter(receipt -> receipt.sequence() <= pin).toList();
            assertThat(text(export.getString("compression").equals("gzip") ? ExportClient.unzipped(file) : file))
                    .isEqualTo(joined(expected, lines));
        }
        assertThat(exports.get(3).getLong("ledger_sequence")).isGreaterThan(exports.get(0).getLong("ledger_sequence"));
    }

    @Test
    void anEmptyExportIsAFileWithoutRows() throws IOException {
        client.send(1);
        JsonPath none = client.export(Map.of("gate_id", "nobody-has-it"));
        assertThat(none.getLong("rows")).isZero();
        assertThat(client.file(none.getString("export_id"))).isEmpty();
        JsonPath csv = client.export(Map.of("gate_id", "nobody-has-it", "format", "csv"));
        assertThat(CsvText.parse(text(client.file(csv.getString("export_id"))))).hasSize(1);
        JsonPath parquet = client.export(Map.of("gate_id", "nobody-has-it", "format", "parquet"));
        Path file = Files.write(folder.resolve("e.parquet"), client.file(parquet.getString("export_id")));
        assertThat(parquet(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"format\":\"xml\"}", "{\"format\":7}", "{\"format\":\"JSONL\"}", "{\"compression\":\"zip\"}",
            "{\"format\":\"parquet\",\"compression\":\"gzip\"}", "{\"unknown\":1}", "{\"limit\":1}", "{\"from\":\"monday\"}",
            "{\"status\":\"maybe\"}", "{\"format\":\"csv\",\"format\":\"csv\"}"})
    void whatIsNotValidIsRefusedAndBeginsNothing(String body) {
        RegistryPlane.ensure(client.tenant);
        client.ask().contentType("application/json").body(body).post(ExportClient.PATH).then().statusCode(400)
                .contentType("application/problem+json").body("error.code", equalTo("VALIDATION_ERROR"));
        client.ask().get(ExportClient.PATH).then().statusCode(200).body("items.size()", equalTo(0));
    }

    @Test
    void onlyTheTenantItselfSeesItsExportsAndOnlyWithThePermission() {
        client.send(1);
        String id = client.export(Map.of()).getString("export_id");
        TenantId stranger = TenantId.of("t-" + UUID.randomUUID());
        RegistryPlane.ensure(stranger);
        String theirs = key("evidence:export", stranger);
        String reader = key("evidence:read", client.tenant);
        String own = key("evidence:export", client.tenant);
        for (String path : List.of("/" + id, "/" + id + "/file")) {
            with(theirs).get(ExportClient.PATH + path).then().statusCode(404).body("error.code", equalTo("RESOURCE_NOT_FOUND"));
            with(theirs).header("X-Tenant-Id", client.tenant.value()).get(ExportClient.PATH + path).then().statusCode(403);
            with(reader).get(ExportClient.PATH + path).then().statusCode(403);
            with(own).get(ExportClient.PATH + path).then().statusCode(200);
        }
        with(theirs).delete(ExportClient.PATH + "/" + id).then().statusCode(404);
        with(theirs).get(ExportClient.PATH).then().statusCode(200).body("items.size()", equalTo(0));
        with(reader).contentType("application/json").body("{}").post(ExportClient.PATH).then().statusCode(403);
        given().header("X-Tenant-Id", "t-nobody-knows").contentType("application/json").body("{}").post(ExportClient.PATH).then()
                .statusCode(404);
        for (String odd : List.of("..%2F..%2Fx", UUID.randomUUID().toString(), "x", id.toUpperCase(java.util.Locale.ROOT))) {
            client.ask().urlEncodingEnabled(false).get(ExportClient.PATH + "/" + odd).then().statusCode(404);
            client.ask().urlEncodingEnabled(false).get(ExportClient.PATH + "/" + odd + "/file").then().statusCode(404);
        }
    }

    @Test
    void requestRunAndDownloadLeaveRecords() {
        client.send(3);
        String id = client.export(Map.of("repo_id", "core-api", "format", "csv")).getString("export_id");
        assertThat(client.file(id)).isNotEmpty();
        String url = client.get(id).getString("url");
        assertThat(client.bare(url).statusCode()).isEqualTo(200);
        await().atMost(ExportClient.PATIENCE).untilAsserted(() -> assertThat(LedgerView.column(
                "SELECT action || ' ' || target || ' ' || results FROM access.evidence_reads WHERE tenant_id = '" + client.tenant
                        + "' AND subject LIKE 'key:%'")).contains("export csv none repo_id=core-api 0",
                                "export_run " + id + " csv none repo_id=core-api 3", "export_download " + id + " 3"));
        await().atMost(ExportClient.PATIENCE).untilAsserted(() -> assertThat(LedgerView.column(
                "SELECT action FROM access.evidence_reads WHERE subject = 'link:" + id + "'")).containsExactly("export_download"));
    }

    @Test
    void pagesOfTheListNeitherSkipNorRepeatAndARemovedExportIsGone() {
        client.send(1);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(0, client.begin(Map.of()));
        }
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = client.ask().get(ExportClient.PATH + "?limit=3" + cursor).then().statusCode(200).extract().jsonPath();
            listed.addAll(page.getList("items.export_id"));
            cursor = page.getString("next_cursor") == null ? "" : "&cursor=" + page.getString("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(listed).isEqualTo(ids);
        for (String wrong : List.of("limit=0", "limit=101", "limit=x", "cursor=x")) {
            client.ask().get(ExportClient.PATH + "?" + wrong).then().statusCode(400);
        }

        for (String id : ids) {
            client.ask().delete(ExportClient.PATH + "/" + id).then().statusCode(204);
            client.ask().delete(ExportClient.PATH + "/" + id).then().statusCode(404);
            client.ask().get(ExportClient.PATH + "/" + id).then().statusCode(404);
            assertThat(client.folder(id)).doesNotExist();
        }
    }

    @Test
    void theAnswerSaysWhereToLook() {
        RegistryPlane.ensure(client.tenant);
        var begun = client.begun(Map.of("status", "pass")).then().statusCode(202).body("state", equalTo("queued"))
                .body("filters.status", equalTo("pass")).body("requested_by", containsString("key:"));
        String id = begun.extract().path("export_id");
        begun.header("Location", containsString(ExportClient.PATH + "/" + id)).body("links.self", equalTo(ExportClient.PATH + "/" + id));
        JsonPath done = client.whenIs("done", id);
        assertThat(done.getString("links.file")).isEqualTo(ExportClient.PATH + "/" + id + "/file");
        assertThat(done.getLong("ledger_sequence")).isZero();
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendRandom(int count) {
        for (int i = 0; i < count; i++) {
            client.send(source.next());
        }
        await().atMost(ExportClient.PATIENCE).until(() -> client.ledger.indexed().size() == count);
    }

    private Map<String, String> linesById() {
        Map<String, String> lines = new HashMap<>();
        client.ledger.storedLines().forEach(line -> lines.put(SearchModel.json(line).path(
                SearchModel.json(line).has("receipt_id") ? "receipt_id" : "feedback_id").asText(), line));
        return lines;
    }

    private static String joined(List<SearchModel.Receipt> receipts, Map<String, String> lines) {
        StringBuilder text = new StringBuilder();
        receipts.forEach(receipt -> text.append(lines.get(receipt.id())).append('\n'));
        return text.toString();
    }

    private static String cell(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list) {
            return IntakeClient.json(new String(IntakeClient.bytes(new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(list)),
                    StandardCharsets.UTF_8)).toString();
        }
        String text = value.toString();
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String key(String permission, TenantId of) {
        return given().contentType("application/json")
                .body("{\"name\":\"test\",\"permissions\":[\"" + permission + "\"],\"tenant_id\":\"" + of + "\"}").post("/v1/credentials")
                .then().statusCode(201).extract().path("key");
    }

    private static io.restassured.specification.RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
