package io.zeroui.contracts.policy.lifecycle;

import java.util.Locale;

/** Where a version stands. */
public enum PolicyState {
    /** It is written, and nobody was asked yet. */
    DRAFT,
    /** Somebody else is asked to approve it. */
    IN_REVIEW,
    /** Somebody else than its author approved it; it may be released. */
    APPROVED,
    /** Somebody else refused it; for good, a better one is another version. */
    REJECTED,
    /** Edges have it, as its rollout says. */
    RELEASED,
    /** A later version is for everyone; for good. */
    SUPERSEDED,
    /** It must not be used any more; for good. */
    REVOKED;

    /** As it is written, for example {@code in_review}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
