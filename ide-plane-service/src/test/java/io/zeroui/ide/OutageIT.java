package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class OutageIT {

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("outage-key");
    private final RealRuntime runtime = RealRuntime.with(RuntimePart.IDE, RuntimePart.REDIS);

    @AfterEach
    void everythingRuns() {
        runtime.start(RuntimePart.IDE, RuntimePart.REDIS);
    }

    @Test
    void withoutItsDatabaseTheEdgeTakesReceiptsInAndCatchesUpLater() {
        byte[] before = emitter.decision("repo-outage");
        assertThat(edge.submit(before).status()).isIn(201, 202);
        byte[] untouched = emitter.decision("repo-outage");
        assertThat(edge.submit(untouched).status()).isIn(201, 202);
        for (byte[] each : List.of(before, untouched)) {
            await().untilAsserted(() -> assertThat(edge.get("/v1/receipts/" + EdgeClient.idOf(each)).body()
                    .path("indexed").asBoolean()).isTrue());
        }

        runtime.stop(RuntimePart.IDE);
        byte[] during = emitter.decision("repo-outage");
        EdgeClient.Answer answer = edge.submit(during);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("uniqueness").asText()).isEqualTo("deferred");
        byte[] conflicting = emitter.decision("repo-outage", EdgeClient.idOf(before), r -> r.put("degraded", true));
        assertThat(edge.submit(conflicting).status()).isEqualTo(202);
        List<JsonNode> results = edge.bulk(emitter.decisions("repo-outage", 500));
        assertThat(results).hasSize(500).allSatisfy(r -> assertThat(r.path("status").asInt()).isEqualTo(202));
        assertThat(edge.get("/v1/status").status()).isEqualTo(200);
        assertThat(edge.get("/v1/receipts/" + EdgeClient.idOf(untouched)).status()).isEqualTo(503);
        assertThat(edge.get("/q/health/ready").status()).isEqualTo(200);

        runtime.start(RuntimePart.IDE);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(edge.get("/v1/receipts/" + EdgeClient.idOf(during)).body().path("indexed").asBoolean()).isTrue();
            assertThat(edge.get("/v1/receipts/" + results.get(499).path("receipt_id").asText()).body().path("indexed")
                    .asBoolean()).isTrue();
            assertThat(edge.get("/v1/status").body().path("uniqueness").asText()).isEqualTo("checked");
        });
        assertThat(edge.quarantined(edge.relative(edge.file("repo-outage")))).containsExactly("CONFLICTING_DUPLICATE");
        assertThat(edge.getBytes("/v1/receipts/" + EdgeClient.idOf(before) + "?raw=true")).isEqualTo(before);
        assertThat(edge.submit(emitter.decision("repo-outage")).status()).isEqualTo(201);
    }

    @Test
    void withoutRedisTheOutboxWaits() {
        runtime.stop(RuntimePart.REDIS);
        byte[] receipt = emitter.decision("repo-outage");
        assertThat(edge.submit(receipt).status()).isIn(201, 202);
        runtime.start(RuntimePart.REDIS);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try (var redis = runtime.redis()) {
                assertThat(redis.xrange("zeroui:ide-receipts:_", "-", "+"))
                        .anySatisfy(entry -> assertThat(entry.getFields()).containsEntry("id", EdgeClient.idOf(receipt)));
            }
        });
    }
}
