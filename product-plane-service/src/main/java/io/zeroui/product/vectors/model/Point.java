package io.zeroui.product.vectors.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A point as it is written. Its service checks it.
 *
 * @param id within its collection
 * @param vector as many components as the collection's dimension
 * @param payload what is known of it; may be empty
 */
public record Point(PointId id, float[] vector, ObjectNode payload) {
}
