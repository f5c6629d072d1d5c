package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.TestCredentials;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the evidence API says of itself. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class EvidenceServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final IntakeClient client = new IntakeClient(tenant);

    @Test
    void theSettingsAreThoseThatHoldAndHaveNoSecret() {
        JsonNode config = client.get("/v1/evidence/config").body();

        assertThat(config.at("/limits/ingest").toString()).isEqualTo("{\"rate\":1000,\"per\":\"PT1S\",\"burst\":2000}");
        assertThat(config.at("/limits/export").toString()).isEqualTo("{\"rate\":5,\"per\":\"PT1M\",\"burst\":10}");
        assertThat(config.at("/intake/max_receipt_bytes").asInt()).isEqualTo(262_144);
        assertThat(config.at("/exports/max_under_way").asInt()).isEqualTo(10);
        assertThat(config.at("/exports/keep").asText()).isEqualTo("PT24H");
        assertThat(config.path("retention").asText()).isEqualTo("unlimited");
        assertThat(config.path("log_origin").asText()).endsWith("/local/" + tenant);
        assertThat(config.toString()).doesNotContain(TestCredentials.logKey()).doesNotContain("password");
    }

    @Test
    void theFiguresAreTheTenantsOwn() {
        RegistryPlane.ensure(tenant);
        assertThat(client.bulk(client.trustedEmitter().decisions("core-api", 3))).hasSize(3);

        await().atMost(PATIENCE).until(() -> client.get("/v1/evidence/metrics").body().path("receipts").asLong() == 3);
        assertThat(client.get("/v1/evidence/metrics").body().path("under_way").asLong()).isZero();
        assertThat(new IntakeClient(TenantId.of("t-" + UUID.randomUUID())).get("/v1/evidence/metrics").body()
                .path("receipts").asLong()).isZero();
        await().atMost(PATIENCE).until(() -> client.get("/v1/evidence/health").body().path("status").asText().equals("up"));
    }
}
