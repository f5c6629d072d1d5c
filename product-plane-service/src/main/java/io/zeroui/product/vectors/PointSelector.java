package io.zeroui.product.vectors;

import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.PointId;
import java.util.List;

/** Which points a change is about. */
public sealed interface PointSelector {

    /** Those of these ids that are there. */
    record Ids(List<PointId> ids) implements PointSelector {
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    /** Those that a filter means. */
    record Matching(Filter filter) implements PointSelector {
    }
}
