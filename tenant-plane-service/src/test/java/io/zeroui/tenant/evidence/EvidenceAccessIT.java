package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every read of evidence leaves a record for the tenant whose evidence it is. */
@QuarkusTest
@Timeout(180)
@TestProfile(WithoutIngestLimit.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class EvidenceAccessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final IntakeClient client = new IntakeClient(tenant);
    private String id = "";

    @BeforeEach
    void fill() {
        RegistryPlane.ensure(tenant);
        SignedReceipts emitter = client.trustedEmitter();
        byte[] line = emitter.decision("core-api");
        assertThat(client.submit(line).status()).isEqualTo(201);
        id = IntakeClient.idOf(line);
        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).indexed().size() == 1);
    }

    @Test
    void everyKindOfReadIsRecordedWithWhatItFound() {
        String missing = SignedReceipts.newId();
        client.get("/v1/evidence/receipts/" + id);
        client.get("/v1/evidence/receipts/" + missing);
        client.get("/v1/evidence/receipts/" + id + "/verify");
        client.get("/v1/evidence/receipts/" + id + "/proof");
        client.get("/v1/evidence/receipts/" + id + "/chain");
        post("/v1/evidence/search", "{\"repo_id\":\"core-api\"}");
        post("/v1/evidence/aggregate", "{\"group_by\":[\"status\"]}");
        post("/v1/evidence/receipts/chain-query", "{\"chain_id\":\"" + tenant + ":ide:default:unknown\"}");
        post("/v1/evidence/verify_range", "{}");
        client.get("/v1/evidence/courier-batches/none");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recorded()).contains("read " + id + " 1", "read " + missing + " 0",
                "verify " + id + " 1", "prove " + id + " 1", "search repo_id=core-api 1", "aggregate  1",
                "chain chain_id=" + tenant + ":ide:default:unknown 1", "courier none 0").anyMatch(
                        record -> record.startsWith("verify_range from=")).anyMatch(record -> record.startsWith("flow " + id)));
    }

    @Test
    void whoReadIsNamedAndOnlyTheTenantItselfSeesIt() {
        IntakeClient reader = client.withKey("\"evidence:read\"");
        IntakeClient auditor = client.withKey("\"evidence:audit\"");
        TenantId stranger = TenantId.of("t-" + UUID.randomUUID());
        IntakeClient other = new IntakeClient(stranger).withKey("\"evidence:audit\"");
        await().atMost(PATIENCE).until(() -> reader.get("/v1/evidence/receipts/" + id).status() == 200);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(auditor.get("/v1/evidence/access").body().path("items"))
                .anySatisfy(item -> {
                    assertThat(item.path("subject").asText()).startsWith("key:");
                    assertThat(item.path("target").asText()).isEqualTo(id);
                    assertThat(item.path("requests").asLong()).isPositive();
                }));
        await().atMost(PATIENCE).until(() -> other.get("/v1/evidence/access").status() == 200);
        assertThat(other.get("/v1/evidence/access").body().toString()).doesNotContain(id);
        assertThat(reader.get("/v1/evidence/access").status()).isEqualTo(403);
        assertThat(client.get("/v1/evidence/access?limit=0").status()).isEqualTo(400);
        assertThat(client.get("/v1/evidence/access?before=-1").status()).isEqualTo(400);
    }

    @Test
    void manyReadsLoseNoneAndPagesNeitherSkipNorRepeat() {
        for (int i = 0; i < 40; i++) {
            client.get("/v1/evidence/receipts/" + id);
            client.get("/v1/evidence/receipts/" + SignedReceipts.newId());
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sum("read", id)).isEqualTo(40));
        List<Long> ids = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = client.get("/v1/evidence/access?limit=7" + before).body();
            page.path("items").forEach(item -> ids.add(item.path("id").asLong()));
            before = page.has("next_before") ? "&before=" + page.path("next_before").asLong() : "";
        } while (!before.isEmpty());
        assertThat(ids).hasSizeGreaterThanOrEqualTo(41).doesNotHaveDuplicates()
                .isSortedAccordingTo((one, two) -> Long.compare(two, one));
    }

    @Test
    void recordsAreNeverChanged() {
        client.get("/v1/evidence/receipts/" + id);
        await().atMost(PATIENCE).until(() -> sum("read", id) == 1);
        assertThatThrownBy(() -> LedgerView.execute("DELETE FROM access.evidence_reads WHERE tenant_id = '" + tenant + "'"))
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> LedgerView.execute("UPDATE access.evidence_reads SET results = 0")).hasMessageContaining("never");
    }

    private List<String> recorded() {
        return LedgerView.column("SELECT DISTINCT action || ' ' || target || ' ' || (results / requests) FROM access.evidence_reads"
                + " WHERE tenant_id = '" + tenant + "'");
    }

    private long sum(String action, String target) {
        return Long.parseLong(LedgerView.column("SELECT COALESCE(sum(requests), 0) FROM access.evidence_reads WHERE tenant_id = '"
                + tenant + "' AND action = '" + action + "' AND target = '" + target + "'").get(0));
    }

    private void post(String path, String body) {
        assertThat(client.post(path, body.getBytes(StandardCharsets.UTF_8)).status()).as(path).isEqualTo(200);
    }
}
