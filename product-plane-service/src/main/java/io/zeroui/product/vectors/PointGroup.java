package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.model.ScoredPoint;
import java.util.List;

/**
 * The nearest points with one value of a field.
 *
 * @param value the text or number
 * @param points the nearest first
 */
public record PointGroup(JsonNode value, List<ScoredPoint> points) {
}
