package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.BadInput;
import io.zeroui.testing.ChunkedRequest;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Receipts that come over HTTP, one by one and as streams. */
@QuarkusTest
@Timeout(180)
@TestProfile(WithoutIngestLimit.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class HttpIntakeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BULK = "/v1/evidence/receipts/bulk";

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
    void aReceiptIsInTheLedgerWhenItIsAnswered() {
        byte[] line = emitter.decision("core-api");

        IntakeClient.Answer answer = client.submit(line);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("tenant_id").asText()).isEqualTo(tenant.value());
        assertThat(answer.body().path("ledger_sequence").asLong()).isEqualTo(1);
        assertThat(ledger.storedLines()).containsExactly(text(line));
        assertThat(ledger.journal()).singleElement().asString().contains(IntakeClient.idOf(line));
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 1);
    }

    @Test
    void theSameBytesAgainAreSuccessAndOthersOfTheSameIdAreAConflict() {
        String id = SignedReceipts.newId();
        byte[] first = emitter.decision("core-api", id, receipt -> {
        });
        assertThat(client.submit(first).status()).isEqualTo(201);

        IntakeClient.Answer again = client.submit(BadInput.concat(first, BadInput.utf8("\n")));
        IntakeClient.Answer other = client.submit(emitter.decision("core-api", id, receipt -> receipt.put("degraded", true)));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("duplicate").asBoolean()).isTrue();
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("DUPLICATE_RECEIPT");
        assertThat(ledger.storedLines()).containsExactly(text(first));
        assertThat(ledger.deadLetters()).singleElement().asString().contains("CONFLICTING_DUPLICATE", "\"source\":\"http\"");
    }

    @Test
    void everyKindOfBadReceiptIsRefusedWithItsReason() {
        Map<String, BadInput.Case> cases = BadInput.all("core-api", emitter, SignedReceipts.withNewKey("stranger"));
        List<byte[]> lines = new ArrayList<>();
        cases.forEach((name, bad) -> {
            IntakeClient.Answer answer = client.submit(bad.line());
            assertThat(answer.status()).as(name).isBetween(400, 499);
            assertThat(answer.reason()).as(name).isIn((Object[]) bad.reasons());
            lines.add(bad.line());
            lines.add(emitter.decision("core-api"));
        });
        List<JsonNode> results = client.bulk(lines);

        assertThat(results).hasSameSizeAs(lines);
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).path("line").asInt()).isEqualTo(i + 1);
            assertThat(results.get(i).path("status").asInt()).isBetween(i % 2 == 0 ? 400 : 201, i % 2 == 0 ? 499 : 201);
        }
        assertThat(ledger.storedLines()).hasSize(cases.size());
        assertThat(ledger.deadLetters()).as("the two that break the metadata-only rule, each sent twice").hasSize(4)
                .allSatisfy(letter -> assertThat(letter).contains("CONTAINS_"));
    }

    @Test
    void aSignatureThatCannotBeCheckedSaysSoWithItsOwnCode() {
        SignedReceipts stranger = SignedReceipts.withNewKey("stranger-" + UUID.randomUUID());
        IntakeClient.Answer unknown = client.submit(stranger.decision("core-api"));
        IntakeClient.Answer broken = client.submit(SignedReceipts.withBrokenSignature(emitter.decision("core-api")));

        assertThat(List.of(unknown.code(), broken.code())).containsOnly("SIGNATURE_VERIFICATION_FAILED");
        assertThat(unknown.reason()).isEqualTo("KID_UNKNOWN");
        assertThat(unknown.body().at("/error/details/path").asText()).isEqualTo("/signature");
        client.trust(stranger);
        await().atMost(PATIENCE).until(() -> client.submit(stranger.decision("core-api")).status() == 201);
    }

    @Test
    void aReceiptOfAnotherTenantIsForbiddenAndKeptAside() {
        byte[] others = emitter.decision("core-api", SignedReceipts.newId(), receipt -> receipt.put("tenant_id", "other"));
        byte[] probes = emitter.decision("zeroui-selfcheck");

        assertThat(client.submit(others).code()).isEqualTo("FORBIDDEN");
        IntakeClient.Answer probe = client.submit(probes);

        assertThat(probe.status()).isEqualTo(403);
        assertThat(probe.body().at("/error/details/path").asText()).isEqualTo("/actor/repo_id");
        assertThat(ledger.storedLines()).isEmpty();
        assertThat(ledger.deadLetters()).hasSize(2).allSatisfy(letter -> assertThat(letter).contains("TENANT_MISMATCH"));
    }

    @Test
    void theCredentialSaysWhoseReceiptItIs() {
        IntakeClient own = client.withKey("\"evidence:write\"");
        await().atMost(PATIENCE).until(() -> own.submit(emitter.decision("core-api")).status() == 201);
        TenantId other = TenantId.of("t-" + UUID.randomUUID());
        IntakeClient reader = client.withKey("\"evidence:read\"");

        IntakeClient unknown = new IntakeClient(other).withKey("\"evidence:write\"");
        await().atMost(PATIENCE).until(() -> unknown.submit(emitter.decision("core-api")).status(), status -> status != 401);
        assertThat(unknown.submit(emitter.decision("core-api")).status()).as("a tenant that nobody knows").isIn(403, 503);
        await().atMost(PATIENCE).until(() -> reader.submit(emitter.decision("core-api")).status() == 403);
        assertThat(ledger.storedLines()).hasSize(1);
    }

    @Test
    void aSuspendedTenantsReceiptsAreRefusedAndKeptAside() {
        RegistryPlane.set(tenant, RegistryState.SUSPENDED);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(client.submit(emitter.decision("core-api")).reason())
                .isEqualTo("TENANT_SUSPENDED"));
        assertThat(client.bulk(emitter.decisions("core-api", 3)))
                .allSatisfy(result -> assertThat(result.at("/error/reason").asText()).isEqualTo("TENANT_SUSPENDED"));
        assertThat(ledger.deadLetters()).hasSizeGreaterThanOrEqualTo(4);
        RegistryPlane.set(tenant, RegistryState.ACTIVE);
        await().atMost(PATIENCE).until(() -> client.submit(emitter.decision("core-api")).status() == 201);
    }

    @Test
    void byAllWaysAtOnceEachReceiptIsInTheLedgerOnce() throws Exception {
        List<byte[]> lines = emitter.decisions("core-api", 400);
        EdgeStream edge = new EdgeStream();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> ways = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                List<byte[]> mine = shuffled(lines, i);
                ways.add(senders.submit(() -> mine.forEach(line -> assertThat(client.submit(line).status()).isIn(200, 201))));
            }
            for (int i = 0; i < 3; i++) {
                List<byte[]> mine = shuffled(lines, 10 + i);
                ways.add(senders.submit(() -> assertThat(client.bulk(mine)).hasSize(mine.size())
                        .allSatisfy(result -> assertThat(result.path("status").asInt()).isIn(200, 201))));
            }
            List<byte[]> mine = shuffled(lines, 20);
            ways.add(senders.submit(() -> mine.forEach(line -> edge.send(tenant, line, emitter))));
            for (Future<?> way : ways) {
                way.get();
            }
        } finally {
            senders.shutdownNow();
        }
        await().atMost(PATIENCE).until(() -> edge.acknowledged().size() == lines.size());
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == lines.size());
        assertThat(ledger.storedLines()).containsExactlyInAnyOrderElementsOf(lines.stream().map(HttpIntakeIT::text).toList());
        assertThat(ledger.journal()).hasSize(lines.size());
        assertThat(ledger.brokenLinks()).isEmpty();
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void ofTwoLinesWithOneIdInAStreamTheFirstWinsHoweverFarApart() {
        String id = SignedReceipts.newId();
        List<byte[]> lines = new ArrayList<>(emitter.decisions("core-api", 600));
        lines.set(10, emitter.decision("core-api", id, receipt -> {
        }));
        lines.set(590, emitter.decision("core-api", id, receipt -> receipt.put("degraded", true)));

        List<JsonNode> results = client.bulk(lines);

        assertThat(results.get(10).path("status").asInt()).isEqualTo(201);
        assertThat(results.get(590).path("status").asInt()).isEqualTo(409);
        assertThat(ledger.storedLines()).hasSize(599);
    }

    @Test
    void aStreamIsAnsweredWhileItComesAndALineThatIsTooLongDoesNotEndIt() throws IOException {
        try (ChunkedRequest stream = stream()) {
            stream.send(line(emitter.decision("core-api")));
            assertThat(IntakeClient.json(stream.nextObject()).path("status").asInt()).isEqualTo(201);
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 20; i++) {
                stream.send(block);
            }
            stream.send(line(new byte[0]));
            assertThat(IntakeClient.json(stream.nextObject()).at("/error/reason").asText()).isEqualTo("TOO_LARGE");
            stream.send(line(emitter.decision("core-api")));
            assertThat(IntakeClient.json(stream.nextObject()).path("status").asInt()).isEqualTo(201);
        }
    }

    @Test
    void clientsThatGoAwayInTheMiddleLeaveWholeReceiptsAndOthersServed() throws IOException {
        for (int round = 0; round < 40; round++) {
            try (ChunkedRequest stream = stream()) {
                byte[] half = line(emitter.decision("core-api"));
                stream.send(line(emitter.decision("core-api")));
                stream.send(Arrays.copyOf(half, half.length / 2));
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(client.bulk(emitter.decisions("core-api", 10)))
                .hasSize(10).allSatisfy(result -> assertThat(result.path("status").asInt()).isEqualTo(201)));
        assertThat(ledger.storedLines()).allSatisfy(stored -> assertThat(stored).startsWith("{").endsWith("}"));
    }

    @Test
    void slowBodiesHoldNobodyElseUp() throws IOException {
        List<ChunkedRequest> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 24; i++) {
                ChunkedRequest one = new ChunkedRequest(IntakeClient.port(), i % 2 == 0 ? "/v1/evidence/receipts" : BULK,
                        "X-Tenant-Id: " + tenant, "Content-Type: application/x-ndjson");
                one.send(BadInput.utf8("{\"receipt_id\":"));
                slow.add(one);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(client.submit(emitter.decision("core-api")).status()).isEqualTo(201);
            }
        } finally {
            for (ChunkedRequest one : slow) {
                one.close();
            }
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWhetherItSaysSoOrNot() throws IOException {
        assertThat(client.submit(new byte[300_000]).status()).isEqualTo(413);
        try (ChunkedRequest endless = new ChunkedRequest(IntakeClient.port(), "/v1/evidence/receipts",
                "X-Tenant-Id: " + tenant, "Content-Type: application/json")) {
            byte[] block = new byte[64 << 10];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 5; i++) {
                endless.send(block);
            }
            endless.end();
            assertThat(endless.nextLine()).startsWith("HTTP/1.1 413");
        }
    }

    private ChunkedRequest stream() throws IOException {
        return new ChunkedRequest(IntakeClient.port(), BULK, "X-Tenant-Id: " + tenant, "Content-Type: application/x-ndjson");
    }

    private static List<byte[]> shuffled(List<byte[]> lines, int seed) {
        List<byte[]> other = new ArrayList<>(lines);
        Collections.shuffle(other, new Random(seed));
        return other;
    }

    private static byte[] line(byte[] receipt) {
        return BadInput.concat(receipt, BadInput.utf8("\n"));
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
