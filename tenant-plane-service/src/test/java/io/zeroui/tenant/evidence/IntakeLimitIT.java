package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit of what a tenant sends, and the bound of what is under way. */
@QuarkusTest
@Timeout(120)
@TestProfile(IntakeLimitIT.SmallLimit.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class IntakeLimitIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private final IntakeClient client = new IntakeClient(tenant);
    private SignedReceipts emitter;

    /** Forty at once, then twenty a second; streams fill the bound of what is under way with every batch. */
    public static final class SmallLimit implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.limits.ingest.rate", "20", "zeroui.limits.ingest.burst", "40",
                    "zeroui.evidence.intake.tenant-lines", "10");
        }
    }

    @BeforeEach
    void register() {
        RegistryPlane.ensure(tenant);
        emitter = client.trustedEmitter();
    }

    @Test
    void aSingleReceiptOverTheLimitIsToldWhenToComeBack() {
        IntakeClient.Answer answer = client.submit(emitter.decision("core-api"));
        assertThat(answer.response().headers().firstValue("x-ratelimit-limit")).hasValue("40");
        for (int i = 0; i < 2_000 && answer.status() == 201; i++) {
            answer = client.submit(emitter.decision("core-api"));
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(answer.response().headers().firstValueAsLong("retry-after").orElseThrow()).isPositive();
        assertThat(answer.response().headers().firstValue("x-ratelimit-remaining")).hasValue("0");
        assertThat(answer.response().headers().firstValue("x-ratelimit-reset")).isPresent();
        await().atMost(PATIENCE).until(() -> client.submit(emitter.decision("core-api")).status() == 201);
    }

    @Test
    void aStreamIsCountedByItsLinesSlowedDownAndLosesNothing() {
        List<byte[]> lines = emitter.decisions("core-api", 200);
        long begun = System.nanoTime();

        List<JsonNode> results = client.bulk(lines);

        assertThat(results).hasSize(200).allSatisfy(result -> assertThat(result.path("status").asInt()).isEqualTo(201));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("40 at once and 20 a second, but for the last block")
                .isGreaterThan(Duration.ofSeconds(1));
        assertThat(new LedgerView(tenant).storedLines()).hasSize(200);
    }
}
