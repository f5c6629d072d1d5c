package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.model.StoredPoint;

/**
 * A point in the order of a field.
 *
 * @param value the number or the time by which it has its place
 */
public record OrderedPoint(StoredPoint point, JsonNode value) {
}
