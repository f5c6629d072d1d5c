package io.zeroui.product.vectors.text.search;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.HybridSearch;
import io.zeroui.product.vectors.Search;
import io.zeroui.product.vectors.Searches;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.text.CollectionProviders;
import io.zeroui.product.vectors.text.DocumentPayload;
import io.zeroui.product.vectors.text.embedding.EmbeddingProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Finds points by texts. */
@ApplicationScoped
class TextSearches {

    private final Collections collections;
    private final Searches searches;
    private final CollectionProviders providers;

    TextSearches(Collections collections, Searches searches, CollectionProviders providers) {
        this.collections = collections;
        this.searches = searches;
        this.providers = providers;
    }

    /**
     * What was found.
     *
     * @param model that made the vector of the text
     */
    record Found(List<ScoredPoint> points, String model) {
    }

    /** The nearest points; fails with 404 where there is no such collection, 400 where no provider fits it, and as {@link EmbeddingProvider#embed}. */
    Uni<Found> search(TenantId tenant, CollectionName collection, TextQuery query) {
        return collections.get(tenant, collection)
                .chain(info -> providers.of(tenant, info, query.provider()))
                .chain(provider -> provider.embed(tenant, List.of(query.text()))
                        .chain(vectors -> search(tenant, collection, query, query.of(vectors.get(0))))
                        .map(points -> new Found(points, provider.model())));
    }

    private Uni<List<ScoredPoint>> search(TenantId tenant, CollectionName collection, TextQuery query, Search search) {
        return query.hybrid() ? searches.hybrid(tenant, collection, new HybridSearch(search, query.text(), DocumentPayload.CONTENT))
                : searches.search(tenant, collection, search);
    }
}
