package io.zeroui.contracts.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class UtcTimestampTest {

    @ParameterizedTest
    @CsvSource({ "2026-01-31T12:00:00Z,2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5Z,2026-01-31T12:00:00.5Z",
            "2026-01-31t12:00:00z,2026-01-31T12:00:00Z", "2024-02-29T23:59:59.123456789+00:00,2024-02-29T23:59:59.123456789Z",
            "9999-12-31T23:59:59Z,9999-12-31T23:59:59Z" })
    void utcTimesOfRfc3339AreRead(String text, Instant expected) {
        assertThat(UtcTimestamp.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "now", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z", "2026-01-31T12:00Z",
            "2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00-00:30", "2026-02-30T12:00:00Z", "2026-13-01T12:00:00Z",
            "2026-01-31T24:00:00Z", "2026-01-31T12:00:61Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00.1234567890Z",
            "1969-12-31T23:59:59Z", "+2026-01-31T12:00:00Z", "2026-01-31T12:00:00ZZ", "٢٠٢٦-01-31T12:00:00Z" })
    void everythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> UtcTimestamp.parse(text));
    }

    @Property
    void whatTheJdkWritesIsRead(@ForAll @LongRange(min = 0, max = 253402300799L) long second,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nano) {
        Instant instant = Instant.ofEpochSecond(second, nano);
        assertThat(UtcTimestamp.parse(instant.toString())).isEqualTo(instant);
    }
}
