package io.zeroui.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.streams.StreamHarness;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

class OutboxRelayIT {

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final RealRuntime runtime = RealRuntime.with(RuntimePart.REDIS);
    private final Rows rows = new Rows();
    private StreamHarness harness;
    private Vertx vertx;
    private OutboxRelay relay;

    @BeforeEach
    void empty() {
        runtime.start(RuntimePart.REDIS);
        runtime.flushRedis();
        harness = new StreamHarness();
        vertx = Vertx.vertx();
    }

    @AfterEach
    void close() {
        relay.stop();
        vertx.close();
        harness.close();
    }

    private void start(Map<String, String> settings) {
        relay = new OutboxRelay(rows, harness.publisher(Plane.IDE),
                StreamHarness.config(OutboxConfig.class, settings), vertx);
        relay.start();
    }

    private List<String> sent() {
        try (Jedis jedis = runtime.redis()) {
            return jedis.xrange(rows.channel().key(rows.scope()), (StreamEntryID) null, (StreamEntryID) null).stream()
                    .map(entry -> entry.getFields().get("data")).toList();
        }
    }

    private void acknowledge(String epoch, long from, long to) {
        relay.acknowledge(new DeliveryAck("edge", epoch, List.of(new SequenceRange(from, to)))).await().atMost(WAIT);
    }

    @Test
    void rowsAreSentInOrderAndStayUntilTheyAreAcknowledged() {
        rows.put("a", "b", "c");
        start(Map.of());

        await().atMost(WAIT).untilAsserted(() -> assertThat(sent()).containsExactly("a", "b", "c"));
        assertThat(rows.byText).hasSize(3);
        acknowledge("epoch-1", 1, 2);
        assertThat(rows.byText.values()).containsExactly("c");
    }

    @Test
    void anAcknowledgementOfAnEarlierOutboxDropsNothing() {
        rows.put("a");
        start(Map.of());
        await().atMost(WAIT).until(() -> sent().size() == 1);

        acknowledge("epoch-0", 1, 1);

        assertThat(rows.byText).hasSize(1);
    }

    @Test
    void unacknowledgedRowsAreSentAgainWhenRedisLosesTheStream() {
        rows.put("a", "b");
        start(Map.of());
        await().atMost(WAIT).until(() -> sent().size() == 2);
        acknowledge("epoch-1", 1, 1);

        runtime.flushRedis();

        await().atMost(WAIT).untilAsserted(() -> assertThat(sent()).containsExactly("b"));
    }

    @Test
    void rowsAreSentAgainWhenTheirAcknowledgementGotLost() {
        rows.put("a");
        start(Map.of("zeroui.outbox.resend-first", "PT0.3S"));
        await().atMost(WAIT).until(() -> sent().size() == 1);
        try (Jedis jedis = runtime.redis()) {
            jedis.xtrim(rows.channel().key(rows.scope()), 0, false);
        }

        await().atMost(WAIT).untilAsserted(() -> assertThat(sent()).containsExactly("a"));
    }

    @Test
    void aReceiverThatIsDownDoesNotFillTheBus() {
        rows.put("a", "b", "c", "d", "e");
        start(Map.of("zeroui.outbox.window-rows", "2", "zeroui.outbox.resend-first", "PT0.2S"));
        await().atMost(WAIT).until(() -> sent().size() == 2);
        await().during(Duration.ofSeconds(1)).atMost(WAIT).until(() -> sent().size() == 2);

        acknowledge("epoch-1", 1, 2);

        await().atMost(WAIT).untilAsserted(() -> assertThat(sent()).containsExactly("a", "b", "c", "d"));
    }

    @Test
    void aRowCommittedBehindThePositionIsFoundLater() {
        rows.put("a");
        rows.sequence = 10;
        rows.put("late neighbour");
        start(Map.of("zeroui.outbox.resend-first", "PT0.3S"));
        await().atMost(WAIT).until(() -> sent().size() == 2);
        rows.byText.put(5L, "late");
        acknowledge("epoch-1", 1, 1);
        acknowledge("epoch-1", 11, 11);
        try (Jedis jedis = runtime.redis()) {
            jedis.xtrim(rows.channel().key(rows.scope()), 0, false);
        }

        await().atMost(WAIT).untilAsserted(() -> assertThat(sent()).contains("late"));
    }

    @Test
    void sendingGoesOnAfterRedisWasKilledAndStarted() {
        start(Map.of());
        runtime.kill(RuntimePart.REDIS);
        rows.put("a");
        relay.wake();
        runtime.start(RuntimePart.REDIS);

        await().atMost(WAIT).untilAsserted(() -> assertThat(sent()).contains("a"));
    }

    /** An outbox in memory: what a store does with a table. */
    private static final class Rows implements OutboxSource {

        private final ConcurrentSkipListMap<Long, String> byText = new ConcurrentSkipListMap<>();
        private long sequence;

        void put(String... texts) {
            for (String text : texts) {
                byText.put(++sequence, text);
            }
        }

        @Override
        public Channel channel() {
            return ChannelCatalogue.IDE_RECEIPTS;
        }

        @Override
        public StreamScope scope() {
            return StreamScope.of(TenantId.of("acme"));
        }

        @Override
        public Uni<String> epoch() {
            return Uni.createFrom().item("epoch-1");
        }

        @Override
        public Uni<List<OutboxItem>> listAfter(long after, int limit) {
            return Uni.createFrom().item(() -> byText.tailMap(after, false).entrySet().stream().limit(limit)
                    .map(row -> new OutboxItem(row.getKey(), EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "urn:t",
                            Instant.EPOCH, row.getValue().getBytes(StandardCharsets.UTF_8))))
                    .toList());
        }

        @Override
        public Uni<Integer> drop(List<SequenceRange> ranges) {
            return Uni.createFrom().item(() -> {
                int before = byText.size();
                ranges.forEach(range -> byText.subMap(range.from(), true, range.to(), true).clear());
                return before - byText.size();
            });
        }

        @Override
        public Uni<Long> count() {
            return Uni.createFrom().item(() -> (long) byText.size());
        }
    }
}
