package io.zeroui.runtime.streams;

import static io.zeroui.runtime.streams.StreamHarness.CHANNEL;
import static io.zeroui.runtime.streams.StreamHarness.WAIT;
import static io.zeroui.runtime.streams.StreamHarness.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.streams.ChannelStatus.State;
import io.zeroui.testing.RuntimePart;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** One reader on the streams of several tenants. */
class SeveralStreamsIT {

    private static final StreamScope A = StreamScope.of(TenantId.of("a"));
    private static final StreamScope B = StreamScope.of(TenantId.of("b"));

    private final ChannelStatus status = new ChannelStatus(CHANNEL.name());
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private StreamHarness harness;

    @BeforeEach
    void empty() {
        harness = new StreamHarness();
        harness.scopes = Set.of(A, B);
        harness.runtime.start(RuntimePart.REDIS);
        harness.runtime.flushRedis();
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private Uni<Void> handle(StreamBatch batch) {
        batch.entries().forEach(entry -> handled.add(entry.requireScope() + " " + text(entry)));
        return Uni.createFrom().voidItem();
    }

    private List<String> handledOf(StreamScope scope) {
        return handled.stream().filter(one -> one.startsWith(scope + " ")).map(one -> one.split(" ", 2)[1]).toList();
    }

    private long pending(StreamScope scope) {
        try (Jedis jedis = harness.runtime.redis()) {
            return jedis.xpending(CHANNEL.key(scope), "tenant").getTotal();
        }
    }

    private List<String> deadLetters(StreamScope scope) {
        try (Jedis jedis = harness.runtime.redis()) {
            return jedis.xrange(CHANNEL.deadLetterKey(scope), (StreamEntryID) null, (StreamEntryID) null).stream()
                    .map(entry -> entry.getFields().get("data")).toList();
        }
    }

    private void awaitSettled() {
        await().atMost(WAIT).until(() -> pending(A) == 0 && pending(B) == 0);
    }

    private void consume(String consumer, Map<String, String> settings) {
        StreamHarness.consume(harness.reader(consumer, settings, status), this::handle);
    }

    @Test
    void entriesOfEachStreamArriveInItsOrderAndWithItsScope() {
        consume("one", Map.of());

        harness.publish(A, "1", "2", "3");
        harness.publish(B, "4", "5");

        await().atMost(WAIT).until(() -> handled.size() == 5);
        assertThat(handledOf(A)).containsExactly("1", "2", "3");
        assertThat(handledOf(B)).containsExactly("4", "5");
        awaitSettled();
        assertThat(status.handled()).isEqualTo(5);
    }

    @Test
    void aStreamThatIsNewIsReadFromItsBeginningAndNothingOfTheOthersComesAgain() {
        harness.scopes = Set.of(A);
        consume("one", Map.of());
        harness.publish(A, "1");
        harness.publish(B, "waits", "waits too");
        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a 1"));
        await().during(StreamHarness.READS).atMost(WAIT).until(() -> handledOf(B).isEmpty());

        harness.scopes = Set.of(A, B);
        harness.publish(A, "2");

        await().atMost(WAIT).until(() -> handled.size() == 4);
        assertThat(handledOf(A)).containsExactly("1", "2");
        assertThat(handledOf(B)).containsExactly("waits", "waits too");
        assertThat(status.state()).isEqualTo(State.READING);
    }

    @Test
    void aStreamThatIsLeftOutIsNotReadAndGoesOnWhereItWasWhenItIsBack() {
        consume("one", Map.of());
        harness.publish(B, "1");
        await().atMost(WAIT).until(() -> handledOf(B).size() == 1);
        harness.scopes = Set.of(A);
        await().during(StreamHarness.READS).atMost(WAIT).until(() -> true);
        harness.publish(B, "2");
        harness.publish(A, "1");
        await().atMost(WAIT).until(() -> handledOf(A).size() == 1);
        assertThat(handledOf(B)).containsExactly("1");

        harness.scopes = Set.of(A, B);

        await().atMost(WAIT).untilAsserted(() -> assertThat(handledOf(B)).containsExactly("1", "2"));
    }

    @Test
    void withoutAnyStreamTheReaderWaitsForOne() {
        harness.scopes = Set.of();
        consume("one", Map.of());
        await().atMost(WAIT).until(() -> status.state() == State.READING);

        harness.scopes = Set.of(A);
        harness.publish(A, "1");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a 1"));
    }

    @Test
    void aTenantWithABacklogDoesNotKeepAnotherOnesEntriesWaiting() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        harness.publish(A, IntStream.range(0, 2000).mapToObj(Integer::toString).toArray(String[]::new));
        StreamHarness.consume(harness.reader("one", Map.of("zeroui.streams.batch-entries", "32"), status), batch -> {
            sizes.add(batch.entries().size());
            if (sizes.size() == 10) {
                return Uni.createFrom().completionStage(CompletableFuture.runAsync(() -> harness.publish(B, "urgent")))
                        .chain(() -> handle(batch));
            }
            return handle(batch);
        });

        await().atMost(WAIT).until(() -> handled.size() == 2001);
        int urgent = handled.indexOf("b urgent");
        int before = sizes.stream().limit(10).mapToInt(Integer::intValue).sum();
        assertThat(urgent).as("after %s entries it was sent", before).isBetween(before, before + 64);
        assertThat(sizes).as("no batch is larger than asked for").allMatch(size -> size <= 32);
        assertThat(handledOf(A)).isEqualTo(IntStream.range(0, 2000).mapToObj(Integer::toString).toList());
    }

