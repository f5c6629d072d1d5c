package io.zeroui.runtime.limits;

import java.time.Duration;

/**
 * A bucket's numbers.
 *
 * @param costNanos the time in which one token comes back, rounded up
 * @param burst tokens of a whole bucket
 * @param block tokens that a process leases at once: what comes back in 50 ms, at least one, at most the bucket
 */
record Rule(long costNanos, long burst, long block) {

    private static final Duration BLOCK = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** @throws IllegalArgumentException for a bucket that never has a token, or takes more than a day to fill */
    static Rule of(long rate, Duration per, long burst) {
        if (rate < 1 || burst < 1 || per.isNegative() || per.isZero() || per.compareTo(LONGEST) > 0 || rate > per.toNanos()) {
            throw new IllegalArgumentException("a rate limit wants a rate of at least 1, a burst of at least 1 and a time of "
                    + "at most a day: rate " + rate + ", per " + per + ", burst " + burst);
        }
        long cost = -Math.floorDiv(-per.toNanos(), rate);
        if (burst > LONGEST.toNanos() / cost) {
            throw new IllegalArgumentException("a rate limit's bucket of " + burst + " at " + rate + " per " + per
                    + " takes more than a day to fill");
        }
        return new Rule(cost, burst, Math.min(burst, Math.max(1, BLOCK.toNanos() / cost)));
    }

    /** The time in which an empty bucket becomes whole. */
    long burstNanos() {
        return burst * costNanos;
    }

    /** The time in which so many tokens come back. */
    long nanos(long tokens) {
        return tokens * costNanos;
    }
}
