package io.zeroui.contracts.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.boundaries.PayloadClasses;
import io.zeroui.contracts.events.EventAttribute;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.contracts.receipts.ReceiptLine;

/** Every part of every payload has a class that its channel carries, and no plane is sent what it must not hold. */
class ChannelRulesTest {

    static List<Channel> channels() {
        return ChannelCatalogue.all();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void everyChannelOfTheCatalogueKeepsThePlaneContract(Channel channel) {
        assertThat(channel.violations()).isEmpty();
        assertThat(channel.payloadClasses().byComponent()).isNotEmpty();
        assertThat(channel.payloadClasses().classes()).as("a channel carries no class that nothing in it may have")
                .isSubsetOf(channel.carries());
    }

    @Test
    void everyClassThatAChannelMayCarryIsThatOfAComponentOrAnAttribute() {
        Set<DataClass> ofAttributes = EnumSet.noneOf(DataClass.class);
        Arrays.stream(EventAttribute.values()).forEach(attribute -> ofAttributes.add(attribute.dataClass()));
        for (Channel channel : ChannelCatalogue.all()) {
            Set<DataClass> possible = EnumSet.copyOf(ofAttributes);
            possible.addAll(channel.payloadClasses().classes());
            assertThat(possible).as(channel.name()).containsAll(channel.carries());
        }
    }

    @Test
    void everyComponentOfNestedRecordsIsFound() {
        assertThat(PayloadClasses.of(TelemetryReport.class).byComponent()).containsKeys("counts", "channels", "channels.lag")
                .containsValue(DataClass.TELEMETRY).hasSize(14);
        assertThat(ChannelCatalogue.TENANT_EVIDENCE.payloadClasses().byComponent())
                .containsEntry("items.gateId", DataClass.RECEIPT_METADATA).hasSize(17);
        assertThat(ChannelCatalogue.IDE_RECEIPTS.payloadClasses().classes()).containsExactly(DataClass.RECEIPT_BODY);
    }

    @Test
    void everyExtensionAttributeThatTheEnvelopeNamesHasAClass() throws IllegalAccessException {
        int extensions = 0;
        for (Field field : EventEnvelope.class.getFields()) {
            String value = field.getType() == String.class ? String.valueOf(field.get(null)) : "";
            if (value.matches("[a-z0-9]+")) {
                extensions++;
                assertThat(EventAttribute.find(value)).as(field.getName()).isPresent();
            }
        }
        assertThat(extensions).isEqualTo(6);
    }

    record Unclassified(@Carries(DataClass.TELEMETRY) long known, String forgotten) {
    }

    @Carries(DataClass.TELEMETRY)
    @EventType("fixture.nested")
    record Nested(long count, List<Inner> inner) {
    }

    record Inner(String forgotten) {
    }

    @Carries(DataClass.TELEMETRY)
    @EventType("fixture.override")
    record Override(long count, @Carries(DataClass.RECEIPT_METADATA) String gateId) {
    }

    @Carries(DataClass.TELEMETRY)
    @EventType("fixture.open")
    record Open(JsonNode anything, Map<String, Object> members, Object object, List<?> list, byte[] bytes) {
    }

    @Carries(DataClass.TELEMETRY)
    record Untyped(long count) {
    }

    @Test
    void aComponentWithoutAClassIsAFlawAlsoInANestedRecord() {
        assertThat(telemetry(Unclassified.class).violations()).contains("forgotten has no data class");
        assertThat(telemetry(Nested.class).violations()).containsExactly("inner.forgotten has no data class");
        assertThat(telemetry(String.class).violations()).contains("String is not a record");
    }

    @Test
    void aComponentOfAClassThatItsChannelDoesNotCarryIsAFlaw() {
        assertThat(telemetry(Override.class).violations())
                .containsExactly("gateId is receipt-metadata, which the channel does not carry");
        assertThat(telemetry(ReceiptLine.class).violations())
                .containsExactly("ReceiptLine is receipt-body, which the channel does not carry");
    }

    @Test
    void aComponentWithRoomForAnythingIsAFlaw() {
        assertThat(telemetry(Open.class).violations()).hasSize(5).allMatch(flaw -> flaw.contains(" is open: "));
    }

    @Test
    void aPayloadWithoutAnEventTypeIsAFlaw() {
        assertThat(telemetry(Untyped.class).violations()).containsExactly("Untyped has no event type");
    }

    @Test
    void aPlaneThatMustNotHoldTheClassIsNamed() {
        Channel toShared = channel("x", Plane.TENANT, Plane.SHARED, TelemetryReport.class, DataClass.TELEMETRY,
                DataClass.RECEIPT_METADATA);
        assertThat(toShared.violations()).containsExactly("the shared plane must not hold receipt-metadata");
        Channel fromShared = channel("x", Plane.SHARED, Plane.TENANT, TelemetryReport.class, DataClass.TELEMETRY,
                DataClass.RECEIPT_METADATA);
        assertThat(fromShared.violations()).containsExactly("the shared plane must not send receipt-metadata",
                "the tenant plane must not hold telemetry");
    }

    @Test
    void receiptBodiesTravelFromTheEdgeToTheTenantOnly() {
        assertThat(channel("x", Plane.IDE, Plane.TENANT, ReceiptLine.class, DataClass.RECEIPT_BODY).violations()).isEmpty();
        assertThat(channel("x", Plane.TENANT, Plane.IDE, ReceiptLine.class, DataClass.RECEIPT_BODY).violations())
                .containsExactly("receipt-body travels from ide to tenant only");
        assertThat(channel("x", Plane.IDE, Plane.PRODUCT, ReceiptLine.class, DataClass.RECEIPT_BODY).violations())
                .containsExactly("receipt-body travels from ide to tenant only", "the product plane must not hold receipt-body");
    }

    @Test
    void aTelemetryChannelCarriesNothingElse() {
        assertThat(channel("x-telemetry", Plane.SHARED, Plane.SHARED, TelemetryReport.class, DataClass.TELEMETRY,
                DataClass.REGISTRY).violations()).containsExactly("a telemetry channel carries telemetry and plane-state only");
    }

    static Channel channel(String name, Plane producer, Plane consumer, Class<?> payload, DataClass... carries) {
        return new Channel(name, "zeroui:" + name, producer, Set.of(consumer), KeyScope.GLOBAL, payload, Set.of(carries),
                "a fixture");
    }

    private static Channel telemetry(Class<?> payload) {
        return channel("x-telemetry", Plane.SHARED, Plane.SHARED, payload, DataClass.TELEMETRY);
    }
}