    @Test
    void manyStreamsThatHaveSomethingAtOnceComeInBatchesOfTheSizeAskedFor() {
        List<StreamScope> many = IntStream.range(0, 40).mapToObj(i -> StreamScope.of(TenantId.of("t-" + i))).toList();
        harness.scopes = Set.copyOf(many);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        many.forEach(scope -> harness.publish(scope, IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new)));

        StreamHarness.consume(harness.reader("one", Map.of("zeroui.streams.batch-entries", "64"), status), batch -> {
            sizes.add(batch.entries().size());
            return handle(batch);
        });

        await().atMost(WAIT).until(() -> handled.size() == 800);
        assertThat(sizes).allMatch(size -> size <= 64);
        many.forEach(scope -> assertThat(handledOf(scope)).isEqualTo(
                IntStream.range(0, 20).mapToObj(Integer::toString).toList()));
        assertThat(handled.subList(0, 640).stream().map(one -> one.split(" ")[0]).distinct()).as("each has its share of the first read")
                .hasSize(40);
    }

    @Test
    void whatACrashedProcessWasGivenOfAnyStreamComesFirstAfterItsRestart() {
        CompletableFuture<Integer> given = new CompletableFuture<>();
        harness.publish(A, IntStream.range(0, 80).mapToObj(Integer::toString).toArray(String[]::new));
        harness.publish(B, "0", "1", "2");
        StreamHarness.consume(harness.reader("one", Map.of("zeroui.streams.batch-entries", "128"), status), batch -> {
            given.complete(batch.entries().size());
            return Uni.createFrom().nothing();
        });
        assertThat(given).succeedsWithin(WAIT).isEqualTo(64 + 3);

        consume("one", Map.of("zeroui.streams.batch-entries", "16"));

        await().atMost(WAIT).until(() -> handled.size() == 83);
        assertThat(handledOf(A)).isEqualTo(IntStream.range(0, 80).mapToObj(Integer::toString).toList());
        assertThat(handledOf(B)).containsExactly("0", "1", "2");
        awaitSettled();
    }

    @Test
    void whatADeadConsumerLeftOnEveryStreamIsClaimedWhileWhatIsNewGoesOn() {
        CompletableFuture<Void> given = new CompletableFuture<>();
        harness.publish(A, "1", "2");
        harness.publish(B, "3");
        StreamHarness.consume(harness.reader("dead", Map.of(), status), batch -> {
            given.complete(null);
            return Uni.createFrom().nothing();
        });
        assertThat(given).succeedsWithin(WAIT);

        consume("alive", Map.of("zeroui.streams.claim-idle", "PT0.3S"));
        harness.publish(A, "new");

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).contains("a 1", "a 2", "a new", "b 3"));
        awaitSettled();
        assertThat(handled).hasSize(4);
    }

    @Test
    void readingOfAllStreamsGoesOnAfterRedisLostEverything() {
        consume("one", Map.of());
        harness.publish(A, "1");
        harness.publish(B, "1");
        await().atMost(WAIT).until(() -> handled.size() == 2);

        harness.runtime.flushRedis();
        harness.publish(A, "2");
        harness.publish(B, "2");

        await().atMost(WAIT).untilAsserted(() -> {
            assertThat(handledOf(A)).containsExactly("1", "2");
            assertThat(handledOf(B)).containsExactly("1", "2");
        });
        await().atMost(WAIT).until(() -> status.state() == State.READING);
    }

    @Test
    void aStreamOrGroupThatIsLostAloneIsMadeAgainAndTheOthersLoseNothing() {
        consume("one", Map.of());
        harness.publish(A, "1");
        harness.publish(B, "1");
        await().atMost(WAIT).until(() -> handled.size() == 2);
        try (Jedis jedis = harness.runtime.redis()) {
            assertThat(jedis.del(CHANNEL.key(A))).isOne();
        }
        harness.publish(A, "2");
        harness.publish(B, "2");
        await().atMost(WAIT).untilAsserted(() -> assertThat(handledOf(A)).containsExactly("1", "2"));
        await().atMost(WAIT).untilAsserted(() -> assertThat(handledOf(B)).containsExactly("1", "2"));

        try (Jedis jedis = harness.runtime.redis()) {
            jedis.xtrim(CHANNEL.key(B), 0, false);
            assertThat(jedis.xgroupDestroy(CHANNEL.key(B), "tenant")).isOne();
        }
        harness.publish(A, "3");
        harness.publish(B, "3");
        await().atMost(WAIT).untilAsserted(() -> assertThat(handledOf(B)).containsExactly("1", "2", "3"));
        await().atMost(WAIT).untilAsserted(() -> assertThat(handledOf(A)).containsExactly("1", "2", "3"));
    }

    @Test
    void ofTwoEntriesWithOneIdOnlyTheOneThatWasSetAsideIsDeadLetteredOnItsOwnStream() {
        add(A, "same");
        add(B, "same");
        StreamHarness.consume(harness.reader("one", Map.of(), status), batch -> {
            batch.entries().stream().filter(entry -> entry.requireScope().equals(A))
                    .forEach(entry -> batch.deadLetter(entry, "not wanted"));
            return handle(batch);
        });

        await().atMost(WAIT).untilAsserted(() -> assertThat(deadLetters(A)).containsExactly("same"));
        awaitSettled();
        assertThat(handled).containsExactlyInAnyOrder("a same", "b same");
        assertThat(deadLetters(B)).isEmpty();
    }

    @Test
    void anEntryThatAlwaysFailsAndOneThatIsNoEventGoToTheDeadLettersOfTheirStreamAndTheOthersKeepTheirOrder() {
        harness.scopes = new LinkedHashSet<>(List.of(A, B));
        try (Jedis jedis = harness.runtime.redis()) {
            jedis.xadd(CHANNEL.key(A), StreamEntryID.NEW_ENTRY, Map.of("data", "no event"));
        }
        harness.publish(A, "1", "2");
        harness.publish(B, "3", "poison", "4", "5");
        StreamHarness.consume(harness.reader("one", Map.of("zeroui.streams.batch-entries", "4"), status), batch -> batch.entries()
                .stream().anyMatch(entry -> text(entry).equals("poison"))
                        ? Uni.createFrom().failure(new IllegalStateException("cannot digest")) : handle(batch));

        await().atMost(WAIT).untilAsserted(() -> assertThat(handled).containsExactly("a 1", "a 2", "b 3", "b 4", "b 5"));
        await().atMost(WAIT).untilAsserted(() -> assertThat(deadLetters(B)).containsExactly("poison"));
        assertThat(deadLetters(A)).containsExactly("no event");
        awaitSettled();
    }

    @Test
    void allStreamsAreMeasuredTogetherAndTrimmedEach() {
        harness.publish(A, "1", "2");
        harness.publish(B, "3", "4", "5");
        harness.maintenance(status).run().await().atMost(WAIT);
        assertThat(status.lag()).isEqualTo(5);

        StreamHarness.consume(harness.reader("one", Map.of(), status), batch -> {
            batch.entries().forEach(entry -> batch.deadLetter(entry, "not wanted"));
            return handle(batch);
        });
        await().atMost(WAIT).until(() -> handled.size() == 5);
        awaitSettled();
        harness.maintenance(status).run().await().atMost(WAIT);

        assertThat(List.of(status.lag(), status.pending(), status.deadLetters())).containsExactly(0L, 0L, 5L);
        try (Jedis jedis = harness.runtime.redis()) {
            assertThat(List.of(jedis.xlen(CHANNEL.key(A)), jedis.xlen(CHANNEL.key(B)))).containsExactly(0L, 0L);
        }
    }

    /** With an id that is the same on every stream. */
    private void add(StreamScope scope, String text) {
        Map<byte[], byte[]> fields = new HashMap<>();
        StreamHarness.event(text).toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis jedis = harness.runtime.redis()) {
            assertThat(jedis.xadd(CHANNEL.key(scope).getBytes(StandardCharsets.UTF_8),
                    new XAddParams().id(new StreamEntryID(7, 1)), fields)).isNotEmpty();
        }
    }
}
