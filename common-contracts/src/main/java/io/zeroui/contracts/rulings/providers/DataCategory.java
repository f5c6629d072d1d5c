package io.zeroui.contracts.rulings.providers;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How sensitive data is, from least to most; the categories of receipts. */
public enum DataCategory {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /** The name in documents, for example {@code internal}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
