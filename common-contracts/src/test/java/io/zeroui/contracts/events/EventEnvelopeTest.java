package io.zeroui.contracts.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zeroui.contracts.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventEnvelopeTest {

    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void theFieldsAreTheAttributesOfCloudEvents() {
        Map<String, String> fields = new TreeMap<>();
        event().toFields().forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
        assertThat(fields).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("specversion", "1.0"),
                Map.entry("id", "7"),
                Map.entry("source", "/planes/ide/edge-local"), Map.entry("type", "io.zeroui.receipt.submitted"),
                Map.entry("time", "2026-01-31T12:00:00.123Z"), Map.entry("subject", "r-1"), Map.entry("tenantid", "acme"),
                Map.entry("datacontenttype", "application/json"), Map.entry("epoch", "e1"), Map.entry("sequence", "17"),
                Map.entry("data", "{}")));
    }

    @Property(tries = 500)
    void anEventIsReadBack(@ForAll byte[] data, @ForAll long sequence) {
        EventEnvelope event = EventEnvelope.of("t", "/s", TIME, data).withExtension(EventEnvelope.SEQUENCE,
                Long.toString(sequence));
        assertThat(EventEnvelope.fromFields(event.toFields())).isEqualTo(event);
        assertThat(EventEnvelope.fromFields(event().toFields())).isEqualTo(event());
    }

    @ParameterizedTest
    @ValueSource(strings = { "specversion", "id", "source", "type", "time", "datacontenttype", "data" })
    void anEventWithoutARequiredAttributeIsRefused(String name) {
        Map<String, byte[]> fields = event().toFields();
        fields.remove(name);
        assertThatExceptionOfType(InvalidEvent.class).isThrownBy(() -> EventEnvelope.fromFields(fields))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "specversion=0.3", "time=now", "tenantid=../x", "id=", "Bad-Name=1", "event_type=smoke" })
    void anEventWithABadAttributeIsRefused(String field) {
        Map<String, byte[]> fields = event().toFields();
        fields.put(field.substring(0, field.indexOf('=')),
                field.substring(field.indexOf('=') + 1).getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(InvalidEvent.class).isThrownBy(() -> EventEnvelope.fromFields(fields));
    }

    @ParameterizedTest
    @ValueSource(strings = { "data", "id", "Sequence", "a-b", "" })
    void extensionsHaveNamesOfTheirOwn(String name) {
        assertThatExceptionOfType(InvalidEvent.class).isThrownBy(() -> event().withExtension(name, "x"));
    }

    @Test
    void aMissingExtensionIsNamed() {
        assertThat(event().requireExtension("epoch")).isEqualTo("e1");
        assertThat(event().extension("edgeid")).isNull();
        assertThatExceptionOfType(InvalidEvent.class).isThrownBy(() -> event().requireExtension("edgeid"))
                .withMessageContaining("edgeid");
    }

    @Test
    void anEventPrintsItselfWithoutItsData() {
        assertThat(event().withId("x").toString()).contains("receipt.submitted").doesNotContain("{}");
    }

    @Test
    void acknowledgementsAreAsFewRangesAsPossible() {
        assertThat(DeliveryAck.of("edge", "e1", List.of(5L, 1L, 2L, 3L, 7L, 6L, 2L)).ranges())
                .containsExactly(new SequenceRange(1, 3), new SequenceRange(5, 7));
        assertThat(DeliveryAck.of("edge", "e1", List.of()).ranges()).isEmpty();
        assertThat(DeliveryAck.of("edge", "e1", List.of(0L)).ranges()).containsExactly(SequenceRange.of(0));
    }

    @Test
    void payloadsAreSnakeCaseJsonAndNewerSendersMaySayMore() {
        TelemetryReport report = new TelemetryReport("ide", "ide-plane-service", "i-1", "1.0", TIME, "up",
                Map.of("receipts", 3L),
                List.of(new ChannelState("ide-receipts", "producer", "up", 1, 2, 3)));
        String json = new String(EventJson.write(report), StandardCharsets.UTF_8);
        assertThat(json).contains("\"reported_at\":\"2026-01-31T12:00:00.123Z\"").contains("\"dead_letters\":3");
        assertThat(EventJson.read(EventJson.write(report), TelemetryReport.class)).isEqualTo(report);
        assertThat(EventJson.read("{\"sender\":\"e\",\"epoch\":\"1\",\"ranges\":[{\"from\":1,\"to\":2,\"x\":1}],\"more\":7}"
                .getBytes(StandardCharsets.UTF_8), DeliveryAck.class))
                .isEqualTo(new DeliveryAck("e", "1", List.of(new SequenceRange(1, 2))));
    }

    @Test
    void evidenceIsReadBack() {
        EvidenceIndexed evidence = new EvidenceIndexed("acme", "local",
                List.of(new EvidenceItem(1, "r", "decision", "repo", "gate", "pass",
                        null, "2026-01-31", "pre-commit", "default", false, "00", List.of("licences-1.0"), true)));
        assertThat(new String(EventJson.write(evidence), StandardCharsets.UTF_8)).contains("\"ledger_sequence\":1",
                "\"gate_id\":\"gate\"", "\"policy_version_ids\":[\"licences-1.0\"]", "\"overridden\":true");
        assertThat(EventJson.read(EventJson.write(evidence), EvidenceIndexed.class)).isEqualTo(evidence);
    }

    @Test
    void evidenceOfASenderThatDoesNotNamePoliciesIsRead() {
        String old = "{\"tenant_id\":\"acme\",\"region\":\"local\",\"items\":[{\"ledger_sequence\":1,\"receipt_id\":\"r\",\"kind\":\"decision\","
                + "\"repo_id\":\"repo\",\"gate_id\":\"gate\",\"status\":\"pass\",\"severity\":null,\"day\":\"2026-01-31\","
                + "\"evaluation_point\":\"pre-commit\",\"environment\":\"default\",\"degraded\":false,\"hash\":\"00\"}]}";
        for (boolean exactly : List.of(false, true)) {
            byte[] data = old.getBytes(StandardCharsets.UTF_8);
            EvidenceIndexed read = exactly ? EventJson.readExactly(data, EvidenceIndexed.class) : EventJson.read(data, EvidenceIndexed.class);
            assertThat(read.items()).containsExactly(new EvidenceItem(1, "r", "decision", "repo", "gate", "pass", null, "2026-01-31", "pre-commit",
                    "default", false, "00", List.of(), false));
        }
    }

    @Test
    void onlyNamesThatVersionsCanHaveAreToldAndNotTooMany() {
        assertThat(EvidenceItem.policies(List.of("gate-1", "a@example.org", "gate-1", "x".repeat(200), "", "Gate-1", "secrets-2.0-rc1")))
                .containsExactly("gate-1", "secrets-2.0-rc1");
        assertThat(EvidenceItem.policies(IntStream.range(0, 100).mapToObj(i -> "gate-" + i).toList())).hasSize(EvidenceItem.POLICIES_MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "{}", "{\"sender\":\"e\",\"epoch\":\"1\"}",
            "{\"sender\":\"e\",\"epoch\":\"1\",\"ranges\":[{\"from\":5,\"to\":2}]}",
            "{\"sender\":\"e\",\"epoch\":\"1\",\"ranges\":[{}]}" })
    void whatIsNotThePayloadIsRefused(String json) {
        assertThatExceptionOfType(InvalidEvent.class)
                .isThrownBy(() -> EventJson.read(json.getBytes(StandardCharsets.UTF_8), DeliveryAck.class));
    }

    private static EventEnvelope event() {
        return EventEnvelope
                .of(EventEnvelope.RECEIPT_SUBMITTED, "/planes/ide/edge-local", TIME, "{}".getBytes(StandardCharsets.UTF_8))
                .withId("7").withSubject("r-1").withTenantId(TenantId.of("acme"))
                .withExtensions(Map.of("epoch", "e1", "sequence", "17"));
    }
}
