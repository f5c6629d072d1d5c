package io.zeroui.product.vectors.model;

/**
 * A point that was found.
 *
 * @param point what was asked for of it
 * @param score by the collection's {@link Metric}, computed from all bits of both vectors; of a hybrid search the sum of reciprocal ranks
 */
public record ScoredPoint(StoredPoint point, double score) {
}
