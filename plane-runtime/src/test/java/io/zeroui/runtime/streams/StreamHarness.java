package io.zeroui.runtime.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.outbox.OutboxConfig;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Readers and publishers on the real Redis, each with its plane's login, without a container for beans. */
public final class StreamHarness implements AutoCloseable {

    static final Channel CHANNEL = ChannelCatalogue.IDE_RECEIPTS;
    /** Longer than a reader needs to begin its next read. */
    static final Duration READS = Duration.ofMillis(700);
    /** The only stream that is read until {@link #scopes} says otherwise. */
    static final StreamScope SCOPE = StreamScope.of(TenantId.of("acme"));
    static final Duration WAIT = Duration.ofSeconds(20);

    final RealRuntime runtime = RealRuntime.with(RuntimePart.REDIS);
    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** The streams that readers of this harness read. */
    volatile Set<StreamScope> scopes = Set.of(SCOPE);
    private final Map<Plane, Redis> clients = new EnumMap<>(Plane.class);

    /** Settings for short waits; {@code more} wins. */
    public static <T> T config(Class<T> type, Map<String, String> more) {
        return new SmallRyeConfigBuilder()
                .withMapping(type)
                .withValidateUnknown(false)
                .withDefaultValues(Map.of("zeroui.streams.backoff-first", "PT0.02S",
                        "zeroui.streams.backoff-most", "PT0.2S", "zeroui.streams.block", "PT0.2S",
                        "zeroui.outbox.poll", "PT0.05S", "zeroui.outbox.loss-check", "PT0.1S",
                        "zeroui.fabric.root", "/nowhere"))
                .withDefaultValues(more)
                .build().getConfigMapping(type);
    }

    /** A client with the plane's own login, which may do what the catalogue says. */
    Redis redis(Plane plane) {
        return clients.computeIfAbsent(plane, login -> Redis.createClient(vertx, new RedisOptions()
                .setConnectionString(runtime.redisUrl(login)).setMaxPoolSize(16).setMaxPoolWaiting(256)));
    }

    /** A publisher of the given plane on this Redis. */
    public StreamPublisher publisher(Plane plane) {
        return new StreamPublisher(redis(plane), config(StreamsConfig.class, Map.of()),
                config(PlaneConfig.class, Map.of("zeroui.plane", plane.key())), meters);
    }

    static OutboxConfig outboxConfig(Map<String, String> more) {
        return config(OutboxConfig.class, more);
    }

    StreamReader reader(String consumer, Map<String, String> settings, ChannelStatus status) {
        StreamsConfig config = config(StreamsConfig.class, settings);
        Redis redis = redis(Plane.TENANT);
        return new StreamReader(target(consumer), redis, new StreamSettler(redis, publisher(Plane.TENANT), config),
                config, status, vertx.getDelegate());
    }

    StreamMaintenance maintenance(ChannelStatus status) {
        return new StreamMaintenance(target("any"), redis(Plane.TENANT), config(StreamsConfig.class, Map.of()), status);
    }

    StreamTarget target(String consumer) {
        return StreamTarget.of(CHANNEL, Plane.TENANT, consumer, () -> scopes);
    }

    /** Subscribes the way the messaging runtime does: one message after the other, acknowledged on success. */
    static void consume(StreamReader reader, Function<StreamBatch, Uni<Void>> consumer) {
        reader.messages()
                .onItem().transformToUniAndConcatenate(message -> settle(message, consumer))
                .subscribe().with(done -> {
                });
    }

    private static Uni<Void> settle(Message<StreamBatch> message, Function<StreamBatch, Uni<Void>> consumer) {
        return Uni.createFrom().deferred(() -> consumer.apply(message.getPayload()))
                .onItemOrFailure().transformToUni((done, failure) -> Uni.createFrom().completionStage(
                        () -> failure == null ? message.ack() : message.nack(failure)));
    }

    static EventEnvelope event(String text) {
        return EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "urn:zeroui:edge:test", Instant.EPOCH,
                text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(StreamEntry entry) {
        return new String(entry.event().data(), StandardCharsets.UTF_8);
    }

    List<String> publish(String... texts) {
        return publish(SCOPE, texts);
    }

    List<String> publish(StreamScope scope, String... texts) {
        return publisher(Plane.IDE).publish(CHANNEL, scope, List.of(texts).stream().map(StreamHarness::event).toList())
                .await().atMost(WAIT);
    }

    @Override
    public void close() {
        clients.values().forEach(Redis::close);
        vertx.closeAndAwait();
    }
}
