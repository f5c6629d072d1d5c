package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks of many receipts at once. */
@QuarkusTest
@Timeout(180)
@TestProfile(WithoutIngestLimit.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class VerifyRangeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECEIPTS = 70;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final IntakeClient client = new IntakeClient(tenant);
    private final LedgerView ledger = new LedgerView(tenant);
    private final List<byte[]> lines = new ArrayList<>();

    @BeforeEach
    void fill() {
        RegistryPlane.ensure(tenant);
        SignedReceipts emitter = client.trustedEmitter();
        for (int i = 0; i < RECEIPTS; i++) {
            String time = BEGIN.plus(Duration.ofHours(i / 2)).toString();
            String service = "service-" + i % 3;
            lines.add(emitter.decision("core-api", SignedReceipts.newId(),
                    receipt -> receipt.put("timestamp_utc", time).put("emitter_service", service)));
        }
        assertThat(client.bulk(lines)).allSatisfy(result -> assertThat(result.path("status").asInt()).isEqualTo(201));
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == RECEIPTS);
    }

    @Test
    void everyReceiptOfATimeIsCheckedOnceOverItsPages() {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = verify("{\"limit\":16%s}".formatted(cursor));
            assertThat(page.path("valid").asBoolean()).as(page.toString()).isTrue();
            assertThat(page.at("/totals/checked").asInt()).isEqualTo(page.path("items").size());
            assertThat(page.at("/totals/signatures/verified").asInt()).isEqualTo(page.path("items").size());
            page.path("items").forEach(item -> assertThat(seen.add(item.path("receipt_id").asText())).isTrue());
            page.path("chains").forEach(chain -> assertThat(chain.path("continuous").asBoolean()).isTrue());
            cursor = page.has("next_cursor") ? ",\"cursor\":\"" + page.path("next_cursor").asText() + "\"" : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(RECEIPTS);
        assertThat(pages).isEqualTo(5);
        assertThat(verify("{\"from\":\"2026-01-01T10:00:00Z\",\"to\":\"2026-01-01T20:00:00Z\",\"limit\":500}")
                .at("/totals/checked").asInt()).isEqualTo(20);
    }

    @Test
    void receiptsCanBeNamed() {
        String first = IntakeClient.idOf(lines.get(0));
        String missing = SignedReceipts.newId();

        JsonNode answer = verify("{\"receipt_ids\":[\"%s\",\"%s\",\"%s\"]}".formatted(missing, first, IntakeClient.idOf(lines.get(9))));

        assertThat(answer.path("valid").asBoolean()).as("one is missing").isFalse();
        assertThat(answer.at("/totals/valid").asInt()).isEqualTo(2);
        assertThat(answer.path("not_found")).singleElement().extracting(JsonNode::asText).isEqualTo(missing);
    }

    @Test
    void aChangedByteIsOneInvalidReceiptAndBreaksItsChainThere() throws IOException {
        Path file = ledger.file("data");
        String id = IntakeClient.idOf(lines.get(30));
        String changed = Files.readString(file).lines().map(line -> line.contains(id)
                ? line.replace("\"files_changed\":3", "\"files_changed\":4") : line).reduce("", (a, b) -> a + b + "\n");
        Files.writeString(file, changed);

        JsonNode answer = verify("{\"limit\":500}");

        assertThat(answer.path("valid").asBoolean()).isFalse();
        assertThat(answer.at("/totals/hash_invalid").asInt()).isEqualTo(1);
        assertThat(answer.at("/totals/signatures/failed").asInt()).isEqualTo(1);
        answer.path("items").forEach(item -> assertThat(item.path("valid").asBoolean())
                .isEqualTo(!item.path("receipt_id").asText().equals(id)));
    }

    @Test
    void aRowThatIsGoneBreaksTheChainBehindIt() {
        String gone = IntakeClient.idOf(lines.get(33));
        LedgerView.execute("SET session_replication_role = replica; DELETE FROM app.receipts_index WHERE tenant_id = '" + tenant
                + "' AND receipt_id = '" + gone + "'");

        JsonNode answer = verify("{\"limit\":500}");

        assertThat(answer.at("/totals/checked").asInt()).isEqualTo(RECEIPTS - 1);
        assertThat(answer.at("/totals/chain_invalid").asInt()).isEqualTo(1);
        int broken = 0;
        for (JsonNode chain : answer.path("chains")) {
            broken += chain.path("continuous").asBoolean() ? 0 : 1;
        }
        assertThat(broken).isEqualTo(1);
    }

    @Test
    void otherTenantsGetNothingAndBadQuestionsAreRefused() {
        TenantId stranger = TenantId.of("t-" + UUID.randomUUID());
        IntakeClient other = new IntakeClient(stranger);
        String id = IntakeClient.idOf(lines.get(0));
        JsonNode answer = other.post("/v1/evidence/verify_range",
                ("{\"receipt_ids\":[\"" + id + "\"]}").getBytes(StandardCharsets.UTF_8)).body();
        assertThat(answer.path("items")).isEmpty();
        assertThat(answer.path("not_found")).hasSize(1);
        String cursor = verify("{\"limit\":1}").path("next_cursor").asText();
        assertThat(other.post("/v1/evidence/verify_range",
                ("{\"cursor\":\"" + cursor + "\"}").getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
        for (String bad : List.of("", "[]", "{\"limit\":0}", "{\"limit\":501}", "{\"cursor\":\"x\"}", "{\"receipt_ids\":[]}",
                "{\"receipt_ids\":[7]}", "{\"receipt_ids\":[\"" + id + "\",\"" + id + "\"]}", "{\"what\":1}", "{\"from\":\"now\"}",
                "{\"receipt_ids\":[\"" + id + "\"],\"from\":\"2026-01-01T00:00:00Z\"}")) {
            assertThat(client.post("/v1/evidence/verify_range", bad.getBytes(StandardCharsets.UTF_8)).status()).as(bad)
                    .isEqualTo(400);
        }
    }

    private JsonNode verify(String question) {
        IntakeClient.Answer answer = client.post("/v1/evidence/verify_range", question.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(question + answer.body()).isEqualTo(200);
        return answer.body();
    }
}
