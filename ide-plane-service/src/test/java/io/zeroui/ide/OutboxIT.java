package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class OutboxIT {

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("outbox-key");
    private final RealRuntime runtime = RealRuntime.with(RuntimePart.IDE, RuntimePart.REDIS);

    @Test
    void aReceiptIsSentAsItIsStoredAndLeavesTheOutboxWhenItIsAcknowledged() {
        byte[] receipt = emitter.decision("repo-outbox");
        assertThat(edge.submit(receipt).status()).isIn(201, 202);
        Map<String, String> event = awaitEvent(EdgeClient.idOf(receipt));
        assertThat(event.get("data")).isEqualTo(new String(receipt, StandardCharsets.UTF_8));
        assertThat(event).containsEntry("type", EventEnvelope.RECEIPT_SUBMITTED).containsEntry("edgeid", "edge-local")
                .containsEntry("tenantid", "local").containsEntry("repoid", "repo-outbox")
                .containsEntry("kid", emitter.kid().value())
                .containsEntry("emitterkey", Base64.getEncoder().encodeToString(emitter.keys().publicKey().raw()))
                .containsEntry("epoch", edge.get("/v1/status").body().path("epoch").asText());

        acknowledge(event.get("epoch").replace('a', 'b').replace('1', '2'), Long.parseLong(event.get("sequence")));
        acknowledge(event.get("epoch"), Long.parseLong(event.get("sequence")));
        await().untilAsserted(() -> assertThat(inOutbox(EdgeClient.idOf(receipt))).isZero());
    }

    @Test
    void anAcknowledgementOfAnEarlierOutboxDropsNothing() throws Exception {
        byte[] receipt = emitter.decision("repo-outbox");
        assertThat(edge.submit(receipt).status()).isIn(201, 202);
        Map<String, String> event = awaitEvent(EdgeClient.idOf(receipt));
        acknowledge("00000000-0000-0000-0000-000000000000", Long.parseLong(event.get("sequence")));
        byte[] later = emitter.decision("repo-outbox");
        assertThat(edge.submit(later).status()).isIn(201, 202);
        Map<String, String> laterEvent = awaitEvent(EdgeClient.idOf(later));
        acknowledge(laterEvent.get("epoch"), Long.parseLong(laterEvent.get("sequence")));
        await().untilAsserted(() -> assertThat(inOutbox(EdgeClient.idOf(later))).isZero());
        assertThat(inOutbox(EdgeClient.idOf(receipt))).isOne();
    }

    @Test
    void afterTheStreamIsLostEverythingIsSentAgain() {
        byte[] receipt = emitter.decision("repo-outbox");
        assertThat(edge.submit(receipt).status()).isIn(201, 202);
        Map<String, String> event = awaitEvent(EdgeClient.idOf(receipt));
        runtime.flushRedis();
        assertThat(awaitEvent(EdgeClient.idOf(receipt))).isEqualTo(event);
    }

    private long inOutbox(String id) throws Exception {
        try (var connection = RealRuntime.connect(runtime.adminUrl(Plane.IDE));
                var statement = connection.prepareStatement("SELECT count(*) FROM core.outbox WHERE receipt_id = ?")) {
            statement.setString(1, id);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private Map<String, String> awaitEvent(String id) {
        return await().atMost(Duration.ofSeconds(30)).until(() -> event(id), event -> !event.isEmpty());
    }

    private Map<String, String> event(String id) {
        try (Jedis redis = runtime.redis()) {
            return redis.xrange("zeroui:ide-receipts:_", "-", "+").stream().map(entry -> entry.getFields())
                    .filter(fields -> id.equals(fields.get("id"))).findFirst().orElse(Map.of());
        }
    }

    private void acknowledge(String epoch, long sequence) {
        DeliveryAck ack = new DeliveryAck("edge-local", epoch, List.of(SequenceRange.of(sequence)));
        EventEnvelope event = EventEnvelope.of(EventEnvelope.DELIVERY_ACKNOWLEDGED, "urn:zeroui:plane:tenant",
                Instant.now(), EventJson.write(ack));
        Map<String, String> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
        try (Jedis redis = runtime.redis()) {
            assertThat(redis.xadd("zeroui:tenant-receipt-acks:_:edge-local", StreamEntryID.NEW_ENTRY, fields)).isNotNull();
        }
    }
}
