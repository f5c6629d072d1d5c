package io.zeroui.runtime.limits;

import java.util.Locale;

/** The classes of limits; each has a bucket of its own per tenant. */
public enum RateLimit {
    /** Receipts taken in; one token each. */
    INGEST,
    /** Reads. */
    QUERY,
    /** Checks of receipts from their stored bytes. */
    VERIFY,
    /** Exports begun. */
    EXPORT;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As it is written in settings, metrics and keys, for example {@code query}. */
    public String key() {
        return key;
    }
}
