package io.zeroui.shared.alerts.rules;

import java.util.Locale;

/** How an alert stands. */
public enum Phase {

    /** Its threshold is crossed, not long enough yet. */
    PENDING,

    /** It was crossed for long enough, and is not well again. */
    FIRING,

    /** It was firing and is well again. */
    RESOLVED;

    /** The name in answers and tables. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The phase of that name; fails when there is none. */
    public static Phase of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
