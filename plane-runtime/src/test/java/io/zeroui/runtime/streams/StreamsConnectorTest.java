package io.zeroui.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.runtime.PlaneConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Test
    void aChannelWithAStreamPerTenantWantsSomethingThatSaysWhichThereAre() {
        assertThatThrownBy(() -> connector(Plane.TENANT).getPublisher(channel("ide-receipts")))
                .hasMessageContaining("nothing says which streams channel ide-receipts has");
        assertThat(connector(Plane.TENANT, new Follows(ChannelCatalogue.IDE_RECEIPTS)).getPublisher(channel("ide-receipts")))
                .isNotNull();
        assertThatThrownBy(() -> connector(Plane.TENANT, new Follows(ChannelCatalogue.TENANT_EVIDENCE))
                .getPublisher(channel("ide-receipts"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aChannelWithAStreamPerEdgeIsReadByTheEdgeItselfIfItsNameIsOne() {
        assertThat(connector(Plane.IDE).getPublisher(channel("tenant-receipt-acks"))).isNotNull();
        PlaneConfig bad = StreamHarness.config(PlaneConfig.class, Map.of("zeroui.plane", "ide", "zeroui.edge.id", "*"));
        assertThatThrownBy(() -> connector(bad).getPublisher(channel("tenant-receipt-acks")))
                .hasMessageContaining("edge id must be kebab-case");
    }

    @Test
    void aMethodCannotWriteWhereNobodySaysOnWhichStream() {
        assertThatThrownBy(() -> connector(Plane.IDE).getSubscriber(channel("ide-receipts")))
                .hasMessageContaining("channel ide-receipts has many streams");
    }

    private record Follows(Channel channel) implements ChannelScopes {

        @Override
        public Set<StreamScope> scopes() {
            return Set.of(StreamScope.UNENROLLED);
        }
    }

    private StreamsConnector connector(Plane plane, ChannelScopes... following) {
        return connector(StreamHarness.config(PlaneConfig.class, Map.of("zeroui.plane", plane.key())), following);
    }

    private StreamsConnector connector(PlaneConfig own, ChannelScopes... following) {
        StreamsConfig config = StreamHarness.config(StreamsConfig.class, Map.of());
        return new StreamsConnector(redis, redis, new StreamPublisher(redis, config, own, new SimpleMeterRegistry()),
                config, own, List.of(following), vertx.getDelegate(), new SimpleMeterRegistry());
    }

    private static Config channel(String name) {
        return new SmallRyeConfigBuilder().withDefaultValue("channel-name", name).build();
    }
}
