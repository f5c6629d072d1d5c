package io.zeroui.product.vectors;

import io.zeroui.product.vectors.model.VectorProblem;

/**
 * The best points of two lists, the nearest to a vector and those that have words of a text, by the sum of reciprocal ranks 1 / (60 + rank).
 *
 * @param search the vector, and what both lists have in common; its threshold is for the sum
 * @param text words that are looked for
 * @param field path of the text in the payload; the collection has a payload index of type text on it
 */
public record HybridSearch(Search search, String text, String field) {

    private static final int TEXT_MOST = 1_000;

    public HybridSearch {
        if (text.isBlank() || text.length() > TEXT_MOST) {
            throw VectorProblem.invalid("text", "must have 1 to " + TEXT_MOST + " characters");
        }
    }
}
