package io.zeroui.contracts.channels;

/** How many streams a channel has. */
public enum KeyScope {
    /** One stream for everybody. */
    GLOBAL("", ""),
    /** One stream per tenant; its key ends in {@code :{tenant}}. */
    TENANT(":*", ":{tenant}"),
    /** One stream per edge; its key ends in {@code :{tenant}:{edge}}. */
    EDGE(":*:*", ":{tenant}:{edge}");

    private final String pattern;
    private final String form;

    KeyScope(String pattern, String form) {
        this.pattern = pattern;
        this.form = form;
    }

    /** The ends of all keys, as a glob. */
    String pattern() {
        return pattern;
    }

    /** The end of a key, for people. */
    String form() {
        return form;
    }
}
