package io.zeroui.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamIdsTest {

    @Test
    void idsAreOrderedByTimeThenNumberAsUnsigned() {
        assertThat(StreamIds.compare("9-5", "10-0")).isNegative();
        assertThat(StreamIds.compare("10-2", "10-10")).isNegative();
        assertThat(StreamIds.compare("10-2", "10-2")).isZero();
        assertThat(StreamIds.compare("18446744073709551615-0", "1-0")).isPositive();
    }

    @Test
    void theNextIdCarriesIntoTheTime() {
        assertThat(StreamIds.after("10-2")).isEqualTo("10-3");
        assertThat(StreamIds.after("10-18446744073709551615")).isEqualTo("11-0");
        assertThat(StreamIds.after("10")).isEqualTo("10-1");
    }
}
