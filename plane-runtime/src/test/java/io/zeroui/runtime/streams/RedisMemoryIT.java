package io.zeroui.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How full Redis is, asked with the planes' logins. */
class RedisMemoryIT {

    private static final Duration WAIT = Duration.ofSeconds(20);

    @Test
    void theSharedPlaneIsTold() {
        try (StreamHarness harness = new StreamHarness()) {
            RedisMemory.Usage usage = memory(harness, Plane.SHARED).usage().await().atMost(WAIT);
            assertThat(usage.usedBytes()).isPositive().isLessThan(usage.mostBytes());
            assertThat(usage.permille()).isBetween(0L, 1000L);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Plane.class, names = "SHARED", mode = EnumSource.Mode.EXCLUDE)
    void theOtherPlanesAreNot(Plane plane) {
        try (StreamHarness harness = new StreamHarness()) {
            assertThatThrownBy(() -> memory(harness, plane).usage().await().atMost(WAIT)).matches(RedisFailures::isForbidden);
        }
    }

    @Test
    void withoutALimitTheMachinesMemoryCounts() {
        assertThat(RedisMemory.Usage.of("# Memory\r\nused_memory:500\r\nused_memory_human:500B\r\nmaxmemory:0\r\ntotal_system_memory:2000\r\n").permille())
                .isEqualTo(250);
        assertThat(RedisMemory.Usage.of("used_memory:900\nmaxmemory:1000\ntotal_system_memory:2000\n").permille()).isEqualTo(900);
        assertThatThrownBy(() -> RedisMemory.Usage.of("# Memory\r\n")).isInstanceOf(IllegalArgumentException.class);
    }

    private static RedisMemory memory(StreamHarness harness, Plane plane) {
        return new RedisMemory(harness.redis(plane), StreamHarness.config(StreamsConfig.class, Map.of()));
    }
}
