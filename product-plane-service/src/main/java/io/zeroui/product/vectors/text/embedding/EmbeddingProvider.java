package io.zeroui.product.vectors.text.embedding;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import java.util.List;

/** Makes vectors of texts: near ones of texts that mean something alike. */
public interface EmbeddingProvider {

    /** As settings and requests call it, for example {@code minilm}. */
    String name();

    /** The model; vectors of two models have nothing in common. */
    String model();

    /** Components of each vector. */
    int dimension();

    /** Most texts of one call. */
    int textsMost();

    /**
     * The vectors of texts, in their order; each finite, and of {@link #dimension()} components. Nothing waits on an event loop.
     *
     * @param tenant for whom: where many wait, tenants take turns
     * @param texts 1 to {@link #textsMost()}
     * @return fails with a {@link io.zeroui.runtime.problems.ProblemException}: 503 when too much waits or the service cannot be reached, 502
     *         when it answers what is none
     */
    Uni<List<float[]>> embed(TenantId tenant, List<String> texts);
}
