package io.zeroui.shared.evaluation.comparison;

import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * A mean over items and how sure it is. Items are the independent observations, not their epochs: what an item's epochs say is averaged first.
 *
 * @param items how many
 * @param mean over the items
 * @param standardError of the mean, {@code s / sqrt(n)}; null for a single item
 * @param interval at the confidence that was asked for; null for a single item
 */
public record MeanEstimate(int items, double mean, @Nullable Double standardError, @Nullable Interval interval) {

    /** The confidence that is usual. */
    public static final double USUAL_CONFIDENCE = 0.95;

    /**
     * A range that has the true mean in it with some confidence.
     *
     * @param low its lower end
     * @param high its upper end
     * @param confidence between 0 and 1, for example 0.95
     */
    public record Interval(double low, double high, double confidence) {
    }

    /**
     * Student's t interval {@code mean ± t(1 - (1 - confidence) / 2, n - 1) · s / sqrt(n)} (W. S. Gosset, "The probable error of a mean", Biometrika
     * 6, 1908; in the form of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2). Sums are Welford's, so that large values keep their
     * digits.
     *
     * @throws IllegalArgumentException when there is no value
     */
    public static MeanEstimate of(double[] values, double confidence) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there is no mean of nothing");
        }
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double off = values[i] - mean;
            mean += off / (i + 1);
            squares += off * (values[i] - mean);
        }
        if (values.length == 1) {
            return new MeanEstimate(1, mean, null, null);
        }
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double half = error == 0 ? 0 : TDistribution.of(values.length - 1).inverseSurvivalProbability((1 - confidence) / 2) * error;
        return new MeanEstimate(values.length, mean, error, new Interval(mean - half, mean + half, confidence));
    }
}
