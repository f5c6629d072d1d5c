package io.zeroui.contracts.tenants;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a tenant's rows are kept apart from other tenants', in rising order. Row-level security holds in each of them. */
public enum IsolationTier {
    /** Tables of all tenants. */
    SHARED,
    /** Tables of its own, in a schema of the plane's database. */
    SCHEMA,
    /** A database of its own, on any server. */
    DATABASE;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As it is written in tables, events and answers, for example {@code schema}. */
    @JsonValue
    public String key() {
        return key;
    }

    /**
     * The tier of that key.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static IsolationTier ofKey(String key) {
        for (IsolationTier tier : values()) {
            if (tier.key.equals(key)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("tier must be shared, schema or database, not " + key);
    }
}
