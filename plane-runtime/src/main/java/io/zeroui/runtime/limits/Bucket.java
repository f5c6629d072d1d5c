package io.zeroui.runtime.limits;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's bucket of one limit, as this process has it: tokens leased from the shared bucket in blocks, so that most
 * requests need no round trip, and beside it a bucket of its own, with the same rule, that counts while Redis is away.
 *
 * <p>
 * All instances together allow, in any time t, at most {@code burst + rate × t}, and one block per instance that was leased
 * before. A time without Redis adds one bucket per instance, as each then counts alone, and one more when it ends.
 * Thread-safe.
 */
final class Bucket {

    private final String name;
    private final Rule rule;
    private final SharedBuckets shared;
    private final LongSupplier nanoTime;
    private final LocalBucket own;
    private long leased;
    private long sharedDebtNanos;
    private long sharedSeenAt;
    private long refusedUntil;
    private @Nullable Uni<Void> leasing;

    Bucket(String name, Rule rule, SharedBuckets shared, LongSupplier nanoTime) {
        this.name = name;
        this.rule = rule;
        this.shared = shared;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.own = new LocalBucket(rule, now);
        this.sharedSeenAt = now;
        this.refusedUntil = now;
    }

    /** Takes the tokens, at most the bucket's burst, if they are there; 0 asks whether the bucket is in debt. */
    Uni<Allowance> take(long tokens) {
        return Uni.createFrom().deferred(() -> {
            Allowance known = tryTake(tokens);
            return known != null ? Uni.createFrom().item(known) : ask(tokens);
        });
    }

    /** Asks the shared bucket, then takes the tokens. */
    Uni<Allowance> ask(long tokens) {
        return Uni.createFrom().deferred(() -> lease(tokens)).chain(() -> take(tokens));
    }

    /** As {@link #take}, but null and nothing taken where the shared bucket must be asked: {@link #ask} must follow. */
    synchronized @Nullable Allowance tryTake(long tokens) {
        long now = nanoTime.getAsLong();
        if (shared.isAway()) {
            return shared.mayAsk() ? null : alone(now, tokens);
        }
        if (leased >= tokens) {
            leased -= tokens;
            own.charge(now, tokens);
            return answer(true, now, 0);
        }
        return now - refusedUntil < 0 ? answer(false, now, refusedUntil - now) : null;
    }

    /** Takes the tokens at once, if need be those that come later; until they came nothing can be taken. */
    synchronized void charge(long tokens) {
        own.charge(nanoTime.getAsLong(), tokens);
        if (!shared.isAway()) {
            leased -= tokens;
        }
    }

    private Allowance alone(long now, long tokens) {
        boolean allowed = own.take(now, tokens);
        long debt = own.debtNanos(now);
        long waiting = allowed ? 0 : debt + rule.nanos(tokens) - rule.burstNanos();
        return allowance(allowed, (rule.burstNanos() - debt) / rule.costNanos(), waiting, debt);
    }

    private Allowance answer(boolean allowed, long now, long waiting) {
        long debt = Math.max(0, sharedDebtNanos - Math.max(0, now - sharedSeenAt));
        long remaining = leased + (rule.burstNanos() - debt) / rule.costNanos();
        long whole = Math.max(0, debt - rule.nanos(leased));
        return allowance(allowed, remaining, waiting + Math.max(0, rule.nanos(-leased)), whole);
    }

    private Allowance allowance(boolean allowed, long remaining, long waiting, long whole) {
        return new Allowance(allowed, rule.burst(), allowed ? Math.max(0, Math.min(rule.burst(), remaining)) : 0,
                Duration.ofNanos(waiting), Duration.ofNanos(whole));
    }

    /** One lease at a time; whoever comes while it is under way waits for it. */
    private synchronized Uni<Void> lease(long tokens) {
        Uni<Void> present = leasing;
        if (present == null) {
            long size = Math.min(rule.burst(), Math.max(rule.block(), tokens - leased));
            present = shared.lease(name, rule, size)
                    .invoke(lease -> leased(lease, size))
                    .onFailure().invoke(this::lost)
                    .onFailure().recoverWithNull()
                    .replaceWithVoid()
                    .memoize().indefinitely();
            leasing = present;
        }
        return present;
    }

    private synchronized void leased(Lease lease, long size) {
        long now = nanoTime.getAsLong();
        leasing = null;
        leased += lease.granted();
        sharedDebtNanos = lease.debtNanos();
        sharedSeenAt = now;
        if (lease.granted() < size) {
            long missing = lease.debtNanos() + rule.nanos(rule.block()) - rule.burstNanos();
            refusedUntil = now + Math.max(rule.costNanos(), missing);
        }
    }

    private synchronized void lost() {
        leasing = null;
    }
}
