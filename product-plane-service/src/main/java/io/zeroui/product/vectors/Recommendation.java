package io.zeroui.product.vectors;

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
}
