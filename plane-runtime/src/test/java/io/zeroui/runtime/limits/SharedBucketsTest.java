package io.zeroui.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several instances of a plane that share buckets, on a clock that the test moves. */
class SharedBucketsTest {

    private static final Rule RULE = Rule.of(100, Duration.ofSeconds(1), 200);
    private static final Duration NOW = Duration.ofSeconds(10);

    private final SharedClock redis = new SharedClock();
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void twoInstancesTogetherGiveOneBurst() {
        List<Bucket> two = instances(2, "acme");

        assertThat(taken(two, 1_000)).isEqualTo(200);
    }

    @Test
    void mostRequestsAskNobody() {
        assertThat(taken(instances(1, "acme"), 200)).isEqualTo(200);
        assertThat(redis.additions()).isEqualTo(200 / 5);
        assertThat(taken(instances(1, "acme"), 1_000)).as("a refusal is remembered").isZero();
        assertThat(redis.additions()).isEqualTo(41);
    }

    @Test
    void whatOneTenantDoesIsNothingToAnother() {
        assertThat(taken(instances(2, "acme"), 1_000)).isEqualTo(200);

        assertThat(taken(instances(2, "other"), 150)).isEqualTo(150);
    }

    @Test
    void tokensComeBackToAllTogether() {
        List<Bucket> three = instances(3, "acme");
        assertThat(taken(three, 1_000)).isEqualTo(200);

        redis.pass(Duration.ofSeconds(1));
        assertThat(taken(three, 1_000)).isEqualTo(100);
        redis.pass(Duration.ofSeconds(100));
        assertThat(taken(three, 1_000)).isEqualTo(200);
    }

