package io.zeroui.product.vectors;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.StoredPoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The points of tenants' collections: written, read by id, changed and counted. Every method answers 404 where there is no such collection. */
@ApplicationScoped
public class Points {

    /**
     * Writes points, those that are there too; of the same id twice the last. All of them or none. 400 for a vector that the collection
     * cannot have and a payload that is too large, with the place in the list.
     */
    public Uni<Void> upsert(TenantId tenant, CollectionName collection, List<Point> points) {
        throw new UnsupportedOperationException();
    }

    /** Those of these ids that are there, in the order in which they are asked for. */
    public Uni<List<StoredPoint>> get(TenantId tenant, CollectionName collection, List<PointId> ids, Returning returning) {
        throw new UnsupportedOperationException();
    }

    /** Deletes points; how many those were. By a filter in steps: after a failure some may be gone, and the same again deletes the rest. */
    public Uni<Long> delete(TenantId tenant, CollectionName collection, PointSelector which) {
        throw new UnsupportedOperationException();
    }

    /**
     * A page of points in the order of their ids.
     *
     * @param from the first id that may be in it; null for the beginning
     * @param limit 1 to 10,000
     */
    public Uni<PointPage> scroll(TenantId tenant, CollectionName collection, Filter filter, @Nullable PointId from, int limit,
            Returning returning) {
        throw new UnsupportedOperationException();
    }

    /** How many points a filter means; not exactly: those of the first 100,000 that it means, at most so many. */
    public Uni<Long> count(TenantId tenant, CollectionName collection, Filter filter, boolean exact) {
        throw new UnsupportedOperationException();
    }

    /** Changes payloads; of how many points. By a filter in steps, as {@link #delete}. */
    public Uni<Long> changePayload(TenantId tenant, CollectionName collection, PointSelector which, PayloadChange change) {
        throw new UnsupportedOperationException();
    }

    /** Gives points other vectors; 404 where one of them is not there, and then none is changed. */
    public Uni<Void> updateVectors(TenantId tenant, CollectionName collection, Map<PointId, float[]> vectors) {
        throw new UnsupportedOperationException();
    }
}
