package io.zeroui.product.vectors;

import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import org.jspecify.annotations.Nullable;

/**
 * The nearest points to a vector.
 *
 * @param vector as many components as the collection's dimension
 * @param filter which points are looked at
 * @param limit how many are wanted, 1 to 10,000
 * @param offset how many of the nearest are left out, from 0; with the limit at most 10,000
 * @param threshold the score that the worst may have; null for any
 * @param exact whether all points are compared, so that nothing is missed
 * @param ef candidates that the index keeps, 1 to 1,000; null for the collection's own
 * @param returning what of each point
 */
public record Search(float[] vector, Filter filter, int limit, int offset, @Nullable Double threshold, boolean exact, @Nullable Integer ef,
        Returning returning) {

    /** Most points that are found at once. */
    public static final int LIMIT_MOST = 10_000;
    /** Most candidates of the index. */
    public static final int EF_MOST = 1_000;

    public Search {
        if (limit < 1 || limit > LIMIT_MOST) {
            throw VectorProblem.invalid("limit", "must be 1 to " + LIMIT_MOST);
        }
        if (offset < 0 || offset > LIMIT_MOST - limit) {
            throw VectorProblem.invalid("offset", "must be from 0, and with the limit at most " + LIMIT_MOST);
        }
        if (ef != null && (ef < 1 || ef > EF_MOST)) {
            throw VectorProblem.invalid("ef", "must be 1 to " + EF_MOST);
        }
        if (threshold != null && threshold.isNaN()) {
            throw VectorProblem.invalid("score_threshold", "must be a number");
        }
    }

    /** The nearest, without a filter, with their payloads. */
    public static Search of(float[] vector, int limit) {
        return new Search(vector, Filter.EVERY, limit, 0, null, false, null, Returning.PAYLOAD);
    }

    /** The same with another filter. */
    public Search with(Filter other) {
        return new Search(vector, other, limit, offset, threshold, exact, ef, returning);
    }

    /** The same with another limit and no offset. */
    public Search withLimit(int other) {
        return new Search(vector, filter, other, 0, threshold, exact, ef, returning);
    }

    /** The same with all points compared. */
    public Search exactly() {
        return new Search(vector, filter, limit, offset, threshold, true, ef, returning);
    }

    /** The same with other members of the points. */
    public Search with(Returning other) {
        return new Search(vector, filter, limit, offset, threshold, exact, ef, other);
    }
}
