package io.zeroui.contracts.channels;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.SampleReceipts;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.EvidenceIndexed;
import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.contracts.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelGuardTest {

    private static final EvidenceItem ITEM = new EvidenceItem(1, "r", "decision", "repo", null, "pass", null, "2026-01-31",
            "unknown", "default", false, "00", List.of("gate-1"), true);
    private static final EventEnvelope ACK = event(EventEnvelope.DELIVERY_ACKNOWLEDGED,
            new DeliveryAck("edge", "e", List.of(SequenceRange.of(3))));
    private static final EventEnvelope EVIDENCE = event(EventEnvelope.EVIDENCE_INDEXED,
            new EvidenceIndexed("acme", "eu-1", List.of(ITEM)));
    private static final EventEnvelope REPORT = event(EventEnvelope.TELEMETRY_REPORTED, new TelemetryReport("tenant", "s", "i",
            "1", Instant.EPOCH, "up", Map.of("rows", 1L), List.of()));
    private static final EventEnvelope RECEIPT = EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "urn:t", Instant.EPOCH,
            SampleReceipts.decision().toString().getBytes(StandardCharsets.UTF_8));

    @Test
    void whatAChannelIsForPasses() {
        passes(ChannelCatalogue.TENANT_RECEIPT_ACKS, ACK);
        passes(ChannelCatalogue.PRODUCT_EVIDENCE_ACKS, ACK);
        passes(ChannelCatalogue.TENANT_TELEMETRY, REPORT);
        passes(ChannelCatalogue.TENANT_EVIDENCE, EVIDENCE.withTenantId(TenantId.of("acme"))
                .withExtensions(Map.of(EventEnvelope.EPOCH, "e", EventEnvelope.SEQUENCE, "1")));
        passes(ChannelCatalogue.IDE_RECEIPTS, RECEIPT.withSubject("r").withTenantId(TenantId.of("acme")).withExtensions(
                Map.of(EventEnvelope.EDGE_ID, "edge", EventEnvelope.REPO_ID, "repo", EventEnvelope.KID, "k",
                        EventEnvelope.EMITTER_KEY, "x", EventEnvelope.EPOCH, "e", EventEnvelope.SEQUENCE, "1")));
    }

    @Test
    void aReceiptLineIsRefusedWhereReceiptsDoNotTravelUnderWhateverType() {
        for (Channel channel : ChannelCatalogue.all()) {
            if (channel != ChannelCatalogue.IDE_RECEIPTS) {
                refused(channel, RECEIPT, "not " + EventEnvelope.RECEIPT_SUBMITTED);
                refused(channel, EventEnvelope.of(typeOf(channel), "urn:t", Instant.EPOCH, RECEIPT.data()), "does not carry this");
            }
        }
    }

    @Test
    void aPayloadOfAnotherChannelIsRefused() {
        refused(ChannelCatalogue.TENANT_TELEMETRY, ACK, "not " + EventEnvelope.DELIVERY_ACKNOWLEDGED);
        refused(ChannelCatalogue.IDE_RECEIPTS, EVIDENCE, "not " + EventEnvelope.EVIDENCE_INDEXED);
        refused(ChannelCatalogue.TENANT_TELEMETRY, EventEnvelope.of(EventEnvelope.TELEMETRY_REPORTED, "urn:t", Instant.EPOCH,
                EVIDENCE.data()), "does not carry this");
    }

    @Test
    void oneMemberMoreOrTwiceOrBehindTheEndIsRefused() {
        String report = new String(REPORT.data(), StandardCharsets.UTF_8);
        for (String wrong : List.of(report.replaceFirst("\\{", "{\"rationale\":\"planted\","),
                report.substring(0, report.length() - 1) + ",\"rationale\":\"planted\"}",
                report.replace("\"channels\":[]", "\"channels\":[{\"channel\":\"c\",\"role\":\"consumer\",\"state\":\"up\","
                        + "\"lag\":0,\"pending\":0,\"dead_letters\":0,\"rationale\":\"planted\"}]"),
                report.replaceFirst("\\{", "{\"state\":\"planted\","), report + " {\"rationale\":\"planted\"}", "", "null",
                "[]", "planted", report.replace("\"rows\":1", "\"rows\":\"planted\""))) {
            assertThatThrownBy(() -> new ChannelGuard(ChannelCatalogue.TENANT_TELEMETRY).check(EventEnvelope.of(
                    EventEnvelope.TELEMETRY_REPORTED, "urn:t", Instant.EPOCH, wrong.getBytes(StandardCharsets.UTF_8))))
                    .as(wrong).isInstanceOf(EventRefused.class).hasNoCause().hasMessageNotContaining("planted");
        }
    }

    @Test
    void anAttributeOfAClassThatTheChannelDoesNotCarryIsRefused() {
        refused(ChannelCatalogue.TENANT_TELEMETRY, REPORT.withTenantId(TenantId.of("acme")), "tenantid, which is receipt-metadata");
        refused(ChannelCatalogue.TENANT_TELEMETRY, REPORT.withSubject("r"), "subject, which is receipt-metadata");
        refused(ChannelCatalogue.TENANT_TELEMETRY, REPORT.withExtension(EventEnvelope.REPO_ID, "r"), "repoid");
        refused(ChannelCatalogue.TENANT_EVIDENCE, EVIDENCE.withExtension("rationale", "r"), "which has no data class");
    }

    @Test
    void whatIsNotOneLineOfJsonIsNoReceiptLine() {
        refused(ChannelCatalogue.IDE_RECEIPTS, receipt("{}\n{}"), "one line");
        refused(ChannelCatalogue.IDE_RECEIPTS, receipt(""), "nothing");
        refused(ChannelCatalogue.IDE_RECEIPTS, new EventEnvelope("i", "urn:t", EventEnvelope.RECEIPT_SUBMITTED, Instant.EPOCH,
                null, null, "text/plain", Map.of(), RECEIPT.data()), "not text/plain");
    }

    @Test
    void aChannelThatBreaksThePlaneContractCarriesNothing() {
        Channel bad = ChannelRulesTest.channel("x", Plane.TENANT, Plane.SHARED, EvidenceIndexed.class,
                DataClass.RECEIPT_METADATA);
        refused(bad, EVIDENCE, "the shared plane must not hold receipt-metadata");
        Channel payloadNotCarried = ChannelRulesTest.channel("x", Plane.TENANT, Plane.PRODUCT, EvidenceIndexed.class,
                DataClass.PLANE_STATE);
        refused(payloadNotCarried, EVIDENCE, "is receipt-metadata, which the channel does not carry");
    }

    private static String typeOf(Channel channel) {
        return channel.payload().getAnnotation(io.zeroui.contracts.events.EventType.class).value();
    }

    private static EventEnvelope receipt(String data) {
        return EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "urn:t", Instant.EPOCH, data.getBytes(StandardCharsets.UTF_8));
    }

    private static EventEnvelope event(String type, Object payload) {
        return EventEnvelope.of(type, "urn:t", Instant.EPOCH, EventJson.write(payload));
    }

    private static void passes(Channel channel, EventEnvelope event) {
        assertThatCode(() -> new ChannelGuard(channel).check(event)).doesNotThrowAnyException();
    }

    private static void refused(Channel channel, EventEnvelope event, String why) {
        assertThatThrownBy(() -> new ChannelGuard(channel).check(event)).isInstanceOf(EventRefused.class)
                .hasMessageContaining(channel.name()).hasMessageContaining(why);
    }
}
