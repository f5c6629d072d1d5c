package io.zeroui.contracts.policy.trust;

import java.util.Locale;

/** Who signs what. */
public enum RoleName {
    /** Which keys and thresholds the roles have; offline. */
    ROOT,
    /** Which policies there are. */
    TARGETS,
    /** Which targets belong together. */
    SNAPSHOT,
    /** That this is the newest snapshot; online, and signed anew before it expires. */
    TIMESTAMP;

    /** As metadata name it in {@code _type}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
