package io.zeroui.runtime.limits;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Leases of tokens from the buckets that all instances share. When these do not answer in time nothing is asked of them for
 * a while, so that a lost or slow Redis costs one request in a pause and not every one. Thread-safe.
 */
final class SharedBuckets {

    private static final Logger LOG = Logger.getLogger(SharedBuckets.class);

    private final SharedCounters counters;
    private final LongSupplier nanoTime;
    private final Duration timeout;
    private final long pauseNanos;
    private final Runnable failed;
    private final AtomicLong askAgainAt = new AtomicLong();
    private volatile boolean away;

    /** @param failed is told of every lease that failed */
    SharedBuckets(SharedCounters counters, LongSupplier nanoTime, Duration timeout, Duration pause, Runnable failed) {
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.timeout = timeout;
        this.pauseNanos = pause.toNanos();
        this.failed = failed;
    }

    /** Whether the last lease failed: then this process counts alone. */
    boolean isAway() {
        return away;
    }

    /** Whether to ask: always while leases succeed, else once in a pause. A caller that is told so asks. */
    boolean mayAsk() {
        if (!away) {
            return true;
        }
        long now = nanoTime.getAsLong();
        long due = askAgainAt.get();
        return now - due >= 0 && askAgainAt.compareAndSet(due, now + pauseNanos);
    }

    /** Leases up to so many tokens; fails when the buckets do not answer in time. */
    Uni<Lease> lease(String name, Rule rule, long wanted) {
        long cost = rule.nanos(wanted);
        return counters.add(name, cost, millis(cost))
                .chain(added -> settle(name, Lease.of(rule, wanted, added.now(), added.after()), added.now()))
                .ifNoItem().after(timeout).fail()
                .invoke(this::answered)
                .onFailure().invoke(this::lost);
    }

    private Uni<Lease> settle(String name, Lease lease, long now) {
        long keep = millis(lease.debtNanos());
        return (lease.broken() ? counters.replace(name, now + lease.debtNanos(), keep)
                : counters.correct(name, lease.correctionNanos(), keep)).replaceWith(lease);
    }

    private void answered() {
        if (away) {
            away = false;
            LOG.info("rate limits are counted over all instances again");
        }
    }

    private void lost(Throwable failure) {
        askAgainAt.set(nanoTime.getAsLong() + pauseNanos);
        failed.run();
        if (!away) {
            away = true;
            LOG.warnf("Redis does not count the rate limits, so this process counts alone until it does: %s", failure);
        }
    }

    /** Rounded up: a key must not end before its bucket is whole. */
    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }
}
