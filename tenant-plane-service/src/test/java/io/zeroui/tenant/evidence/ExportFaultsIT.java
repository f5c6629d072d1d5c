package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.export.ExportSteps;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can go wrong with exports, as ADR 0029 lists it. */
@QuarkusTest
@Timeout(240)
@TestProfile(ExportProfile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class ExportFaultsIT {

    private static final String WHY = "{\"reason\":\"right to erasure\"}";
    /** Steps of an export of two pages: opened, two pages, sealed, renamed, said to be done. */
    private static final int STEPS = 6;

    private final ExportClient client = new ExportClient();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void noMoreFaults() {
        held.countDown();
        ExportSteps.never();
    }

    @Test
    void aCrashBetweenAnyTwoStepsIsFollowedByAWholeFile() throws InterruptedException {
        client.send(50);
        for (int step = 1; step <= STEPS; step++) {
            CountDownLatch died = ExportSteps.dieBehind(step);
            String running = client.begin(Map.of());
            assertThat(died.await(30, TimeUnit.SECONDS)).as("step " + step).isTrue();
            String queued = client.begin(Map.of("format", "csv"));
            assertThat(client.get(running).getString("state")).isEqualTo("running");
            client.ask().get(ExportClient.PATH + "/" + running + "/file").then().statusCode(410)
                    .body("error.details.reason", equalTo("running"));
            leaveHalfWritten(client.folder(running).resolve(".export.json.x.tmp"));

            ExportSteps.startAgain();

            await().atMost(ExportClient.PATIENCE).until(() -> client.ask().get(ExportClient.PATH).statusCode() == 200);
            JsonPath done = client.whenIs("done", running);
            byte[] file = client.file(running);
            assertThat(Hash.of(file).prefixed()).isEqualTo(done.getString("sha256"));
            assertThat(new String(file, StandardCharsets.UTF_8).lines().toList()).as("step " + step)
                    .isEqualTo(client.ledger.storedLines());
            assertThat(client.files(running)).contains("data.jsonl", "export.json").doesNotContain(".data.tmp");
            assertThat(client.whenIs("done", queued).getLong("rows")).isEqualTo(50);
            client.ask().delete(ExportClient.PATH + "/" + running).then().statusCode(204);
            client.ask().delete(ExportClient.PATH + "/" + queued).then().statusCode(204);
        }
    }

    @Test
    void aFlippedByteFailsTheExportAndNamesTheReceipt() throws IOException {
        List<String> ids = client.send(45);
        Path file = client.ledger.file("data");
        String content = Files.readString(file);
        int place = content.indexOf(ids.get(42)) + ids.get(42).length() + 20;
        flip(file, place);

        JsonPath failed = client.whenIs("failed", client.begin(Map.of()));

        assertThat(failed.getString("reason")).isEqualTo("hash_mismatch");
        assertThat(failed.getString("detail")).contains(ids.get(42)).contains("does not have its hash");
        assertThat(client.files(failed.getString("export_id"))).containsExactly("export.json");
        assertThat(failed.getString("url")).isNull();
        assertThat(client.whenIs("failed", client.begin(Map.of("compression", "gzip"))).getString("detail")).contains(ids.get(42));
        assertThat(client.export(Map.of("format", "csv")).getLong("rows")).as("columns are not in that file").isEqualTo(45);
        flip(file, place);
        assertThat(client.export(Map.of()).getLong("rows")).isEqualTo(45);
    }

    @Test
    void theEleventhAtOnceIsRefusedAndTheOthersAreWrittenTwoAtATime() {
        client.send(3);
        ExportSteps.hold(held);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(client.begin(Map.of()));
        }
        client.begun(Map.of()).then().statusCode(429).header("Retry-After", "10").body("error.code", equalTo("RATE_LIMIT_EXCEEDED"))
                .body("error.details.limit", equalTo("exports_at_once"));
        await().atMost(ExportClient.PATIENCE).until(() -> states().stream().filter("running"::equals).count() == 2);
        ExportClient other = new ExportClient();
        other.send(1);
        String theirs = other.begin(Map.of());
        assertThat(states().stream().filter("queued"::equals)).hasSize(8);
        client.ask().delete(ExportClient.PATH + "/" + ids.get(9)).then().statusCode(204);
        ids.set(9, client.begin(Map.of()));

        held.countDown();

        ids.forEach(id -> assertThat(client.whenIs("done", id).getLong("rows")).isEqualTo(3));
        other.whenIs("done", theirs);
        for (int i = 0; i < 4; i++) {
            assertThat(client.export(Map.of()).getLong("rows")).isEqualTo(3);
        }
        client.begun(Map.of()).then().statusCode(429).body("error.details.limit", equalTo("exports_kept"));
    }

    @Test
    void aRunningExportCanBeRemoved() {
        client.send(3);
        ExportSteps.hold(held);
        String id = client.begin(Map.of());
        client.whenIs("running", id);
        client.ask().delete(ExportClient.PATH + "/" + id).then().statusCode(204);
        assertThat(client.folder(id)).doesNotExist();
        held.countDown();
        ExportSteps.never();
        assertThat(client.export(Map.of()).getLong("rows")).isEqualTo(3);
        assertThat(client.folder(id)).doesNotExist();
    }

    @Test
    void aFullDiskIsWaitedForAndThenGivenUp() {
        client.send(45);
        ExportSteps.fail(2);
        assertThat(client.export(Map.of()).getLong("rows")).as("the third attempt").isEqualTo(45);

        ExportSteps.fail(3);
        JsonPath failed = client.whenIs("failed", client.begin(Map.of()));
        assertThat(failed.getString("reason")).isEqualTo("unavailable");
        assertThat(client.files(failed.getString("export_id"))).containsExactly("export.json");
    }

    @Test
    void aTenantsFilesHaveABound() {
        for (int i = 0; i < 160; i++) {
            client.send(client.emitter.decision("core-api", SignedReceipts.newId(),
                    receipt -> receipt.withObject("/inputs").put("note", "n".repeat(10_000))));
        }
        await().atMost(ExportClient.PATIENCE).until(() -> client.ledger.indexed().size() == 160);
        JsonPath failed = client.whenIs("failed", client.begin(Map.of()));
        assertThat(failed.getString("reason")).isEqualTo("too_large");
        assertThat(client.files(failed.getString("export_id"))).containsExactly("export.json");
        assertThat(client.export(Map.of("compression", "gzip")).getLong("rows")).isEqualTo(160);
    }

    @Test
    void anErasedReceiptIsInNoExportOfBeforeAndInNoneAfter() throws IOException {
        String marker = "marker-" + UUID.randomUUID();
        client.send(12);
        String gone = SignedReceipts.newId();
        client.send(client.emitter.decision("core-api", gone, receipt -> receipt.put("gate_id", marker)));
        await().atMost(ExportClient.PATIENCE).until(() -> client.ledger.indexed().size() == 13);
        JsonPath lines = client.export(Map.of());
        JsonPath columns = client.export(Map.of("format", "csv"));
        JsonPath parquet = client.export(Map.of("format", "parquet"));
        String before = lines.getString("sha256");
        assertThat(hits(marker)).as("what is looked for is there").isNotEmpty();

        erase(gone);

        for (JsonPath export : List.of(lines, columns, parquet)) {
            String id = export.getString("export_id");
            JsonPath ended = client.get(id);
            assertThat(ended.getString("state")).isEqualTo("expired");
            assertThat(ended.getString("reason")).isEqualTo("erasure");
            assertThat(ended.getString("sha256")).isNull();
            assertThat(client.files(id)).containsExactly("export.json");
            assertThat(client.bare(export.getString("url")).statusCode()).isEqualTo(410);
            client.ask().get(ExportClient.PATH + "/" + id + "/file").then().statusCode(410)
                    .body("error.details.reason", equalTo("erasure"));
        }
        assertThat(hits(marker)).isEmpty();
        assertThat(hits(before.replace("sha256:", ""))).as("the file's hash").isEmpty();
        JsonPath after = client.export(Map.of());
        assertThat(after.getLong("rows")).isEqualTo(12);
        assertThat(new String(client.file(after.getString("export_id")), StandardCharsets.UTF_8)).doesNotContain(marker);
        assertThat(client.export(Map.of("format", "csv", "gate_id", marker)).getLong("rows")).isZero();

        String later = client.send(1).get(0);
        erase(later);
        assertThat(client.get(after.getString("export_id")).getString("state")).as("of before it came").isEqualTo("done");
    }

    @Test
    void anErasureEndsWhatIsBeingWrittenAndAQueuedExportDoesNotHaveIt() {
        List<String> ids = client.send(4);
        ExportSteps.hold(held);
        String running = client.begin(Map.of());
        String second = client.begin(Map.of("format", "csv"));
        String queued = client.begin(Map.of());
        client.whenIs("running", running);
        client.whenIs("running", second);

        erase(ids.get(1));

        assertThat(client.get(running).getString("reason")).isEqualTo("erasure");
        assertThat(client.get(second).getString("reason")).isEqualTo("erasure");
        assertThat(client.files(running)).containsExactly("export.json");
        ExportSteps.never();
        held.countDown();
        assertThat(client.whenIs("done", queued).getLong("rows")).isEqualTo(3);
        assertThat(new String(client.file(queued), StandardCharsets.UTF_8)).doesNotContain(ids.get(1));
        assertThat(client.get(running).getString("state")).isEqualTo("expired");
        assertThat(client.files(running)).containsExactly("export.json");
    }

    private List<String> states() {
        return client.ask().get(ExportClient.PATH).jsonPath().getList("items.state");
    }

    private void erase(String id) {
        client.ask().contentType("application/json").body(WHY).post("/v1/evidence/receipts/" + id + "/erasure").then().statusCode(200);
    }

    /** Files of exports that have a text. */
    private List<Path> hits(String needle) throws IOException {
        List<Path> hits = new ArrayList<>();
        try (var files = Files.walk(client.ledger.evidence().resolve("exports"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(needle)) {
                    hits.add(file);
                }
            }
        }
        return hits;
    }

    private static void flip(Path file, int place) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(place);
            int one = bytes.read();
            bytes.seek(place);
            bytes.write(one ^ 1);
        }
    }

    private static void leaveHalfWritten(Path file) {
        try {
            Files.writeString(file, "half");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
