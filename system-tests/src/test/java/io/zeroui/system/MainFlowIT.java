package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** The main job, seen from outside: a receipt goes in at the edge and comes out at every plane that may know it. */
class MainFlowIT {

    private static final Duration ARRIVED = Duration.ofSeconds(30);
    private static final String PLANTED = "planted-rationale-marker";

    private static TempZuRoot fabric;
    private static RunningPlanes planes;
    private static SignedReceipts emitter;

    @BeforeAll
    static void start() {
        fabric = TempZuRoot.create();
        planes = RunningPlanes.start(fabric.path());
        emitter = SignedReceipts.withNewKey("flow-key").trustedBy(fabric.path());
    }

    @AfterAll
    static void stop() {
        planes.close();
        fabric.close();
        for (Plane plane : Plane.values()) {
            assertThat(planes.service(plane).log()).as("log of the " + plane.key() + " plane after all tests").isNotEmpty()
                    .doesNotContain(TestCredentials.administrator().reveal().split("_", -1)[3]);
        }
    }

    private static byte[] receipt(String id) {
        return emitter.decision("flow-repo", id, receipt -> receipt.withObject("/decision").put("rationale", PLANTED));
    }

    private static Http.Answer evidence(String id, String suffix) {
        return Http.get(planes.url(Plane.TENANT, "/v1/evidence/receipts/" + id + suffix));
    }

    private static void arrives(String id, byte[] line) {
        await().atMost(ARRIVED).untilAsserted(() -> assertThat(evidence(id, "?raw=true").status()).isEqualTo(200));
        assertThat(evidence(id, "?raw=true").body()).isEqualTo(line);
        assertThat(evidence(id, "").json().findValue("hash").asText()).contains(Hash.of(line).hex());
    }

    @Test
    void aReceiptByHttpReachesTheLedgerByteForByteAndVerifies() {
        String id = SignedReceipts.newId();
        byte[] line = receipt(id);

        Http.Answer answer = Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(Http.get(planes.url(Plane.IDE, "/v1/receipts/" + id)).status()).isEqualTo(200);
        arrives(id, line);
        JsonNode verified = evidence(id, "/verify").json();
        assertThat(verified.path("hash_valid").asBoolean()).isTrue();
        assertThat(verified.path("signature_valid").asBoolean()).isTrue();
        assertThat(verified.path("signature_verification_status").asText()).isEqualTo("verified");
    }

    @Test
    void aStreamOfReceiptsGetsOneResultPerLineAndReachesTheLedger() {
        String first = SignedReceipts.newId();
        String second = SignedReceipts.newId();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(receipt(first));
        body.writeBytes("\nthis is not json\n".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(receipt(second));
        body.write('\n');

        Http.Answer answer = Http.post(planes.url(Plane.IDE, "/v1/receipts/bulk"), "application/x-ndjson",
                body.toByteArray());

        List<String> results = new String(answer.body(), StandardCharsets.UTF_8).lines().toList();
        assertThat(results).hasSize(3);
        assertThat(results.get(0)).contains(first, "201");
        assertThat(results.get(1)).contains("400", "NOT_JSON");
        assertThat(results.get(2)).contains(second, "201");
        await().atMost(ARRIVED).until(() -> evidence(second, "").status() == 200 && evidence(first, "").status() == 200);
    }

    @Test
    void aLineThatAnotherProgramAppendedReachesTheLedger() throws IOException {
        String id = SignedReceipts.newId();
        byte[] line = emitter.decision("foreign-repo", id, receipt -> {
        });
        Path file = new ZuRoot(fabric.path()).ideReceipts(RepoId.of("foreign-repo"), YearMonth.now(ZoneOffset.UTC));
        Files.createDirectories(file.getParent());
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.write(file, new byte[] { '\n' }, StandardOpenOption.APPEND);

        arrives(id, line);
    }

    @Test
    void theProductPlaneCountsEachReceiptOnce() {
        assertThat(Http.post(planes.url(Plane.PRODUCT, "/v1/tenants"), "application/json",
                "{\"tenant_id\":\"counted-tenant\"}".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(201);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add(emitter.decision("count-repo", SignedReceipts.newId(),
                    receipt -> receipt.put("tenant_id", "counted-tenant")));
        }
        lines.addAll(List.copyOf(lines));
        lines.forEach(line -> assertThat(
                Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line).status()).isIn(200, 201));

        await().atMost(ARRIVED).untilAsserted(() -> {
            JsonNode report = Http.get(planes.url(Plane.PRODUCT, "/v1/reports/receipts?tenant=counted-tenant")).json();
            assertThat(report.path("count").asInt()).isEqualTo(20);
        });
    }

    @Test
    void theSharedPlaneKnowsAllFourPlanesAndNoPayload() throws SQLException {
        String id = SignedReceipts.newId();
        byte[] line = receipt(id);
        assertThat(Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line).status()).isEqualTo(201);
        arrives(id, line);

        await().atMost(ARRIVED).untilAsserted(() -> {
            String known = new String(Http.get(planes.url(Plane.SHARED, "/v1/telemetry/planes")).body(),
                    StandardCharsets.UTF_8);
            assertThat(known).contains("ide", "tenant", "product", "shared").doesNotContain(PLANTED);
        });
        assertThat(contains(Plane.PRODUCT)).as("tables of the product plane with the marker").isEmpty();
        assertThat(contains(Plane.SHARED)).as("tables of the shared plane with the marker").isEmpty();
    }