    @Test
    void noWindowHasMoreThanRateBurstAndABlockOfEachInstance() {
        Random random = new Random(11);
        List<Bucket> three = instances(3, "acme");
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            redis.pass(Duration.ofNanos(random.nextInt(30) == 0 ? random.nextInt(1_000_000_000) : random.nextInt(8_000_000)));
            if (take(three.get(random.nextInt(3))).allowed()) {
                taken.add(redis.nanoTime());
            }
        }
        assertThat(taken).hasSizeGreaterThan(1_000);
        for (int from = 0; from < taken.size(); from++) {
            for (int to = from; to < taken.size(); to++) {
                long rate = (taken.get(to) - taken.get(from)) / RULE.costNanos();
                assertThat((long) to - from + 1).isLessThanOrEqualTo(200 + 1 + 3 * RULE.block() + rate);
            }
        }
    }

    @Test
    void nearlyTheWholeRateIsGivenToWhoeverAlwaysAsks() {
        List<Bucket> two = instances(2, "acme");
        int taken = taken(two, 1_000);
        for (int i = 0; i < 10_000; i++) {
            redis.pass(Duration.ofMillis(1));
            taken += taken(two, 2);
        }
        assertThat(taken).isBetween(200 + 1_000 - 2 * 10, 200 + 1_000);
    }

    @Test
    void remainingAndResetTellWhatIsLeft() {
        Bucket bucket = instances(1, "acme").get(0);
        Allowance first = take(bucket);
        assertThat(first).isEqualTo(new Allowance(true, 200, 199, Duration.ZERO, Duration.ofMillis(10)));
        assertThat(taken(List.of(bucket), 198)).isEqualTo(198);
        Allowance last = take(bucket);
        assertThat(last.remaining()).isZero();
        assertThat(last.whole()).isEqualTo(Duration.ofSeconds(2));
        Allowance refused = take(bucket);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfterSeconds()).isEqualTo(1);
        assertThat(refused.resetAt(java.time.Instant.ofEpochSecond(100))).isEqualTo(102);

        redis.pass(refused.waiting());
        assertThat(take(bucket).allowed()).isTrue();
    }

    @Test
    void aClockOfRedisThatIsSetBackDoesNotBlock() {
        List<Bucket> two = instances(2, "acme");
        assertThat(taken(two, 1_000)).isEqualTo(200);

        redis.setClock(Duration.ofDays(-3));
        redis.pass(Duration.ofSeconds(1));
        assertThat(taken(two, 1_000)).isBetween(100, 200);
        redis.pass(Duration.ofSeconds(1));
        assertThat(taken(two, 1_000)).isEqualTo(100);
    }

    @Test
    void aClockThatJumpsAheadGivesABurstAndNoMore() {
        List<Bucket> two = instances(2, "acme");
        assertThat(taken(two, 1_000)).isEqualTo(200);

        redis.setClock(Duration.ofDays(3));
        redis.pass(Duration.ofMillis(50));
        assertThat(taken(two, 1_000)).isEqualTo(200);
    }

    @Test
    void withoutRedisEachCountsAloneWithTheSameRule() {
        List<Bucket> two = instances(2, "acme");
        assertThat(taken(two, 100)).isEqualTo(100);

        redis.setDown(true);
        assertThat(taken(two, 1_000)).as("what each has given before counts").isBetween(290, 300);
        assertThat(failures).hasValueBetween(1, 2);
        redis.pass(Duration.ofSeconds(1));
        assertThat(taken(two, 1_000)).isEqualTo(200);
        assertThat(failures).as("one asks again after the pause, per instance").hasValueBetween(2, 4);
    }

    @Test
    void whenRedisComesBackAllCountTogetherAgain() {
        List<Bucket> two = instances(2, "acme");
        redis.setDown(true);
        assertThat(taken(two, 1_000)).isEqualTo(400);

        redis.setDown(false);
        redis.pass(NOW);
        assertThat(taken(two, 1_000)).isEqualTo(200);
    }

    @Test
    void whoTriesFirstAndAsksWhereItMustGetsTheSame() {
        List<Bucket> two = instances(2, "acme");
        assertThat(tried(two, 1_000)).isEqualTo(200);
        assertThat(redis.additions()).isEqualTo(200 / 5 + 2);

        redis.setDown(true);
        redis.pass(Duration.ofSeconds(100));
        assertThat(tried(two, 1_000)).isEqualTo(400);
        redis.setDown(false);
        redis.pass(NOW);
        assertThat(tried(two, 1_000)).as("the one that is let ask, asks").isEqualTo(200);
    }

    @Test
    void whatIsChargedIsOwedByAllUntilItCame() {
        Bucket stream = instances(1, "acme").get(0);
        assertThat(taken(List.of(stream), 1_000)).isEqualTo(200);
        stream.charge(50);

        assertThat(owes(stream)).isTrue();
        assertThat(take(stream).allowed()).isFalse();
        redis.pass(Duration.ofMillis(400));
        assertThat(owes(stream)).isTrue();
        redis.pass(Duration.ofMillis(200));
        assertThat(owes(stream)).isFalse();
        assertThat(taken(instances(1, "acme"), 1_000)).as("paid from the shared bucket").isLessThanOrEqualTo(10);
    }

    @Test
    void aWholeBucketHasNoKey() {
        assertThat(taken(instances(2, "acme"), 1_000)).isEqualTo(200);
        assertThat(redis.keys()).isEqualTo(1);

        redis.pass(Duration.ofMillis(2_002));
        assertThat(redis.keys()).isZero();
    }

    private List<Bucket> instances(int number, String tenant) {
        return IntStream.range(0, number).mapToObj(i -> new Bucket("query:" + tenant, RULE,
                new SharedBuckets(redis, redis::nanoTime, Duration.ofSeconds(30), Duration.ofSeconds(1),
                        failures::incrementAndGet),
                redis::nanoTime)).toList();
    }

    private static int taken(List<Bucket> buckets, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += take(buckets.get(i % buckets.size())).allowed() ? 1 : 0;
        }
        return taken;
    }

    private static int tried(List<Bucket> buckets, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            Bucket bucket = buckets.get(i % buckets.size());
            Allowance known = bucket.tryTake(1);
            taken += (known == null ? bucket.ask(1).await().indefinitely() : known).allowed() ? 1 : 0;
        }
        return taken;
    }

    private static boolean owes(Bucket bucket) {
        return !bucket.take(0).await().indefinitely().allowed();
    }

    private static Allowance take(Bucket bucket) {
        return bucket.take(1).await().indefinitely();
    }
}
