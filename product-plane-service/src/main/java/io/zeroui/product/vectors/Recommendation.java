package io.zeroui.product.vectors;

import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.VectorProblem;
import java.util.List;

/**
 * The nearest points to what some points and vectors have in common, and far from others: to the mean of the positive ones, moved by the
 * difference between it and the mean of the negative ones. The points themselves are not among the found.
 *
 * @param positive ids of points, at least one of these or of positiveVectors
 * @param negative ids of points
 * @param positiveVectors vectors beside them
 * @param negativeVectors vectors beside them
 * @param search everything else; its vector is not looked at
 */
public record Recommendation(List<PointId> positive, List<PointId> negative, List<float[]> positiveVectors, List<float[]> negativeVectors,
        Search search) {

    private static final int EXAMPLES_MOST = 256;

    public Recommendation {
        if (positive.isEmpty() && positiveVectors.isEmpty()) {
            throw VectorProblem.invalid("positive", "must have at least one example");
        }
        if (positive.size() + negative.size() + positiveVectors.size() + negativeVectors.size() > EXAMPLES_MOST) {
            throw VectorProblem.invalid("positive", "and negative must have at most " + EXAMPLES_MOST + " examples");
        }
        positive = List.copyOf(positive);
        negative = List.copyOf(negative);
        positiveVectors = List.copyOf(positiveVectors);
        negativeVectors = List.copyOf(negativeVectors);
    }

    /**
     * The vector that is searched for: the mean of the positive examples, and where there are negative ones moved by the difference between it
     * and their mean. Under cosine, where lengths say nothing, each example counts with length 1.
     *
     * @param positive at least one; all of the same length, with the negative ones
     */
    public static float[] target(Metric metric, List<float[]> positive, List<float[]> negative) {
        double[] towards = mean(metric, positive);
        double[] from = negative.isEmpty() ? towards : mean(metric, negative);
        if (from.length != towards.length) {
            throw VectorProblem.invalid("negative", "must have as many components as positive");
        }
        float[] target = new float[towards.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) (2 * towards[i] - from[i]);
        }
        return target;
    }

    private static double[] mean(Metric metric, List<float[]> vectors) {
        double[] mean = new double[vectors.get(0).length];
        for (float[] vector : vectors) {
            if (vector.length != mean.length) {
                throw VectorProblem.invalid("positive", "and negative must all have as many components");
            }
            double share = 1.0 / vectors.size() / (metric == Metric.COSINE ? length(vector) : 1);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] * share;
            }
        }
        return mean;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        return squares == 0 ? 1 : Math.sqrt(squares);
    }
}
