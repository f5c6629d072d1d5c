package io.zeroui.contracts.policy.claims;

import java.util.Locale;

/**
 * How a receipt's claim of policies stands to what was released to its tenant. Of several the one declared last counts: that of the
 * policy which is hardest to explain.
 */
public enum PolicyStanding {
    /** It names no policy and no snapshot. */
    NONE,
    /** Its edge can have had what it names. */
    CONSISTENT,
    /** Nothing can be said: it is older than the tenant's first release, or the history does not go back far enough. */
    UNJUDGED,
    /** Its edge had reported, before, a release in which a newer version had taken the place of one that it names. */
    SUPERSEDED,
    /** Its edge had reported, before, a release from which a version that it names had been taken without a newer one. */
    REVOKED,
    /** A version that it names was never released to its edge. */
    NOT_FOR_EDGE,
    /** A version that it names was released only after it. */
    BEFORE_RELEASE,
    /** Its snapshot hash is that of none of the versions that it names. */
    WRONG_SNAPSHOT,
    /** It names a version that was never released to its tenant. */
    UNKNOWN_POLICY;

    /** Whether the receipt cannot be right about its policies. */
    public boolean isFlagged() {
        return compareTo(UNJUDGED) > 0;
    }

    /** As the evidence API names it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that counts of two. */
    PolicyStanding and(PolicyStanding other) {
        return compareTo(other) < 0 ? other : this;
    }
}
