package io.zeroui.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.runtime.database.SeedVariablesConfigSourceFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelsConfigSourceFactoryTest {

    @ParameterizedTest
    @EnumSource(Plane.class)
    void aPlaneHasAConnectorForWhatItReadsAndForItsReportsAndNoOther(Plane plane) {
        Set<String> expected = new TreeSet<>();
        for (Channel channel : ChannelCatalogue.consumedBy(plane)) {
            expected.add("mp.messaging.incoming." + channel.name() + ".connector");
        }
        if (plane != Plane.SHARED) {
            expected.add("mp.messaging.outgoing." + plane.key() + "-telemetry.connector");
        }
        SmallRyeConfig config = config(plane, Map.of());

        Set<String> names = new TreeSet<>();
        config.getPropertyNames().forEach(names::add);
        names.removeIf(name -> !name.startsWith("mp.messaging."));
        assertThat(names).isEqualTo(expected);
        assertThat(expected).allMatch(name -> config.getRawValue(name).equals(StreamsConnector.NAME));
    }

    @Test
    void aSettingOfAnOwnChannelIsTaken() {
        String name = "mp.messaging.incoming.ide-receipts.failure-strategy";

        assertThat(config(Plane.TENANT, Map.of(name, "x")).getRawValue(name)).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({ "incoming, ide-receipts, may not consume channel ide-receipts",
            "incoming, tenant-receipt-acks, may not consume channel tenant-receipt-acks",
            "outgoing, tenant-evidence, may not publish on channel tenant-evidence",
            "incoming, secret-road, no channel 'secret-road' in the catalogue" })
    void aSettingOfAChannelThatIsNotThePlanesEndsTheStartWithTheReason(String direction, String channel, String reason) {
        Map<String, String> setting = Map.of("mp.messaging." + direction + "." + channel + ".connector", "zeroui-streams");

        assertThatThrownBy(() -> config(Plane.PRODUCT, setting)).hasStackTraceContaining(reason);
    }

    @Test
    void thePlanesOwnRedisUrlWinsAndAnotherPlanesHasNoEffect() {
        Map<String, String> all = Map.of("REDIS_URL", "redis://all");

        assertThat(config(Plane.IDE, all).getRawValue("quarkus.redis.hosts")).isEqualTo("redis://all");
        assertThat(config(Plane.IDE, with(all, "ZEROUI_TENANT_REDIS_URL")).getRawValue("quarkus.redis.hosts"))
                .isEqualTo("redis://all");
        SmallRyeConfig own = config(Plane.TENANT, with(all, "ZEROUI_TENANT_REDIS_URL"));
        assertThat(own.getRawValue("quarkus.redis.hosts")).isEqualTo("redis://own")
                .isEqualTo(own.getRawValue("quarkus.redis.streams.hosts"));
    }

    private static Map<String, String> with(Map<String, String> settings, String variable) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(variable, "redis://own");
        return more;
    }

    private static SmallRyeConfig config(Plane plane, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withDefaultValue("zeroui.plane", plane.key())
                .withDefaultValues(settings)
                .withSources(new ChannelsConfigSourceFactory(), new SeedVariablesConfigSourceFactory())
                .build();
    }
}
