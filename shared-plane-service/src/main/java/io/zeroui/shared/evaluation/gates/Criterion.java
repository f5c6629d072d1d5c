package io.zeroui.shared.evaluation.gates;

import org.jspecify.annotations.Nullable;

/** One thing that a run must be like. */
public sealed interface Criterion {

    /**
     * The mean of a score is at least, or where less is better at most, so much.
     *
     * @param score name of the score
     * @param value the bound
     * @param sure whether the whole confidence interval must be on the good side, not the mean alone
     */
    record Bound(String score, double value, boolean sure) implements Criterion {
    }

    /**
     * The score is no worse than the baseline's by more than so much, item by item over what both have.
     *
     * @param score name of the score
     * @param margin how much worse it may be, at least 0
     * @param sure whether the whole confidence interval of the difference must be within the margin (a test of non-inferiority)
     */
    record NoWorse(String score, double margin, boolean sure) implements Criterion {

        public NoWorse {
            if (!(margin >= 0)) {
                throw new IllegalArgumentException("a margin is at least 0");
            }
        }
    }

    /**
     * No item has regressed against the baseline, and none is missing.
     *
     * @param score name of the score
     * @param tag only items with this tag count; null for all
     */
    record NoRegression(String score, @Nullable String tag) implements Criterion {
    }

    /**
     * At most such a share of the results are errors.
     *
     * @param share 0 to 1
     */
    record Errors(double share) implements Criterion {

        public Errors {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is 0 to 1");
            }
        }
    }

    /**
     * The run has at least so many items.
     *
     * @param least how many
     */
    record Items(int least) implements Criterion {

        public Items {
            if (least < 1) {
                throw new IllegalArgumentException("items are at least 1");
            }
        }
    }
}
