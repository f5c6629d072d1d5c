package io.zeroui.product.vectors;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.ScoredPoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Finds points by nearness. A result is never shorter than what matches; equal scores are in the order of ids. Every method answers 404
 * where there is no such collection, 400 for a vector that the collection cannot have.
 */
@ApplicationScoped
public class Searches {

    /** The nearest points, the nearest first. */
    public Uni<List<ScoredPoint>> search(TenantId tenant, CollectionName collection, Search search) {
        throw new UnsupportedOperationException();
    }

    /** The same for several, in their order; all of them or a failure. */
    public Uni<List<List<ScoredPoint>>> batch(TenantId tenant, CollectionName collection, List<Search> searches) {
        throw new UnsupportedOperationException();
    }

    /**
     * The nearest points by the values of a field, the group with the nearest first.
     *
     * @param search its limit is how many groups
     * @param field path of texts or numbers in the payload
     * @param size how many points a group has at most, 1 to 100
     */
    public Uni<List<PointGroup>> groups(TenantId tenant, CollectionName collection, Search search, String field, int size) {
        throw new UnsupportedOperationException();
    }

    /** The nearest points to examples; 404 for an example that is not there. */
    public Uni<List<ScoredPoint>> recommend(TenantId tenant, CollectionName collection, Recommendation recommendation) {
        throw new UnsupportedOperationException();
    }

    /** The values of a field and how many points have each, the most frequent first; limit 1 to 1,000. */
    public Uni<List<FacetCount>> facet(TenantId tenant, CollectionName collection, String field, Filter filter, int limit) {
        throw new UnsupportedOperationException();
    }

    /** The best of nearness and words; 400 where the field has no payload index of type text. */
    public Uni<List<ScoredPoint>> hybrid(TenantId tenant, CollectionName collection, HybridSearch search) {
        throw new UnsupportedOperationException();
    }
}
