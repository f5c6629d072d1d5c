package io.zeroui.product.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.product.vectors.store.SearchStore;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * How the searches of one part of a scenario were answered. What was found by comparing all points says nothing about an index: recall is counted
 * over those answers alone that an index gave.
 */
final class SearchTally {

    private static final Logger LOG = Logger.getLogger(SearchTally.class);
    private static final int TEN = 10;
    private static final double RECALL_LEAST = 0.98;
    /** Of the searches of large collections that do not say that they must be exact. */
    private static final double BY_INDEX_LEAST = 0.25;

    private final String part;
    private final long expected;
    private final long every;
    private final long start = System.nanoTime();
    private final Map<SearchStore.Way, Long> ways = new EnumMap<>(SearchStore.Way.class);
    private long all;
    private long exact;
    private long small;
    private long tens;
    private double recall;

    /** Of a part with so many searches. */
    SearchTally(String part, long expected) {
        this.part = part;
        this.expected = expected;
        this.every = Math.max(1_000, expected / 200);
        for (SearchStore.Way way : SearchStore.Way.values()) {
            ways.put(way, 0L);
        }
    }

    /** Notes a search that was right but for what it may have missed; the recall is the part of the nearest that it found. */
    synchronized void note(boolean isLarge, Search search, SearchStore.Way way, double found) {
        all++;
        if (search.exact()) {
            assertThat(way).as("an exact search").isEqualTo(SearchStore.Way.EXACT);
            exact++;
        } else if (!isLarge) {
            assertThat(way).as("a search of few").isEqualTo(SearchStore.Way.EXACT);
            small++;
        } else {
            ways.merge(way, 1L, Long::sum);
            if (way == SearchStore.Way.INDEX && search.limit() == TEN) {
                tens++;
                recall += found;
            }
        }
        if (all % every == 0) {
            LOG.info(this);
        }
    }

    /** Fails unless an index gave a good part of the answers, and they had nearly all of the nearest. */
    synchronized void check() {
        LOG.info(this);
        long large = ways.values().stream().mapToLong(Long::longValue).sum();
        assertThat(all).isEqualTo(expected);
        assertThat(ways.get(SearchStore.Way.INDEX)).as("answers of an index; %s", this).isGreaterThan((long) (BY_INDEX_LEAST * large));
        assertThat(tens).as("answers of an index whose recall@10 is counted; %s", this).isPositive();
        assertThat(recall / tens).as("recall@10 of an index; %s", this).isGreaterThanOrEqualTo(RECALL_LEAST);
    }

    @Override
    public synchronized String toString() {
        double minutes = (System.nanoTime() - start) / (double) TimeUnit.MINUTES.toNanos(1);
        return String.format(Locale.ROOT, "%s: %,d of %,d searches, %,.0f a minute; wished exact %,d, of few points %,d; of many by index %,d,"
                + " compared %,d, the index too short %,d; recall@10 of %,d by index %.5f", part, all, expected, all / minutes, exact,
                small, ways.get(SearchStore.Way.INDEX), ways.get(SearchStore.Way.EXACT), ways.get(SearchStore.Way.SHORT),
                tens, recall / Math.max(1, tens));
    }
}
