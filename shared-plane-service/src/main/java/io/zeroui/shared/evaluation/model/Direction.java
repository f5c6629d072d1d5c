package io.zeroui.shared.evaluation.model;

import java.util.Locale;

/** Which end of a score is the good one. */
public enum Direction {
    HIGHER_IS_BETTER(1),
    LOWER_IS_BETTER(-1);

    private final int sign;

    Direction(int sign) {
        this.sign = sign;
    }

    /** 1 where more is better, -1 where less is. */
    public int sign() {
        return sign;
    }

    /** As documents have it, for example {@code higher_is_better}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
