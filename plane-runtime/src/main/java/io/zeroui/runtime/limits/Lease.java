package io.zeroui.runtime.limits;

/**
 * What one addition to a shared bucket gave. The bucket is a number in Redis: the nanosecond of Redis's clock at which it
 * will be whole. A process adds the time of the tokens it wants, and what comes back tells it how many were there; what it
 * may not have, and what the number lags behind the clock, it corrects with a second addition. Additions of several
 * processes commute, so none is lost.
 *
 * <p>
 * A bucket that is whole has no key. The first addition makes one, that is at first a small number: whoever finds that his
 * addition made it also adds the clock. Until then others take the small number for the debt, which it is.
 *
 * @param granted tokens leased
 * @param debtNanos the time after which the bucket is whole
 * @param correctionNanos what is to be added to the number
 * @param broken whether the number cannot be right, because a clock was set back; it is then to be written anew
 */
record Lease(long granted, long debtNanos, long correctionNanos, boolean broken) {

    /** Redis's clock never shows less, and no debt is this long: tells numbers with the clock in them from those without. */
    static final long CLOCK_LEAST_NANOS = 500_000_000_000_000_000L;

    private static final long SLACK_NANOS = 1_000_000_000L;

    /**
     * @param wanted tokens whose time was added
     * @param now Redis's clock at that moment
     * @param after the number after the addition
     */
    static Lease of(Rule rule, long wanted, long now, long after) {
        long before = after - rule.nanos(wanted);
        boolean hasClock = before >= CLOCK_LEAST_NANOS;
        long debt = hasClock ? before - now : before;
        long correction = 0;
        boolean broken = debt > 2 * rule.burstNanos() + SLACK_NANOS || !hasClock && before < 0;
        if (broken) {
            debt = 0;
        } else if (!hasClock && before == 0) {
            correction = now;
        } else if (debt < 0) {
            correction = -debt;
            debt = 0;
        }
        long granted = Math.max(0, Math.min(wanted, (rule.burstNanos() - debt) / rule.costNanos()));
        long left = Math.min(rule.burstNanos(), debt + rule.nanos(granted)); // more is what others are about to take back
        return new Lease(granted, left, correction - rule.nanos(wanted - granted), broken);
    }
}
