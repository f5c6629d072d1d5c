package io.zeroui.shared.evaluation.model;

import org.jspecify.annotations.Nullable;

/**
 * What one grader gave one item in one epoch.
 *
 * @param name the grader's, 1 to 200 characters
 * @param value finite; what it means is the grader's
 * @param passed whether the item passed; null where the grader does not say
 * @param reason why, in words; may be empty
 */
public record Score(String name, double value, @Nullable Boolean passed, String reason) {

    /** Longest name of a score, in characters. */
    public static final int NAME_MOST = 200;

    public Score {
        if (name.isBlank() || name.length() > NAME_MOST) {
            throw new IllegalArgumentException("the name of a score has 1 to " + NAME_MOST + " characters");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a score is a finite number");
        }
    }
}
