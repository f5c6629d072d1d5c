package io.zeroui.contracts.policy.release;

import java.util.Locale;

/** What a gate does while its policy is not there, or not fresh. */
public enum FailMode {
    /** It lets pass, and says so. */
    OPEN,
    /** It blocks. */
    CLOSED;

    /** As it is written. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a {@link #key()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static FailMode ofKey(String key) {
        for (FailMode mode : values()) {
            if (mode.key().equals(key)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("a fail mode is open or closed");
    }
}
