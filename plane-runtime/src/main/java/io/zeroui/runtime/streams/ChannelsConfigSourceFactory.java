package io.zeroui.runtime.streams;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The connector of every messaging channel, from the catalogue: what the plane reads, and the channel it reports on
 * (unless it reads that one too: one name cannot be both). The other channels it writes go through an outbox. A setting that names a channel which the catalogue does not give to this
 * plane ends the start, or the build, with the reason.
 */
public final class ChannelsConfigSourceFactory implements ConfigSourceFactory {

    /** Above application.properties (250) and below the environment (300), as the variables of the seed are. */
    private static final int ORDINAL = 275;
    private static final Pattern CHANNEL_SETTING = Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.\"?([^.\"]+)\"?\\..+");

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue plane = context.getValue("zeroui.plane");
        if (plane == null || plane.getValue() == null) {
            return List.of();
        }
        Plane own = Plane.ofKey(plane.getValue());
        for (Iterator<String> names = context.iterateNames(); names.hasNext();) {
            Matcher setting = CHANNEL_SETTING.matcher(names.next());
            if (setting.matches()) {
                refuseForeign(own, setting.group(1).equals("incoming"), setting.group(2));
            }
        }
        Map<String, String> settings = new HashMap<>();
        for (Channel channel : ChannelCatalogue.consumedBy(own)) {
            settings.put("mp.messaging.incoming." + channel.name() + ".connector", StreamsConnector.NAME);
        }
        Channel reports = ChannelCatalogue.telemetryOf(own);
        if (!reports.consumers().contains(own)) {
            settings.put("mp.messaging.outgoing." + reports.name() + ".connector", StreamsConnector.NAME);
        }
        return List.of(new PropertiesConfigSource(settings, "ZeroUI channel catalogue", ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    private static void refuseForeign(Plane own, boolean incoming, String name) {
        Channel channel = ChannelCatalogue.byName(name);
        if (incoming ? !channel.consumers().contains(own) : channel.producer() != own) {
            throw new IllegalStateException("the " + own.key() + " plane may not " + (incoming ? "consume" : "publish on")
                    + " channel " + name);
        }
    }
}
