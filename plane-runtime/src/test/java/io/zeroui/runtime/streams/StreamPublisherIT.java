package io.zeroui.runtime.streams;

import static io.zeroui.runtime.streams.StreamHarness.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.EventRefused;
import io.zeroui.contracts.channels.KeyScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.EvidenceIndexed;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What must not travel does not reach Redis. */
class StreamPublisherIT {

    private static final Channel TELEMETRY = ChannelCatalogue.TENANT_TELEMETRY;
    private static final byte[] RECEIPT = SignedReceipts.withNewKey("k").decision("repo");

    private StreamHarness harness;
    private StreamPublisher publisher;

    @BeforeEach
    void empty() {
        harness = new StreamHarness();
        harness.runtime.start(RuntimePart.REDIS);
        harness.runtime.flushRedis();
        publisher = harness.publisher(Plane.TENANT);
        publish(TELEMETRY, report());
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void anEventOfTheChannelIsSent() {
        assertThat(length(TELEMETRY)).isEqualTo(1);
        assertThat(harness.meters.find("zeroui_stream_refused_events").counter()).isNull();
    }

    @Test
    void aReceiptLineIsRefusedWhereReceiptsDoNotTravel() {
        refused(TELEMETRY, event(EventEnvelope.TELEMETRY_REPORTED, RECEIPT));
        refused(TELEMETRY, event(EventEnvelope.RECEIPT_SUBMITTED, RECEIPT));
        refused(ChannelCatalogue.TENANT_EVIDENCE, event(EventEnvelope.EVIDENCE_INDEXED, RECEIPT));
    }

    @Test
    void thePayloadOfAnotherChannelIsRefused() {
        refused(TELEMETRY, event(EventEnvelope.EVIDENCE_INDEXED, EventJson.write(new EvidenceIndexed("acme", "eu-1", List.of()))));
        refused(ChannelCatalogue.TENANT_EVIDENCE, report());
    }

    @Test
    void aMemberThatThePayloadDoesNotHaveIsRefused() {
        String more = new String(report().data(), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"rationale\":\"planted\",");
        refused(TELEMETRY, event(EventEnvelope.TELEMETRY_REPORTED, more.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anAttributeThatTheChannelDoesNotCarryIsRefused() {
        refused(TELEMETRY, report().withTenantId(TenantId.of("acme")));
    }

    @Test
    void aChannelWhoseConsumerMustNotHoldThePayloadGetsNothing() {
        Channel bad = new Channel("tenant-telemetry", TELEMETRY.streamKey(), Plane.TENANT, Set.of(Plane.SHARED), KeyScope.GLOBAL,
                EvidenceIndexed.class, Set.of(DataClass.RECEIPT_METADATA), "a fixture");
        refused(bad, event(EventEnvelope.EVIDENCE_INDEXED, EventJson.write(new EvidenceIndexed("acme", "eu-1", List.of()))));
    }

    /** Also none of the good events in one call with a bad one is sent. */
    private void refused(Channel channel, EventEnvelope bad) {
        long before = length(channel);
        double counted = count(channel);
        assertThatThrownBy(() -> publisher.publish(channel, null, List.of(report(), bad, report())).await().atMost(WAIT))
                .isInstanceOf(EventRefused.class).hasMessageContaining(channel.name()).hasMessageNotContaining("planted");
        assertThatThrownBy(() -> publisher.publish(channel, null, List.of(bad)).await().atMost(WAIT))
                .isInstanceOf(EventRefused.class);
        assertThat(length(channel)).isEqualTo(before);
        assertThat(count(channel)).isEqualTo(counted + 2);
    }

    private double count(Channel channel) {
        return harness.meters.counter("zeroui_stream_refused_events", "channel", channel.name()).count();
    }

    private long length(Channel channel) {
        try (Jedis redis = harness.runtime.redis()) {
            return redis.xlen(channel.key(null));
        }
    }

    private void publish(Channel channel, EventEnvelope event) {
        assertThat(publisher.publish(channel, null, List.of(event)).await().atMost(WAIT)).hasSize(1);
    }

    private static EventEnvelope report() {
        return event(EventEnvelope.TELEMETRY_REPORTED, EventJson.write(new TelemetryReport("tenant", "service", "instance", "1",
                Instant.EPOCH, "up", Map.of(), List.of())));
    }

    private static EventEnvelope event(String type, byte[] data) {
        return EventEnvelope.of(type, "urn:zeroui:plane:tenant", Instant.EPOCH, data);
    }
}
