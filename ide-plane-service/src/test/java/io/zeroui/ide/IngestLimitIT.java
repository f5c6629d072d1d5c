package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An edge that limits what it takes in. */
@QuarkusTest
@Timeout(120)
@TestProfile(IngestLimitIT.SmallLimit.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class IngestLimitIT {

    @Inject
    MeterRegistry meters;

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("limit-key");

    /** Less than what one emitter sends. */
    public static final class SmallLimit implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.limits.ingest.rate", "50", "zeroui.limits.ingest.burst", "20");
        }
    }

    @Test
    void aStreamOverTheLimitIsSlowedDownAndLosesNothing() {
        double before = limited();
        List<byte[]> receipts = emitter.decisions("repo-limit", 300);

        List<JsonNode> results = edge.bulk(receipts);

        assertThat(results).hasSize(300);
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).path("line").asInt()).isEqualTo(i + 1);
            assertThat(results.get(i).path("receipt_id").asText()).isEqualTo(EdgeClient.idOf(receipts.get(i)));
            assertThat(results.get(i).path("status").asInt()).isIn(201, 202);
        }
        assertThat(limited()).as("it was paused").isGreaterThan(before);
    }

    @Test
    void aSingleReceiptOverTheLimitIsRefusedAndLaterTaken() {
        List<EdgeClient.Answer> answers = new ArrayList<>();
        byte[] refused = null;
        for (int i = 0; i < 2_000 && refused == null; i++) {
            byte[] receipt = emitter.decision("repo-single");
            EdgeClient.Answer answer = edge.submit(receipt);
            answers.add(answer);
            refused = answer.status() == 429 ? receipt : null;
        }
        assertThat(refused).isNotNull();
        assertThat(answers.get(answers.size() - 1).body().at("/error/code").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(answers.subList(0, answers.size() - 1))
                .allSatisfy(answer -> assertThat(answer.status()).isIn(201, 202));
        byte[] again = refused;
        org.awaitility.Awaitility.await().until(() -> edge.submit(again).status() != 429);
    }

    private double limited() {
        return meters.get("zeroui_rate_limited").tag("limit", "ingest").counter().count();
    }
}
