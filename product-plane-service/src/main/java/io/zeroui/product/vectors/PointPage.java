package io.zeroui.product.vectors;

import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.StoredPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some points in the order of their ids.
 *
 * @param next the id with which the next page begins; null at the end
 */
public record PointPage(List<StoredPoint> points, @Nullable PointId next) {
}
