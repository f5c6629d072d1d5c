package io.zeroui.product.reports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RuntimePart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class EvidenceStreamIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DAY = "2026-11-21";

    @Test
    void evidenceIsCountedOnceAndEveryDeliveryIsAcknowledged() {
        var first = List.of(ProductRuntime.item(1, "secrets", "pass", DAY), ProductRuntime.item(2, null, null, DAY));
        var second = List.of(ProductRuntime.item(2, null, null, DAY), ProductRuntime.item(3, "secrets", "warn", DAY));
        ProductRuntime.send("stream", "epoch-1", 8, second);
        ProductRuntime.send("stream", "epoch-1", 7, first);
        ProductRuntime.send("stream", "epoch-1", 7, first);
        ProductRuntime.send("stream", "epoch-2", 1, first);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ProductRuntime.acknowledged("epoch-1")).containsExactly(7L, 8L);
            assertThat(ProductRuntime.acknowledged("epoch-2")).containsExactly(1L);
        });
        assertThat(ProductRuntime.counts("stream")).isEqualTo(Map.of(DAY + " decision secrets pass", 1L,
                DAY + " decision secrets warn", 1L, DAY + " feedback  unknown", 1L));
        given().queryParam("tenant", "stream").queryParam("from", DAY).queryParam("to", DAY)
                .get("/v1/reports/receipts/daily").then().statusCode(200)
                .body("days[0].day", equalTo(DAY))
                .body("days[0].by_status.pass", equalTo(1))
                .body("days[0].feedback", equalTo(1))
                .body("count", equalTo(3));
    }

    @Test
    void whatCannotBeCountedIsDeadLetteredAndAcknowledgedAndStopsNothing() {
        event("bad", 1, "{\"tenant_id\":\"bad\"}", EventEnvelope.EVIDENCE_INDEXED);
        event("bad", 2, "not json", EventEnvelope.EVIDENCE_INDEXED);
        event("bad", 3, "{\"tenant_id\":\"../x\",\"region\":\"r\",\"items\":[]}", EventEnvelope.EVIDENCE_INDEXED);
        event("bad", 4, "{}", "io.zeroui.other");
        event("bad", 5, "{\"tenant_id\":\"bad\",\"region\":\"r\",\"items\":[null]}", EventEnvelope.EVIDENCE_INDEXED);
        event("bad", 6, "{\"tenant_id\":\"bad\",\"region\":\"r\",\"items\":[{\"ledger_sequence\":1,\"kind\":\"decision\","
                + "\"day\":\"2026-13-01\",\"degraded\":false}]}", EventEnvelope.EVIDENCE_INDEXED);
        event("bad", 7, " ".repeat(5_000_000), EventEnvelope.EVIDENCE_INDEXED);
        ProductRuntime.send("bad", "bad", 8, List.of(ProductRuntime.item(1, "g", "pass", DAY)));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ProductRuntime.acknowledged("bad"))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
        assertThat(ProductRuntime.counts("bad")).isEqualTo(Map.of(DAY + " decision g pass", 1L));
        assertThat(ProductRuntime.deadLetters()).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void unknownMembersOfANewerSenderAreTolerated() {
        event("newer", 1, "{\"tenant_id\":\"newer\",\"region\":\"r\",\"later\":1,\"items\":[{\"ledger_sequence\":1,"
                + "\"receipt_id\":\"r\",\"kind\":\"decision\",\"gate_id\":\"g\",\"status\":\"pass\",\"day\":\"" + DAY
                + "\",\"environment\":\"e\",\"degraded\":false,\"hash\":\"00\",\"more\":{}}]}",
                EventEnvelope.EVIDENCE_INDEXED);
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(ProductRuntime.counts("newer"))
                .isEqualTo(Map.of(DAY + " decision g pass", 1L)));
    }

    @Test
    void withoutItsDatabaseThePlaneAnswersAProblemAndCountsEverythingAfterwards() {
        ProductRuntime.send("fault", "fault", 1, List.of(ProductRuntime.item(1, "g", "pass", DAY)));
        await().atMost(PATIENCE).until(() -> ProductRuntime.acknowledged("fault").size() == 1);
        ProductRuntime.RUNTIME.stop(RuntimePart.PRODUCT);
        try {
            for (long sequence = 2; sequence <= 20; sequence++) {
                ProductRuntime.send("fault", "fault", sequence,
                        List.of(ProductRuntime.item(sequence, "g", "pass", DAY)));
            }
            given().queryParam("tenant", "fault").get("/v1/reports/receipts").then()
                    .statusCode(503).contentType("application/problem+json")
                    .body("error.code", equalTo("DEPENDENCY_UNAVAILABLE"));
            given().get("/v1/status").then().statusCode(200).body("report.state", equalTo("degraded"));
            given().get("/q/health/ready").then().statusCode(503);
        } finally {
            ProductRuntime.RUNTIME.start(RuntimePart.PRODUCT);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ProductRuntime.acknowledged("fault"))
                .isEqualTo(LongStream.rangeClosed(1, 20).boxed().collect(
                        java.util.stream.Collectors.toCollection(TreeSet::new))));
        assertThat(ProductRuntime.counts("fault")).isEqualTo(Map.of(DAY + " decision g pass", 20L));
        given().get("/q/health/ready").then().statusCode(200);
    }

    private static void event(String epoch, long sequence, String data, String type) {
        ProductRuntime.add(EventEnvelope.of(type, "urn:zeroui:plane:tenant", Instant.now(),
                data.getBytes(StandardCharsets.UTF_8)).withExtensions(
                        Map.of(EventEnvelope.EPOCH, epoch, EventEnvelope.SEQUENCE, Long.toString(sequence))));
    }
}
