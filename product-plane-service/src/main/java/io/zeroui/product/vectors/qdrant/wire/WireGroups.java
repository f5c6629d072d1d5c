package io.zeroui.product.vectors.qdrant.wire;

import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.Returning;
import org.jspecify.annotations.Nullable;

/**
 * A question for groups of points.
 *
 * @param query what the points are compared with; its limit is how many groups
 * @param field path of what they are grouped by
 * @param size most points of a group
 * @param lookup the collection with a point for each group, whose id is the group's value; null for none
 * @param lookupReturning what of those points
 */
public record WireGroups(WireQuery query, String field, int size, @Nullable CollectionName lookup, Returning lookupReturning) {
}
