package io.zeroui.product.vectors.store;

import io.zeroui.product.vectors.model.CollectionInfo;
import java.util.List;

/**
 * A collection with what statements on its points must know.
 *
 * @param info the collection
 * @param indexes its payload indexes
 */
public record PlacedCollection(CollectionInfo info, List<PayloadIndex> indexes) {

    /** The partitions that its points are in, that out of which they move first: a change made in this order misses none. */
    List<Integer> partitions() {
        return info.isMoving() ? List.of(info.source(), info.placement()) : List.of(info.placement());
    }

    /** The partition's table. */
    static String table(int placement) {
        return "app.vector_points_" + placement;
    }

    /** Whether the partition is searched by an index. */
    boolean isIndexed(int placement) {
        return placement == info.placement() && info.isIndexed();
    }
}
