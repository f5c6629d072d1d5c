package io.zeroui.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalBucketTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Rule RULE = Rule.of(100, Duration.ofSeconds(1), 200);

    @Test
    void aRestedBucketGivesItsBurstAndNotOneMore() {
        LocalBucket bucket = new LocalBucket(RULE, 0);

        assertThat(taken(bucket, 0, 1000)).isEqualTo(200);
        assertThat(bucket.take(0, 1)).isFalse();
    }

    @Test
    void tokensComeBackAtTheRateAndNoMoreThanTheBurst() {
        LocalBucket bucket = new LocalBucket(RULE, 0);
        assertThat(taken(bucket, 0, 1000)).isEqualTo(200);

        assertThat(taken(bucket, SECOND / 2, 1000)).isEqualTo(50);
        assertThat(taken(bucket, 100 * SECOND, 1000)).isEqualTo(200);
    }

    @Test
    void itIsWholeWhenItSays() {
        LocalBucket bucket = new LocalBucket(RULE, 0);
        assertThat(taken(bucket, 0, 30)).isEqualTo(30);

        assertThat(bucket.debtNanos(0)).isEqualTo(30 * SECOND / 100);
        assertThat(bucket.debtNanos(30 * SECOND / 100 - 1)).isEqualTo(1);
        assertThat(bucket.debtNanos(30 * SECOND / 100)).isZero();
    }

    @Test
    void noWindowHasMoreThanRateAndBurst() {
        Random random = new Random(7);
        LocalBucket bucket = new LocalBucket(RULE, 0);
        List<Long> taken = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(20) == 0 ? random.nextInt((int) SECOND) : random.nextInt(8_000_000);
            if (bucket.take(now, 1)) {
                taken.add(now);
            }
        }
        assertThat(taken).hasSizeGreaterThan(1_000);
        for (int from = 0; from < taken.size(); from++) {
            for (int to = from; to < taken.size(); to++) {
                long most = 200 + 1 + (taken.get(to) - taken.get(from)) / RULE.costNanos();
                assertThat((long) to - from + 1).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void aClockThatGoesBackwardsNeitherBlocksNorGives() {
        LocalBucket bucket = new LocalBucket(RULE, 1_000 * SECOND);
        assertThat(taken(bucket, 1_000 * SECOND, 1000)).isEqualTo(200);

        assertThat(bucket.take(SECOND, 1)).isFalse();
        assertThat(taken(bucket, 2 * SECOND, 1000)).isEqualTo(100);
    }

    @Test
    void whatIsChargedIsOwedUntilItCame() {
        LocalBucket bucket = new LocalBucket(RULE, 0);
        bucket.charge(0, 250);

        assertThat(bucket.take(0, 0)).isFalse();
        assertThat(bucket.take(SECOND / 2 - 1, 0)).isFalse();
        assertThat(bucket.take(SECOND / 2, 0)).isTrue();
        assertThat(bucket.take(SECOND / 2, 1)).isFalse();
    }

    @Test
    void aRuleThatCannotWorkIsRefused() {
        assertThatThrownBy(() -> Rule.of(-1, Duration.ofSeconds(1), 1)).hasMessageContaining("rate -1");
        assertThatThrownBy(() -> Rule.of(1, Duration.ofSeconds(1), 0)).hasMessageContaining("burst 0");
        assertThatThrownBy(() -> Rule.of(1, Duration.ZERO, 1)).hasMessageContaining("per PT0S");
        assertThatThrownBy(() -> Rule.of(1, Duration.ofHours(1), 1000)).hasMessageContaining("a day");
        assertThat(Rule.of(1000, Duration.ofSeconds(1), 2000).block()).isEqualTo(50);
        assertThat(Rule.of(5, Duration.ofMinutes(1), 10).block()).isEqualTo(1);
        assertThat(Rule.of(1_000_000, Duration.ofSeconds(1), 7).block()).isEqualTo(7);
    }

    private static int taken(LocalBucket bucket, long now, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take(now, 1) ? 1 : 0;
        }
        return taken;
    }
}
