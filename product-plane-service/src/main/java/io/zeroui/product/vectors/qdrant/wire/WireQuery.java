package io.zeroui.product.vectors.qdrant.wire;

import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question for points.
 *
 * @param target what they are compared with
 * @param prefetch questions whose answers are the only points that are looked at; empty for all
 * @param filter which of them are looked at
 * @param terms how many and how
 * @param returning what of each point
 */
public record WireQuery(Target target, List<WireQuery> prefetch, Filter filter, Terms terms, Returning returning) {

    public WireQuery {
        prefetch = List.copyOf(prefetch);
    }

    /**
     * How many points, and how they are looked for.
     *
     * @param limit how many
     * @param offset how many of the best are left out
     * @param threshold score that the worst may have; null for any
     * @param exact whether all points are compared
     * @param ef candidates that the index keeps; null for the collection's own
     */
    public record Terms(int limit, int offset, @Nullable Double threshold, boolean exact, @Nullable Integer ef) {
    }

    /** What points are compared with. */
    public sealed interface Target {

        /** A vector. */
        @SuppressWarnings("ArrayRecordComponent")
        record Nearest(float[] vector) implements Target {
        }

        /**
         * Examples to be near to and far from.
         *
         * @param positive one at least
         * @param lookup the collection that has the points of the examples; null for the one that is asked
         */
        record Like(List<Example> positive, List<Example> negative, @Nullable CollectionName lookup) implements Target {
            public Like {
                positive = List.copyOf(positive);
                negative = List.copyOf(negative);
            }
        }

        /**
         * The sum of reciprocal ranks 1 / (k + rank) in the answers to the questions before, the first rank being 0.
         *
         * @param k above 0
         */
        record Fusion(int k) implements Target {
        }

        /** Nothing: the points come in the order of their ids. */
        record Nothing() implements Target {
        }
    }

    /** An example: a point or a vector. */
    public sealed interface Example {

        /** A point by its id. */
        record OfPoint(PointId id) implements Example {
        }

        /** A vector. */
        @SuppressWarnings("ArrayRecordComponent")
        record OfVector(float[] vector) implements Example {
        }
    }
}
