package io.zeroui.shared.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.InvalidEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String GOOD = """
            {"plane":"ide","service":"ide-plane-service","instance":"host-1","version":"1.0.0-SNAPSHOT",
             "reported_at":"2026-11-21T12:00:00Z","state":"up","counts":{"outbox_rows":3},
             "channels":[{"channel":"tenant-receipt-acks","role":"consumer","state":"reading","lag":1,"pending":2,
             "dead_letters":0}]}""";
    private static final TelemetryStoreConfig CONFIG = new SmallRyeConfigBuilder()
            .withMapping(TelemetryStoreConfig.class).build().getConfigMapping(TelemetryStoreConfig.class);

    @Test
    void aReportIsRead() {
        assertThat(read(GOOD).counts()).containsEntry("outbox_rows", 3L);
        assertThat(read(GOOD).channels()).hasSize(1);
    }

    @Test
    void membersOfANewerVersionAreLeftOut() {
        String newer = GOOD.replace("\"state\":\"up\"", "\"state\":\"up\",\"receipt\":{\"inputs\":\"x\"}");
        assertThat(read(newer)).isEqualTo(read(GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"plane\":\"ide\"|\"plane\":\"tenant\"",
            "\"service\":\"ide-plane-service\"|\"service\":\"int main() { return 0; }\"",
            "\"instance\":\"host-1\"|\"instance\":\"jane@example.com\"",
            "\"version\":\"1.0.0-SNAPSHOT\"|\"version\":null",
            "\"state\":\"up\"|\"state\":\"fine\"",
            "outbox_rows|rows of jane",
            "\"lag\":1|\"lag\":\"many\"",
            "{\"outbox_rows\":3}|null",
            "{\"outbox_rows\":3}|{\"outbox_rows\":null}",
            "\"role\":\"consumer\"|\"role\":\"spy\"",
            "\"channel\":\"tenant-receipt-acks\"|\"channel\":\"a b\"",
            "2026-11-21T12:00:00Z|2026-11-21T12:06:00Z",
            "2026-11-21T12:00:00Z|1960-01-01T00:00:00Z",
            "2026-11-21T12:00:00Z|noon"})
    void whatIsNoNameStateTimeOrNumberIsRefused(String change) {
        String[] parts = change.split("\\|");
        assertThatThrownBy(() -> read(GOOD.replace(parts[0], parts[1]))).isInstanceOf(InvalidEvent.class);
    }

    @Test
    void aRefusalDoesNotRepeatWhatWasRefused() {
        assertThatThrownBy(() -> read(GOOD.replace("host-1", "jane doe"))).hasMessageNotContaining("jane");
        assertThatThrownBy(() -> read("{\"plane\": secret")).hasMessageNotContaining("secret");
    }

    @Test
    void tooManyCountsAndTooManyBytesAreRefused() {
        String many = IntStream.range(0, 201).mapToObj(i -> "\"c" + i + "\":1").collect(Collectors.joining(","));
        assertThatThrownBy(() -> read(GOOD.replace("\"outbox_rows\":3", many))).hasMessageContaining("200 counts");
        assertThatThrownBy(() -> read(GOOD + " ".repeat(70_000))).hasMessageContaining("larger than");
    }

    @Test
    void anEventOfAnotherTypeIsRefused() {
        EventEnvelope other = EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "s", NOW, bytes(GOOD));
        assertThatThrownBy(() -> ReportCheck.read(Plane.IDE, other, CONFIG, NOW)).isInstanceOf(InvalidEvent.class);
    }

    private static io.zeroui.contracts.events.TelemetryReport read(String data) {
        return ReportCheck.read(Plane.IDE,
                EventEnvelope.of(EventEnvelope.TELEMETRY_REPORTED, "urn:zeroui:plane:ide", NOW, bytes(data)), CONFIG,
                NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
