package io.zeroui.contracts.receipts;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** What a gate decided. */
public enum DecisionStatus {
    PASS,
    WARN,
    SOFT_BLOCK,
    HARD_BLOCK;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in receipts and indexes, for example {@code soft_block}. */
    public String key() {
        return key;
    }

    /** The status that a receipt names, or null when there is none of that name. */
    public static @Nullable DecisionStatus find(String key) {
        for (DecisionStatus status : values()) {
            if (status.key.equals(key)) {
                return status;
            }
        }
        return null;
    }
}
