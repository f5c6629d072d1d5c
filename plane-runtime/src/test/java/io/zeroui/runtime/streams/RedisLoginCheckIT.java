package io.zeroui.runtime.streams;

import static io.zeroui.runtime.streams.StreamHarness.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.redis.client.Redis;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.PlaneConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisLoginCheckIT {

    @ParameterizedTest
    @EnumSource(Plane.class)
    void thePlanesOwnLoginMayDoNoMoreThanItNeeds(Plane plane) {
        try (StreamHarness harness = new StreamHarness()) {
            assertThat(mayDoMore(harness.redis(plane), plane)).isFalse();
        }
    }

    @Test
    void theOperatorsLoginMayDoMore() {
        try (StreamHarness harness = new StreamHarness()) {
            Redis operators = Redis.createClient(harness.vertx, harness.runtime.redisUrl());

            assertThat(mayDoMore(operators, Plane.IDE)).isTrue();
            operators.close();
        }
    }

    private static boolean mayDoMore(Redis redis, Plane plane) {
        return new RedisLoginCheck(redis, StreamHarness.config(StreamsConfig.class, Map.of()),
                StreamHarness.config(PlaneConfig.class, Map.of("zeroui.plane", plane.key()))).mayDoMore().await()
                .atMost(WAIT);
    }
}