    /** The logs' checkpoints go to the product plane and come back cosigned; the command line needs the witness' key only. */
    @Test
    void aTenantsLogIsCosignedByTheProductPlaneAndTheFilesAreHeldToIt() throws IOException, InterruptedException {
        String id = SignedReceipts.newId();
        byte[] line = receipt(id);
        assertThat(Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line).status()).isEqualTo(201);
        arrives(id, line);
        String vkey = new String(Http.get(planes.url(Plane.PRODUCT, "/v1/witness/vkey")).body(), StandardCharsets.UTF_8).strip();
        await().atMost(ARRIVED).untilAsserted(() -> {
            JsonNode cosigned = Http.get(planes.url(Plane.TENANT, "/v1/evidence/logs/local/witnesses")).json();
            assertThat(cosigned.path("items").path(0).path("witness").asText()).isEqualTo("zeroui.local/witness");
            assertThat(Http.get(planes.url(Plane.TENANT, "/v1/status")).json().path("witness_lag").asLong(-1)).isZero();
        });
        assertThat(new String(Http.get(planes.url(Plane.TENANT, "/q/metrics")).body(), StandardCharsets.UTF_8))
                .containsPattern("zeroui_witness_lag_lines(\\{[^}]*\\})? 0\\.0")
                .containsPattern("zeroui_witness_refused(\\{[^}]*\\})? 0\\.0");

        Operators operators = new Operators(planes);
        assertThat(operators.run("verify", "--tenant", "local", "--witness", vkey)).contains("good", "cosigned up to line",
                "zeroui.local/witness");
        assertThat(operators.run("verify", "--tenant", "local")).contains("was not checked");
        String stranger = new VerifierKey("stranger.example/w", VerifierKey.COSIGNATURE_V1, Ed25519.newKeyPair().publicKey())
                .format();
        assertThat(operators.fails("verify", "--tenant", "local", "--witness", stranger)).contains("witness_missing");
    }

    @Test
    void theSmokeStreamWorksFromAnyClient() {
        try (Jedis redis = planes.runtime().redis()) {
            redis.xadd("zeroui:events", StreamEntryID.NEW_ENTRY,
                    java.util.Map.of("event_type", "test", "data", "{\"test\": true}"));
            assertThat(redis.xlen("zeroui:events")).isPositive();
        }
    }

    @Test
    void everyServiceHasOpenApiMetricsAndProblemDocuments() {
        for (Plane plane : Plane.values()) {
            assertThat(Http.get(planes.url(plane, "/q/openapi")).status()).as(plane.key()).isEqualTo(200);
            assertThat(Http.get(planes.url(plane, "/q/swagger-ui/")).status()).as(plane.key()).isEqualTo(200);
            assertThat(new String(Http.get(planes.url(plane, "/q/metrics")).body(), StandardCharsets.UTF_8))
                    .contains("jvm_");
            Http.Answer nothing = Http.get(planes.url(plane, "/v1/no-such-thing"));
            assertThat(nothing.status()).isEqualTo(404);
            assertThat(nothing.json().path("error").path("code").asText()).isEqualTo("RESOURCE_NOT_FOUND");
        }
    }

    private static List<String> contains(Plane plane) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = RealRuntime.connect(planes.runtime().adminUrl(plane));
                Statement tables = connection.createStatement();
                ResultSet names = tables.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'app'")) {
            while (names.next()) {
                try (Statement search = connection.createStatement();
                        ResultSet hit = search.executeQuery("SELECT 1 FROM app." + names.getString(1)
                                + " t WHERE t::text LIKE '%" + PLANTED + "%' LIMIT 1")) {
                    if (hit.next()) {
                        found.add(names.getString(1));
                    }
                }
            }
        }
        return found;
    }
}
