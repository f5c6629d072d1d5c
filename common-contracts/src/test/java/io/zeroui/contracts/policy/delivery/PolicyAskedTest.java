package io.zeroui.contracts.policy.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.events.InvalidEvent;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which times a question can be. */
class PolicyAskedTest {

    @ParameterizedTest
    @ValueSource(strings = { "1970-01-01T00:00:00Z", "2026-11-22T12:00:00Z", "9999-12-31T23:59:59.999999999Z" })
    void aTimeThatCanBeReckonedWithIsTaken(String time) {
        assertThat(asked(time).at()).isEqualTo(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "+300000-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z" })
    void anyOtherIsRefused(String time) {
        assertThatThrownBy(() -> asked(time)).isInstanceOf(InvalidEvent.class).hasMessageContaining("years 1970 to 9999");
    }

    private static PolicyAsked asked(String time) {
        return new PolicyAsked("acme", "edge-1", 1, 1, 1, false, true, null, null, Instant.parse(time));
    }
}
