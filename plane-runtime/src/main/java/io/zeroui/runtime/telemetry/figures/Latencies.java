package io.zeroui.runtime.telemetry.figures;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * A quantile of what took how long in the last span, from counts by bucket, as Prometheus' {@code histogram_quantile} has it: inside a
 * bucket times are taken to be spread evenly, and beyond the last bound it answers that bound. Not thread-safe.
 */
final class Latencies {

    private static final double QUANTILE = 0.99;

    private final long[] boundsMicros;
    private final long windowNanos;
    private final long least;
    private final Deque<Counts> counts = new ArrayDeque<>();

    /**
     * @param boundsMicros upper bounds of the buckets, ascending; a last bucket without bound follows
     * @param least fewest requests for which a quantile is said
     */
    Latencies(long[] boundsMicros, Duration window, long least) {
        this.boundsMicros = boundsMicros.clone();
        this.windowNanos = window.toNanos();
        this.least = least;
    }

    private record Counts(long nanos, long[] upTo) {
    }

    /**
     * Notes how many there were in all until now.
     *
     * @param nanos of a clock that only goes forward
     * @param upTo how many took at most each bound, and as last element how many there were
     */
    void note(long nanos, long[] upTo) {
        if (upTo.length != boundsMicros.length + 1) {
            throw new IllegalArgumentException(upTo.length + " counts for " + boundsMicros.length + " bounds");
        }
        counts.addLast(new Counts(nanos, upTo.clone()));
        while (counts.size() > 1 && nanos - counts.getFirst().nanos() > windowNanos) {
            counts.removeFirst();
        }
    }

    /** The 99th percentile in microseconds; nothing where too few came. */
    OptionalLong p99Micros() {
        Counts last = counts.peekLast();
        if (last == null) {
            return OptionalLong.empty();
        }
        long[] first = counts.getFirst().upTo();
        long[] came = new long[last.upTo().length];
        Arrays.setAll(came, i -> last.upTo()[i] - first[i]);
        long all = came[came.length - 1];
        if (all < Math.max(1, least)) {
            return OptionalLong.empty();
        }
        double rank = QUANTILE * all;
        for (int i = 0; i < boundsMicros.length; i++) {
            if (came[i] >= rank) {
                long below = i == 0 ? 0 : came[i - 1];
                long start = i == 0 ? 0 : boundsMicros[i - 1];
                return OptionalLong.of(Math.round(start + (boundsMicros[i] - start) * (rank - below) / (came[i] - below)));
            }
        }
        return OptionalLong.of(boundsMicros[boundsMicros.length - 1]);
    }
}
