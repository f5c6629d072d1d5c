package io.zeroui.runtime.streams;

import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready when a channel has ended, stands still although it should read, or (where the plane cannot work without the
 * bus) has been without Redis for too long.
 */
@Readiness
@ApplicationScoped
class ChannelsReadiness implements HealthCheck {

    private final StreamsConnector connector;
    private final StreamsConfig config;

    ChannelsReadiness(@Connector(StreamsConnector.NAME) StreamsConnector connector, StreamsConfig config) {
        this.connector = connector;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("channels").up();
        boolean up = true;
        for (ChannelStatus channel : connector.channels()) {
            up &= isAlive(channel);
            response.withData(channel.channel(), channel.state().name().toLowerCase(java.util.Locale.ROOT)
                    + (channel.trouble().isEmpty() ? "" : ": " + channel.trouble()));
        }
        return response.status(up).build();
    }

    private boolean isAlive(ChannelStatus channel) {
        long still = config.block().plus(config.timeout()).multipliedBy(4).toNanos();
        return switch (channel.state()) {
            case DEAD -> false;
            case STOPPED -> true;
            case READING -> channel.stillNanos() < still || !channel.trouble().isEmpty();
            case CONNECTING -> config.readyWithoutRedis()
                    || channel.stateNanos() < config.disconnectedMost().toNanos();
        };
    }
}
