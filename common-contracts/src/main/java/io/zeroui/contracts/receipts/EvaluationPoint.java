package io.zeroui.contracts.receipts;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Where in the delivery a decision was made. */
public enum EvaluationPoint {
    PRE_COMMIT,
    PRE_MERGE,
    PRE_DEPLOY,
    POST_DEPLOY,
    /** Not said: some old receipts, and feedback. */
    UNKNOWN;

    private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in receipts and indexes, for example {@code pre-commit}. */
    public String key() {
        return key;
    }

    /** The point that a receipt names, or null when there is none of that name. */
    public static @Nullable EvaluationPoint find(String key) {
        for (EvaluationPoint point : values()) {
            if (point.key.equals(key)) {
                return point;
            }
        }
        return null;
    }
}
