package io.zeroui.contracts.policy.release;

import java.util.Locale;

/** A share of the receipts that name a version. */
public enum RolloutRate {
    /** Somebody overrode the decision. */
    OVERRIDE,
    /** The decision is a soft or a hard block. */
    BLOCK,
    /** The decision was made in degraded mode. */
    DEGRADED;

    /** As it is written, for example {@code override}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The member of a gate that limits it, for example {@code max_override_rate}. */
    public String limitMember() {
        return "max_" + key() + "_rate";
    }
}
