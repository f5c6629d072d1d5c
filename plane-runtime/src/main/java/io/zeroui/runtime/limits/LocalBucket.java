package io.zeroui.runtime.limits;

/**
 * A bucket in this process's memory, as generic cell rate algorithm (ITU-T I.371): it keeps the moment at which it will be
 * whole. Its clock should be monotonic; time that goes backwards counts as no time. Not thread-safe.
 */
final class LocalBucket {

    private final Rule rule;
    private long wholeAt;
    private long seen;

    LocalBucket(Rule rule, long now) {
        this.rule = rule;
        this.wholeAt = now;
        this.seen = now;
    }

    /** Takes the tokens if they are there. No tokens are there for a bucket that is not in debt. */
    boolean take(long now, long tokens) {
        if (debtNanos(now) + rule.nanos(tokens) > rule.burstNanos()) {
            return false;
        }
        wholeAt += rule.nanos(tokens);
        return true;
    }

    /** Takes the tokens, if need be those that come later. */
    void charge(long now, long tokens) {
        wholeAt = now + debtNanos(now) + rule.nanos(tokens);
    }

    /** The time until it is whole; more than the rule's {@code burstNanos} when it was charged for what comes later. */
    long debtNanos(long now) {
        if (now - seen < 0) {
            wholeAt -= seen - now;
        }
        seen = now;
        if (wholeAt - now < 0) {
            wholeAt = now;
        }
        return wholeAt - now;
    }
}
