package io.zeroui.contracts.rulings.providers;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a version stands in the registry. */
public enum Standing {
    /** It may be used. */
    ACTIVE,
    /** It may be used until its sunset, if it has one, and who uses it is told. */
    DEPRECATED,
    /** It must not be used any more. That is for ever. */
    REVOKED;

    /** The name in documents, for example {@code revoked}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
