package io.zeroui.contracts.tenants;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a tenant or of an edge. A deleted one never comes back: its name is not given again. */
public enum RegistryState {
    /** Its receipts are taken. */
    ACTIVE,
    /** Its receipts are refused until it is resumed. */
    SUSPENDED,
    /** Its receipts are refused for good. */
    DELETED;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As it is written in tables, events and answers, for example {@code active}. */
    @JsonValue
    public String key() {
        return key;
    }

    /**
     * The state of that key.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static RegistryState ofKey(String key) {
        for (RegistryState state : values()) {
            if (state.key.equals(key)) {
                return state;
            }
        }
        throw new IllegalArgumentException("no such state: " + key);
    }
}
