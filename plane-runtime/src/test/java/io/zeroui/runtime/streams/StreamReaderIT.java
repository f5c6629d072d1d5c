package io.zeroui.runtime.streams;

import static io.zeroui.runtime.streams.StreamHarness.CHANNEL;
import static io.zeroui.runtime.streams.StreamHarness.SCOPE;
import static io.zeroui.runtime.streams.StreamHarness.WAIT;
import static io.zeroui.runtime.streams.StreamHarness.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.streams.ChannelStatus.State;
import io.zeroui.testing.RuntimePart;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

class StreamReaderIT {

    private final ChannelStatus status = new ChannelStatus(CHANNEL.name());
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private StreamHarness harness;

    @BeforeEach
    void empty() {
        harness = new StreamHarness();
        harness.runtime.start(RuntimePart.REDIS);
        harness.runtime.flushRedis();
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private Uni<Void> handle(StreamBatch batch) {
        batch.entries().forEach(entry -> handled.add(text(entry)));
        return Uni.createFrom().voidItem();
    }

    private List<redis.clients.jedis.resps.StreamEntry> deadLetters() {
        try (Jedis jedis = harness.runtime.redis()) {
            return jedis.xrange(CHANNEL.deadLetterKey(SCOPE), (StreamEntryID) null, (StreamEntryID) null);
        }
    }

    private long pending() {
        try (Jedis jedis = harness.runtime.redis()) {
            return jedis.xpending(CHANNEL.key(SCOPE), "tenant").getTotal();
        }
    }

    @Test
    void entriesArriveInOrderAndAreAcknowledgedAfterTheEffect() {
        StreamReader reader = harness.reader("one", Map.of(), status);
        StreamHarness.consume(reader, this::handle);

        harness.publish("a", "b", "c");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a", "b", "c"));
        await().atMost(WAIT).until(() -> pending() == 0);
        assertThat(status.state()).isEqualTo(State.READING);
        assertThat(reader.stop().toCompletableFuture()).succeedsWithin(WAIT);
    }

    @Test
    void anEntryThatAlwaysFailsGoesToTheDeadLettersAndItsNeighboursAreHandled() {
        StreamReader reader = harness.reader("one", Map.of(), status);
        StreamHarness.consume(reader, batch -> batch.entries().stream().anyMatch(e -> text(e).equals("poison"))
                ? Uni.createFrom().failure(new IllegalStateException("cannot digest"))
                : handle(batch));

        harness.publish("a", "poison", "b");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a", "b"));
        await().atMost(WAIT).until(() -> deadLetters().size() == 1 && pending() == 0);
        assertThat(deadLetters().get(0).getFields()).containsEntry("data", "poison");
        assertThat(deadLetters().get(0).getFields().get("deadletterreason")).contains("cannot digest");
    }

    @Test
    void aFailureThatTimeMendsIsRetriedAndNeverDeadLettered() {
        AtomicInteger attempts = new AtomicInteger();
        StreamReader reader = harness.reader("one", Map.of(), status);
        StreamHarness.consume(reader, batch -> attempts.incrementAndGet() < 12
                ? Uni.createFrom().failure(new TransientFailure("the disk is full"))
                : handle(batch));

        harness.publish("a", "b");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a", "b"));
        assertThat(deadLetters()).isEmpty();
        assertThat(attempts.get()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void anEntryTheConsumerSetsAsideIsDeadLetteredAndTheRestOfTheBatchIsAcknowledged() {
        StreamReader reader = harness.reader("one", Map.of(), status);
        StreamHarness.consume(reader, batch -> {
            batch.entries().stream().filter(e -> text(e).startsWith("bad"))
                    .forEach(e -> batch.deadLetter(e, "not wanted"));
            return handle(batch);
        });

        harness.publish("a", "bad one", "b");

        await().atMost(WAIT).until(() -> deadLetters().size() == 1 && pending() == 0);
        assertThat(deadLetters().get(0).getFields()).containsEntry("deadletterreason", "not wanted");
    }

    @Test
    void whatIsNoEventIsDeadLetteredAndDoesNotStopTheChannel() {
        StreamReader reader = harness.reader("one", Map.of(), status);
        StreamHarness.consume(reader, this::handle);
        try (Jedis jedis = harness.runtime.redis()) {
            jedis.xadd(CHANNEL.key(SCOPE), StreamEntryID.NEW_ENTRY, Map.of("hello", "world"));
        }

        harness.publish("a");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a"));
        await().atMost(WAIT).until(() -> deadLetters().size() == 1 && pending() == 0);
    }

    @Test
    void entriesThatACrashedProcessWasGivenComeFirstAfterItsRestart() {
        StreamReader crashed = harness.reader("one", Map.of(), status);
        CompletableFuture<Void> given = new CompletableFuture<>();
        StreamHarness.consume(crashed, batch -> {
            given.complete(null);
            return Uni.createFrom().nothing();
        });
        harness.publish("a");
        assertThat(given).succeedsWithin(WAIT);
        harness.publish("b");

        StreamHarness.consume(harness.reader("one", Map.of(), new ChannelStatus(CHANNEL.name())), this::handle);

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a", "b"));
    }

    @Test
    void entriesOfAnotherConsumerThatDiedAreClaimed() {
        CompletableFuture<Void> given = new CompletableFuture<>();
        StreamHarness.consume(harness.reader("dead", Map.of(), status), batch -> {
            given.complete(null);
            return Uni.createFrom().nothing();
        });
        harness.publish("a");
        assertThat(given).succeedsWithin(WAIT);

        StreamHarness.consume(harness.reader("alive", Map.of("zeroui.streams.claim-idle", "PT0.3S"),
                new ChannelStatus(CHANNEL.name())), this::handle);

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a"));
        await().atMost(WAIT).until(() -> pending() == 0);
    }

    @Test
    void readingGoesOnAfterRedisLostEverything() {
        StreamHarness.consume(harness.reader("one", Map.of(), status), this::handle);
        harness.publish("a");
        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a"));

        harness.runtime.flushRedis();
        harness.publish("b");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a", "b"));
        assertThat(status.state()).isEqualTo(State.READING);
    }

    @Test
    void readingGoesOnAfterRedisWasKilledAndStarted() {
        StreamHarness.consume(harness.reader("one", Map.of(), status), this::handle);
        harness.publish("a");
        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a"));

        harness.runtime.kill(RuntimePart.REDIS);
        await().atMost(WAIT).until(() -> status.state() == State.CONNECTING);
        harness.runtime.start(RuntimePart.REDIS);
        await().atMost(WAIT).until(() -> status.state() == State.READING);
        harness.publish("b");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).contains("a", "b"));
    }

    @Test
    void stoppingWaitsForTheBatchUnderWay() {
        CompletableFuture<Void> effect = new CompletableFuture<>();
        CompletableFuture<Void> given = new CompletableFuture<>();
        StreamReader reader = harness.reader("one", Map.of(), status);
        StreamHarness.consume(reader, batch -> {
            given.complete(null);
            return Uni.createFrom().completionStage(effect);
        });
        harness.publish("a");
        assertThat(given).succeedsWithin(WAIT);

        CompletableFuture<Void> stopped = reader.stop().toCompletableFuture();
        assertThat(stopped).isNotDone();
        effect.complete(null);

        assertThat(stopped).succeedsWithin(WAIT);
        assertThat(pending()).isZero();
    }

    @Test
    void aStreamIsTrimmedBehindTheOldestUnacknowledgedEntryOnly() {
        CompletableFuture<Void> hold = new CompletableFuture<>();
        StreamHarness.consume(harness.reader("one", Map.of("zeroui.streams.batch-entries", "1"), status),
                batch -> text(batch.entries().get(0)).equals("b") ? Uni.createFrom().completionStage(hold)
                        : handle(batch));
        harness.publish("a", "b", "c");
        await().atMost(WAIT).until(() -> handled.contains("a") && pending() == 1);

        harness.maintenance(status).run().await().atMost(WAIT);
        assertThat(harness.publisher(io.zeroui.contracts.Plane.IDE).length(CHANNEL, SCOPE).await().atMost(WAIT))
                .isEqualTo(2);

        hold.complete(null);
        await().atMost(WAIT).until(() -> handled.contains("c") && pending() == 0);
        harness.maintenance(status).run().await().atMost(WAIT);
        assertThat(harness.publisher(io.zeroui.contracts.Plane.IDE).length(CHANNEL, SCOPE).await().atMost(WAIT))
                .isZero();
    }

    @Test
    void whatAReaderHasBeenGivenOrMayStillBeGivenIsNotLostAndWhatItWillNeverBeGivenIs() {
        StreamPublisher publisher = harness.publisher(Plane.IDE);
        String first = harness.publish("a").get(0);
        assertThat(lost(publisher, first)).as("nobody reads yet").isFalse();
        try (Jedis jedis = harness.runtime.redis()) {
            String key = CHANNEL.key(SCOPE);
            jedis.xgroupCreate(key, "tenant", new StreamEntryID(0, 0), true);
            assertThat(lost(publisher, first)).as("still to be given").isFalse();
            jedis.xgroupSetID(key, "tenant", new StreamEntryID(first));
            jedis.xtrim(key, 0, false);
            assertThat(lost(publisher, first)).as("given").isFalse();
            jedis.del(key);
            assertThat(lost(publisher, first)).as("no stream").isTrue();
            jedis.xgroupCreate(key, "tenant", new StreamEntryID(0, 0), true);
            assertThat(lost(publisher, first)).as("a new stream").isTrue();
        }
    }

    private static boolean lost(StreamPublisher publisher, String id) {
        return publisher.isLost(CHANNEL, SCOPE, id).await().atMost(WAIT);
    }
}
