package io.zeroui.runtime.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.All;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.KeyScope;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

/**
 * The connector {@code zeroui-streams}: a messaging channel is a channel of the catalogue, by name. Incoming payloads are
 * {@link StreamBatch}, outgoing ones {@link EventEnvelope}. A service that names a channel it may not use does not start.
 */
@ApplicationScoped
@Connector(StreamsConnector.NAME)
public class StreamsConnector implements InboundConnector, OutboundConnector {

    /** Name in {@code mp.messaging.*.connector}. */
    public static final String NAME = "zeroui-streams";

    private static final Logger LOG = Logger.getLogger(StreamsConnector.class);

    private final Redis commands;
    private final Redis reading;
    private final StreamPublisher publisher;
    private final StreamsConfig config;
    private final PlaneConfig plane;
    private final List<ChannelScopes> following;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final List<StreamReader> readers = new CopyOnWriteArrayList<>();
    private final List<ChannelStatus> statuses = new CopyOnWriteArrayList<>();

    StreamsConnector(Redis commands, @RedisClientName("streams") Redis reading, StreamPublisher publisher,
            StreamsConfig config, PlaneConfig plane, @All List<ChannelScopes> following, Vertx vertx,
            MeterRegistry meters) {
        this.commands = commands;
        this.reading = reading;
        this.publisher = publisher;
        this.config = config;
        this.plane = plane;
        this.following = following;
        this.vertx = vertx;
        this.meters = meters;
    }

    /** The consumed channels of this service. */
    public List<ChannelStatus> channels() {
        return List.copyOf(statuses);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channelConfig) {
        Plane own = own();
        Channel channel = ChannelCatalogue.byName(channelConfig.getValue("channel-name", String.class));
        if (!channel.consumers().contains(own)) {
            throw new IllegalStateException("the " + own.key() + " plane may not consume channel " + channel.name());
        }
        StreamTarget target = StreamTarget.of(channel, own, own.key() + "-" + plane.instance(), scopes(channel));
        ChannelStatus status = new ChannelStatus(channel.name());
        StreamReader reader = new StreamReader(target, reading, new StreamSettler(commands, publisher, config), config,
                status, vertx);
        readers.add(reader);
        statuses.add(status);
        measure(status);
        maintain(new StreamMaintenance(target, commands, config, status));
        return reader.messages();
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channelConfig) {
        Channel channel = ChannelCatalogue.byName(channelConfig.getValue("channel-name", String.class));
        if (channel.producer() != own()) {
            throw new IllegalStateException("the " + plane.plane() + " plane may not publish on " + channel.name());
        }
        if (channel.scope() != KeyScope.GLOBAL) {
            throw new IllegalStateException("channel " + channel.name() + " has many streams: StreamPublisher wants to know which");
        }
        return new OutboundSubscriber(message -> send(channel, message));
    }

    /** Which streams of the channel are read: the tenants' that a bean names, or those of the edge that this service is. */
    private Supplier<Set<StreamScope>> scopes(Channel channel) {
        return switch (channel.scope()) {
            case GLOBAL -> Set::of;
            case TENANT -> following.stream().filter(bean -> bean.channel().equals(channel)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing says which streams channel " + channel.name() + " has"))
                    ::scopes;
            case EDGE -> {
                Set<StreamScope> own = Set.of(StreamScope.ofEnrolment(plane.edge().tenant().map(TenantId::of))
                        .of(EdgeId.of(plane.edge().id())));
                yield () -> own;
            }
        };
    }

    private Uni<Void> send(Channel channel, Message<?> message) {
        if (!(message.getPayload() instanceof EventEnvelope event)) {
            return Uni.createFrom().completionStage(() -> message.nack(new IllegalArgumentException(
                    "channel " + channel.name() + " takes EventEnvelope payloads")));
        }
        return publisher.publish(channel, null, List.of(event))
                .chain(ids -> Uni.createFrom().completionStage(message::ack))
                .onFailure().recoverWithUni(failure -> Uni.createFrom().completionStage(() -> message.nack(failure)))
                .onFailure().recoverWithNull();
    }

    void stop(@Observes ShutdownEvent event) {
        CompletableFuture<?>[] ends = readers.stream()
                .map(reader -> reader.stop().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(config.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            LOG.warnf("a batch was still being handled after %s; its entries come again after the restart",
                    config.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            LOG.warn("a channel did not stop cleanly", e);
        }
    }

    private Plane own() {
        return Plane.ofKey(plane.plane());
    }

    private void maintain(StreamMaintenance maintenance) {
        Multi.createFrom().ticks().startingAfter(config.maintenance()).every(config.maintenance())
                .onOverflow().drop()
                .onItem().transformToUniAndConcatenate(tick -> maintenance.run()
                        .onFailure().invoke(failure -> LOG.debugf("stream maintenance: %s", failure))
                        .onFailure().recoverWithNull())
                .subscribe().with(done -> {
                }, failure -> LOG.error("stream maintenance ended", failure));
    }

    private void measure(ChannelStatus status) {
        Tags tags = Tags.of("channel", status.channel());
        meters.gauge("zeroui_stream_lag_entries", tags, status, ChannelStatus::lag);
        meters.gauge("zeroui_stream_pending_entries", tags, status, ChannelStatus::pending);
        meters.gauge("zeroui_stream_dead_letter_entries", tags, status, ChannelStatus::deadLetters);
        meters.gauge("zeroui_stream_reading", tags, status,
                s -> s.state() == ChannelStatus.State.READING ? 1 : 0);
        meters.more().counter("zeroui_stream_handled_entries", tags, status, ChannelStatus::handled);
    }
}
