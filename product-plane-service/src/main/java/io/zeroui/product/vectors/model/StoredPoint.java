package io.zeroui.product.vectors.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A point as it is read.
 *
 * @param id within its collection
 * @param payload the members that were asked for; null where none were
 * @param vector null where it was not asked for
 */
public record StoredPoint(PointId id, @Nullable ObjectNode payload, float @Nullable [] vector) {
}
