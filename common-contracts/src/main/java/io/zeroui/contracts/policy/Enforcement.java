package io.zeroui.contracts.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
        return find(key).orElseThrow(() -> new IllegalArgumentException("an enforcement is observe, warn, soft_block or hard_block"));
    }

    /** The one of that {@link #key()}; empty where there is none. */
    public static Optional<Enforcement> find(String key) {
        return Arrays.stream(values()).filter(level -> level.key().equals(key)).findFirst();
    }
}
