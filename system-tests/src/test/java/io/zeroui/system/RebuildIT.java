package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Databases are computed from files: dropped and built again they are the same, and nothing arrives twice. */
class RebuildIT {

    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final List<String> REPOS = List.of("repo-a", "repo-b", "repo-c");
    /** Together some batches of the index: the next one is read while one is written. */
    private static final int PER_REPO = 400;
    private static final int MORE = 5;

    @Test
    void aDroppedDatabaseIsRebuiltToTheSameRowsAndDigest() throws IOException, InterruptedException {
        try (TempZuRoot fabric = TempZuRoot.create(); RunningPlanes planes = RunningPlanes.start(fabric.path())) {
            SignedReceipts emitter = SignedReceipts.withNewKey("rebuild-key").trustedBy(fabric.path());
            LedgerCheck check = new LedgerCheck(planes.runtime(), fabric.path());
            REPOS.parallelStream().forEach(repo -> send(planes, emitter.decisions(repo, PER_REPO)));
            int sent = REPOS.size() * PER_REPO;
            settled(check, sent);
            JsonNode ide = digest(planes, Plane.IDE);
            JsonNode tenant = digest(planes, Plane.TENANT);
            assertThat(tenant.path("rows").asLong()).isEqualTo(sent);

            Operators operators = new Operators(planes);
            Path followed = Files.createTempFile("zeroui-tail-", ".jsonl");
            Process tail = operators.start(followed, "receipts", "tail", "--follow", "--limit", "3", "--every", "PT0.1S", "--json");
            await().atMost(SETTLED).until(() -> Files.readAllLines(followed).size() == 3);

            drop(planes, Plane.IDE);
            drop(planes, Plane.TENANT);

            settled(check, sent);
            assertThat(digest(planes, Plane.IDE)).isEqualTo(ide);
            assertThat(digest(planes, Plane.TENANT)).isEqualTo(tenant);
            check.chainsAreUnbroken();
            send(planes, emitter.decisions("repo-a", MORE));
            sent += MORE;
            settled(check, sent);
            followedToTheEnd(tail, followed, sent);
            receiptsAreFound(operators, sent);
            operators.verifyAllLedgers();
            assertThat(operators.run("receipts", "prove", check.newestReceipt())).contains("of " + sent, "zeroui.local/evidence");
            assertThat(check.counted()).as("counts after the events came again").isEqualTo(sent);

            erasedReceiptsStayErased(planes, check, operators, sent);
        }
    }

    /** Through a dropped database and a restart: the last three, then the new ones, each once and in the ledger's order. */
    private static void followedToTheEnd(Process tail, Path followed, int sent) throws IOException, InterruptedException {
        await().atMost(SETTLED).until(() -> Files.readAllLines(followed).size() >= MORE + 3);
        tail.destroy();
        assertThat(tail.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(followed).stream().map(line -> line.replaceAll(".*\"ledger_sequence\":(\\d+),.*", "$1")))
                .containsExactlyElementsOf(IntStream.rangeClosed(sent - MORE - 2, sent).mapToObj(Integer::toString).toList());
        Files.delete(followed);
    }

    private static void receiptsAreFound(Operators operators, int sent) throws IOException, InterruptedException {
        assertThat(operators.run("receipts", "find", "--text", "dependency -unheard-of", "--all", "--json").lines()).hasSize(sent)
                .allMatch(line -> line.startsWith("{\"receipt_id\":"));
        assertThat(operators.run("receipts", "find", "--text", "\"Licences\"", "--repo", "repo-b", "--limit", "7").lines().toList())
                .hasSize(9).first().asString().startsWith("TIME");
        assertThat(operators.run("receipts", "find", "--text", "unheard-of")).isEqualTo("no receipts\n");
        assertThat(operators.run("receipts", "tail", "--status", "pass", "--limit", "2").lines()).hasSize(2);
        assertThat(operators.fails("receipts", "find", "--text", "the")).contains("HTTP 400", "are not indexed").doesNotContain("\tat ");
        assertThat(operators.fails("receipts", "tail", "--status", "good")).contains("HTTP 400", "must be one of");
    }

    private static void erasedReceiptsStayErased(RunningPlanes planes, LedgerCheck check, Operators operators, int sent)
            throws IOException, InterruptedException {
        String erased = check.newestReceipt();
        String hold = operators.run("holds", "place", "--tenant", "local", "--receipt", erased, "--reason", "test", "INC-7").strip();
        assertThat(operators.fails("receipts", "erase", "--tenant", "local", "--reason", "test", erased)).contains("INC-7");
        assertThat(operators.run("holds", "release", "--tenant", "local", "--reason", "over", hold)).contains("INC-7 was released");
        assertThat(operators.run("receipts", "erase", "--tenant", "local", "--reason", "test", erased)).contains(erased, "tombstone");
        operators.verifyAllLedgers();
        JsonNode tenant = digest(planes, Plane.TENANT);
        assertThat(tenant.path("rows").asLong()).isEqualTo(sent - 1);

        drop(planes, Plane.TENANT);

        await().atMost(SETTLED).ignoreExceptions().untilAsserted(() -> assertThat(digest(planes, Plane.TENANT)).isEqualTo(tenant));
        assertThat(check.newestReceipt()).isNotEqualTo(erased);
        operators.verifyAllLedgers();
        assertThat(operators.run("receipts", "prove", check.newestReceipt())).contains("of " + (sent + 3));
        assertThat(operators.fails("receipts", "prove", erased)).contains("erased");
        await().atMost(SETTLED).untilAsserted(() -> assertThat(check.outboxRows()).isZero());
        assertThat(check.counted()).isEqualTo(sent);
    }

    private static void drop(RunningPlanes planes, Plane plane) {
        planes.service(plane).close();
        planes.runtime().resetDatabase(plane);
        planes.awaitReady();
    }

    private static void settled(LedgerCheck check, int rows) {
        await().atMost(SETTLED).ignoreExceptions().untilAsserted(() -> {
            assertThat(check.rows()).isEqualTo(rows);
            assertThat(check.outboxRows()).isZero();
            assertThat(check.counted()).isEqualTo(rows);
        });
    }

    private static JsonNode digest(RunningPlanes planes, Plane plane) {
        Http.Answer answer = Http.get(planes.url(plane, "/v1/status/digest"));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static void send(RunningPlanes planes, List<byte[]> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        lines.forEach(line -> {
            body.writeBytes(line);
            body.write('\n');
        });
        assertThat(Http.post(planes.url(Plane.IDE, "/v1/receipts/bulk"), "application/x-ndjson", body.toByteArray())
                .status()).isEqualTo(200);
    }
}
