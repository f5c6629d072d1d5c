package io.zeroui.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.PlaneConfig;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the messaging runtime asks the connector at the start of a service, for every method that names a channel. */
class StreamsConnectorTest {

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis = Redis.createClient(vertx, "redis://127.0.0.1:1");

    @AfterEach
    void close() {
        redis.close();
        vertx.closeAndAwait();
    }

    @Test
    void aMethodOnAChannelOfThePlaneIsConnected() {
        StreamsConnector connector = connector(Plane.PRODUCT);

        assertThat(connector.getPublisher(channel("tenant-evidence"))).isNotNull();
        assertThat(connector.getSubscriber(channel("product-telemetry"))).isNotNull();
        assertThat(connector.channels()).extracting(ChannelStatus::channel).containsExactly("tenant-evidence");
    }

    @ParameterizedTest
    @CsvSource({ "ide-receipts, the product plane may not consume channel ide-receipts",
            "no-road, no channel 'no-road' in the catalogue" })
    void aMethodThatReadsWhatIsNotForThePlaneEndsTheStartWithTheReason(String channel, String reason) {
        StreamsConnector connector = connector(Plane.PRODUCT);

        assertThatThrownBy(() -> connector.getPublisher(channel(channel))).hasMessageContaining(reason);
        assertThat(connector.channels()).isEmpty();
    }

    @Test
    void aMethodThatWritesOnAnotherPlanesChannelEndsTheStartWithTheReason() {
        assertThatThrownBy(() -> connector(Plane.PRODUCT).getSubscriber(channel("ide-receipts")))
                .hasMessageContaining("the product plane may not publish on ide-receipts");
    }

    private StreamsConnector connector(Plane plane) {
        StreamsConfig config = StreamHarness.config(StreamsConfig.class, Map.of());
        PlaneConfig own = StreamHarness.config(PlaneConfig.class, Map.of("zeroui.plane", plane.key()));
        return new StreamsConnector(redis, redis, new StreamPublisher(redis, config, own, new SimpleMeterRegistry()),
                config, own, vertx.getDelegate(), new SimpleMeterRegistry());
    }

    private static Config channel(String name) {
        return new SmallRyeConfigBuilder().withDefaultValue("channel-name", name).build();
    }
}
