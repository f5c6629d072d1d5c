package io.zeroui.runtime.limits;

import java.time.Duration;
import java.time.Instant;

/**
 * What a limit says of one request. The numbers are this process's knowledge: other instances may have taken tokens since.
 *
 * @param allowed whether the tokens were taken
 * @param limit size of the bucket, {@code X-RateLimit-Limit}; 0 where there is no limit
 * @param remaining tokens that are left, {@code X-RateLimit-Remaining}
 * @param waiting the time after which it is worth trying again
 * @param whole the time until the bucket is whole if nothing is taken
 */
public record Allowance(boolean allowed, long limit, long remaining, Duration waiting, Duration whole) {

    /** What is allowed where there is no limit. */
    public static final Allowance UNLIMITED = new Allowance(true, 0, 0, Duration.ZERO, Duration.ZERO);

    /** Whether there is a limit. */
    public boolean isLimited() {
        return limit > 0;
    }

    /** {@code Retry-After}: whole seconds, at least 1. */
    public long retryAfterSeconds() {
        return Math.max(1, seconds(waiting.toMillis()));
    }

    /** {@code X-RateLimit-Reset}: the Unix second in which the bucket is whole if nothing more is taken. */
    public long resetAt(Instant now) {
        return seconds(now.plus(whole).toEpochMilli());
    }

    private static long seconds(long millis) {
        return -Math.floorDiv(-millis, 1_000L);
    }
}
