package io.zeroui.runtime.telemetry.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final long[] BOUNDS = RequestBuckets.boundsMicros();
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** The 99th percentile lies in the bucket in which the request of that rank is. */
    @Property(tries = 1000)
    void theQuantileIsInTheBucketOfItsRequest(@ForAll @Size(min = 1, max = 300) List<@IntRange(max = 20_000_000) Integer> micros) {
        Latencies latencies = new Latencies(BOUNDS, WINDOW, 1);
        latencies.note(0, new long[BOUNDS.length + 1]);
        latencies.note(1, upTo(micros));
        List<Integer> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        int exact = sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
        long found = latencies.p99Micros().orElseThrow();
        int bucket = 0;
        while (bucket < BOUNDS.length && exact > BOUNDS[bucket]) {
            bucket++;
        }
        long most = BOUNDS[Math.min(bucket, BOUNDS.length - 1)];
        long least = bucket == 0 ? 0 : BOUNDS[bucket - 1];
        assertThat(found).isBetween(least, most);
        for (long bound : BOUNDS) {
            assertThat(found > bound).as("beyond %s", bound).isEqualTo(exact > bound && (found != bound));
        }
    }

    @Test
    void onlyTheLastSpanCountsAndTooFewSayNothing() {
        Latencies latencies = new Latencies(BOUNDS, WINDOW, 10);
        assertThat(latencies.p99Micros()).isEmpty();
        latencies.note(0, new long[BOUNDS.length + 1]);
        latencies.note(1, upTo(Collections.nCopies(20, 3_000_000)));
        assertThat(latencies.p99Micros().orElseThrow()).isGreaterThan(2_000_000);
        List<Integer> later = new ArrayList<>(Collections.nCopies(20, 3_000_000));
        later.addAll(Collections.nCopies(9, 1_000));
        latencies.note(TimeUnit.MINUTES.toNanos(4), upTo(Collections.nCopies(20, 3_000_000)));
        latencies.note(TimeUnit.MINUTES.toNanos(8), upTo(later));
        assertThat(latencies.p99Micros()).isEmpty();
        later.add(1_000);
        latencies.note(TimeUnit.MINUTES.toNanos(8) + 1, upTo(later));
        assertThat(latencies.p99Micros().orElseThrow()).isLessThan(5_000);
    }

    private static long[] upTo(List<Integer> micros) {
        long[] counts = new long[BOUNDS.length + 1];
        for (int i = 0; i < BOUNDS.length; i++) {
            long bound = BOUNDS[i];
            counts[i] = micros.stream().filter(one -> one <= bound).count();
        }
        counts[BOUNDS.length] = micros.size();
        return counts;
    }
}
