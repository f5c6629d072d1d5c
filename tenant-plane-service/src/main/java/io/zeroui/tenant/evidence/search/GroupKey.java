package io.zeroui.tenant.evidence.search;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What receipts can be counted by. */
enum GroupKey {
    /** UTC day of the receipt's own time. */
    DAY,
    STATUS,
    GATE_ID,
    /** A receipt counts once for each policy that was active. */
    POLICY_VERSION_ID,
    REPO_ID,
    SEVERITY,
    ACTOR_TYPE,
    EVALUATION_POINT,
    KIND,
    MODULE_ID,
    ENVIRONMENT,
    /** How its claim of policies stands to what was released. */
    POLICY_STANDING;

    private final String member = name().toLowerCase(Locale.ROOT);

    /** Name in requests and answers. */
    String member() {
        return member;
    }

    /** The key of that name, or null when there is none. */
    static @Nullable GroupKey find(String member) {
        for (GroupKey key : values()) {
            if (key.member.equals(member)) {
                return key;
            }
        }
        return null;
    }
}
