package io.zeroui.product.vectors.text;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.text.embedding.EmbeddingProvider;
import io.zeroui.product.vectors.text.embedding.EmbeddingProviders;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Which provider makes a collection's vectors: the one that made the first that is there, so that models are not mixed. */
@ApplicationScoped
public class CollectionProviders {

    private final Points points;
    private final EmbeddingProviders providers;

    CollectionProviders(Points points, EmbeddingProviders providers) {
        this.points = points;
        this.providers = providers;
    }

    /**
     * The provider.
     *
     * @param named the one that the caller wants; null for the collection's own
     * @return fails with 400 where none makes vectors of the collection's dimension
     */
    public Uni<EmbeddingProvider> of(TenantId tenant, CollectionInfo collection, @Nullable String named) {
        int dimension = collection.spec().dimension();
        if (named != null) {
            return Uni.createFrom().item(() -> providers.get(named, dimension));
        }
        return points.scroll(tenant, collection.name(), Filter.EVERY, null, 1, Returning.PAYLOAD)
                .map(page -> page.points().stream().map(point -> String.valueOf(point.payload() == null ? "" : point.payload().path(DocumentPayload.MODEL).asText()))
                        .findFirst().flatMap(model -> providers.ofModel(model, dimension))
                        .orElseGet(() -> providers.get(null, dimension)));
    }
}
