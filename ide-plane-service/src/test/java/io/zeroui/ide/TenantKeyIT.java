package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.Endpoints;
import io.zeroui.testing.Endpoints.Answer;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A key of one tenant at the edge: it sends and sees this tenant's receipts, whatever it asks for. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class TenantKeyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NDJSON = "application/x-ndjson";

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("tenant-key");
    private final Endpoints service = new Endpoints("http://127.0.0.1:" + EdgeClient.port());

    @Test
    void itSendsReceiptsOfItsTenantOnly() {
        String key = keyOf("acme");
        Answer own = post(key, receipt("acme"));
        assertThat(own.status()).isIn(201, 202);
        assertThat(own.json().path("tenant_id").asText()).isEqualTo("acme");

        byte[] foreign = receipt("other");
        Answer refused = post(key, foreign);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("TENANT_MISMATCH");
        assertThat(edge.get("/v1/receipts/" + EdgeClient.idOf(foreign)).status()).isEqualTo(404);
    }

    @Test
    void inAStreamTheLinesOfOthersAreRefusedAndItsOwnAreKept() throws Exception {
        String key = keyOf("acme");
        String lines = text(receipt("acme")) + "\n" + text(receipt("other")) + "\n" + text(receipt("acme")) + "\n";
        Answer answer = service.ask("POST", "/v1/receipts/bulk", lines,
                Map.of("Authorization", "Bearer " + key, "Content-Type", NDJSON));
        List<Integer> statuses = EdgeClient.results(answer.body()).stream().map(line -> line.path("status").asInt())
                .map(status -> status == 202 ? 201 : status).toList();
        assertThat(statuses).containsExactly(201, 403, 201);
    }

    @Test
    void itFindsReceiptsOfItsTenantOnly() {
        byte[] own = receipt("acme");
        byte[] foreign = receipt("other");
        assertThat(edge.submit(own).status()).isIn(201, 202);
        assertThat(edge.submit(foreign).status()).isIn(201, 202);
        String key = keyOf("acme");
        await().atMost(PATIENCE).until(() -> edge.get("/v1/receipts/" + EdgeClient.idOf(foreign)).body()
                .path("indexed").asBoolean());

        assertThat(get(key, "/v1/receipts/" + EdgeClient.idOf(own)).status()).isEqualTo(200);
        assertThat(get(key, "/v1/receipts/" + EdgeClient.idOf(foreign)).status()).isEqualTo(404);
        assertThat(get(key, "/v1/receipts?limit=1000").body()).contains(EdgeClient.idOf(own))
                .doesNotContain(EdgeClient.idOf(foreign), "\"other\"");
        assertThat(service.ask("GET", "/v1/receipts", null,
                Map.of("Authorization", "Bearer " + key, "X-Tenant-Id", "other")).status()).isEqualTo(403);
    }

    private byte[] receipt(String tenant) {
        return emitter.decision("repo-tenant-key", SignedReceipts.newId(), r -> r.put("tenant_id", tenant));
    }

    /** A key made by the administrator; the edge must know its keys before it can say so. */
    private String keyOf(String tenant) {
        Map<String, String> admin = Map.of("Authorization", TestCredentials.authorization());
        String wish = "{\"name\": \"test\", \"tenant_id\": \"" + tenant
                + "\", \"permissions\": [\"receipts:write\", \"receipts:read\"]}";
        await().atMost(PATIENCE).until(() -> service.ask("GET", "/v1/credentials", null, admin).status() == 200);
        Answer made = service.ask("POST", "/v1/credentials", wish, admin);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("key").asText();
    }

    private Answer post(String key, byte[] receipt) {
        return service.ask("POST", "/v1/receipts", text(receipt), Map.of("Authorization", "Bearer " + key));
    }

    private Answer get(String key, String path) {
        return service.ask("GET", path, null, Map.of("Authorization", "Bearer " + key));
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
