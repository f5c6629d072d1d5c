package io.zeroui.contracts.policy;

import java.time.Instant;

/** Times that can be said of policies: years 1970 to 9999. Whoever reckons or keeps rows with them stays within what can be reckoned with. */
public final class PolicyTimes {

    /** The first one. */
    public static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private PolicyTimes() {
    }

    /** Whether a time is one. */
    public static boolean includes(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
}
