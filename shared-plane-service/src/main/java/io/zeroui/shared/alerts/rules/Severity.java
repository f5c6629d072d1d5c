package io.zeroui.shared.alerts.rules;

import java.util.Locale;

/** How bad it is. */
public enum Severity {

    /** Somebody should look soon. */
    WARNING,

    /** Somebody should look now. */
    CRITICAL;

    /** The name in answers and tables. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of that name; fails when there is none. */
    public static Severity of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
