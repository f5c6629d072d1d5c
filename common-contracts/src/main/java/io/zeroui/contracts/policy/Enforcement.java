package io.zeroui.contracts.policy;

import java.util.Locale;

/** The worst that a gate decides by a policy; in the order of severity. */
public enum Enforcement {
    /** It passes, and its receipt says what was found. */
    OBSERVE,
    /** It warns. */
    WARN,
    /** It blocks until somebody overrides it. */
    SOFT_BLOCK,
    /** It blocks. */
    HARD_BLOCK;

    /** As it is written, for example {@code soft_block}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a {@link #key()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Enforcement ofKey(String key) {
        for (Enforcement level : values()) {
            if (level.key().equals(key)) {
                return level;
            }
        }
        throw new IllegalArgumentException("an enforcement is observe, warn, soft_block or hard_block");
    }
}
