package io.zeroui.shared.evaluation.comparison;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item between two runs.
 *
 * @param item id of the item
 * @param kind in one word
 * @param baseline its mean in the baseline; null where it is not there
 * @param candidate its mean in the candidate; null where it is not there
 * @param difference candidate less baseline; null where one of them is missing
 * @param epochs how many epochs of the baseline and of the candidate, two numbers
 * @param tags the item's
 */
public record ItemChange(String item, Kind kind, @Nullable Double baseline, @Nullable Double candidate, @Nullable Double difference,
        List<Integer> epochs, List<String> tags) {

    /** What can become of an item, in the order in which it is read. */
    public enum Kind {
        /** It passed and does not any more, or, where the grader says nothing about passing, is worse. */
        REGRESSED,
        /** Its mean is worse, and it passes as it did, or did not pass before. */
        WORSE,
        /** The baseline has it alone. */
        MISSING,
        /** The mean is the same. */
        UNCHANGED,
        /** The candidate has it alone. */
        ADDED,
        /** Its mean is better. */
        BETTER;

        /** As answers have it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
