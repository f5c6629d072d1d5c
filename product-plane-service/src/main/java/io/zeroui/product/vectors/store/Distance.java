package io.zeroui.product.vectors.store;

import io.zeroui.product.vectors.model.CollectionSpec;
import org.jspecify.annotations.Nullable;

/** Distances as pgvector computes them, and scores. */
final class Distance {

    private Distance() {
    }

    /** Whether the index has only the signs of components. */
    static boolean isBinary(PlacedCollection placed) {
        return placed.info().spec().dimension() > CollectionSpec.HALVES_MOST;
    }

    /** The distance of a column from a vector, from all bits of both. */
    static String exact(PlacedCollection placed, String column, String vector) {
        return "(" + column + " " + operator(placed) + " " + vector + ")";
    }

    /** The order of the index, in the words of {@code app.vector_expression}: else it would not be used. The vector is turned once, in a subquery. */
    static String indexed(PlacedCollection placed, String vector) {
        int dimension = placed.info().spec().dimension();
        return isBinary(placed)
                ? "((binary_quantize(p.embedding))::bit(" + dimension + ")) <~> (SELECT (binary_quantize(" + vector + "))::bit(" + dimension + "))"
                : "((p.embedding)::halfvec(" + dimension + ")) " + operator(placed) + " (SELECT (" + vector + ")::halfvec(" + dimension + "))";
    }

    /** The score of a distance. */
    static double score(PlacedCollection placed, double distance) {
        return switch (placed.info().spec().metric()) {
            case COSINE -> 1 - distance;
            case INNER_PRODUCT -> 0.0 - distance;
            case L1, L2 -> distance;
        };
    }

    /** Whether a score is no worse than the threshold. */
    static boolean isWithin(PlacedCollection placed, double score, @Nullable Double threshold) {
        return threshold == null || (placed.info().spec().metric().higherIsNearer() ? score >= threshold : score <= threshold);
    }

    private static String operator(PlacedCollection placed) {
        return switch (placed.info().spec().metric()) {
            case COSINE -> "<=>";
            case L2 -> "<->";
            case INNER_PRODUCT -> "<#>";
            case L1 -> "<+>";
        };
    }
}
