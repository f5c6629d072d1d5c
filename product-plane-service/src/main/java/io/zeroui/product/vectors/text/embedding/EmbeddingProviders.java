package io.zeroui.product.vectors.text.embedding;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.model.VectorProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Every provider that there is. */
@ApplicationScoped
public class EmbeddingProviders {

    private static final Logger LOG = Logger.getLogger(EmbeddingProviders.class);

    private final List<EmbeddingProvider> all = new ArrayList<>();

    EmbeddingProviders(LocalProvider local, EmbeddingConfig config) {
        all.add(local);
        HttpProvider.of(config.http()).ifPresent(all::add);
    }

    /** Settings that cannot be used are told at the start, not to the first caller. */
    void start(@Observes StartupEvent event) {
        LOG.debugf("texts are embedded by %s", all.stream().map(EmbeddingProvider::name).toList());
    }

    /**
     * The provider for a collection: the one of that name, else the first with that dimension, the built-in one before services outside.
     *
     * @throws io.zeroui.runtime.problems.ProblemException 400 where there is none, or the named one has another dimension
     */
    public EmbeddingProvider get(@Nullable String name, int dimension) {
        Optional<EmbeddingProvider> found = all.stream()
                .filter(one -> name == null ? one.dimension() == dimension : one.name().equals(name)).findFirst();
        if (found.isEmpty() || found.get().dimension() != dimension) {
            throw VectorProblem.invalid("provider", "must make vectors of " + dimension + " components; there are "
                    + all.stream().map(one -> one.name() + " (" + one.dimension() + ")").collect(Collectors.joining(", ")));
        }
        return found.get();
    }

    /** The provider of a model with that dimension. */
    public Optional<EmbeddingProvider> ofModel(String model, int dimension) {
        return all.stream().filter(one -> one.model().equals(model) && one.dimension() == dimension).findFirst();
    }

    /** The provider of that name; 400 where there is none. */
    public EmbeddingProvider get(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> VectorProblem.invalid("provider", "must be one of " + all.stream().map(EmbeddingProvider::name).toList()));
    }

    /** The vectors of any number of texts, in their order, one call of the provider after the other. */
    public static Uni<List<float[]>> embedAll(TenantId tenant, EmbeddingProvider provider, List<String> texts) {
        List<List<String>> calls = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += provider.textsMost()) {
            calls.add(List.copyOf(texts.subList(from, Math.min(texts.size(), from + provider.textsMost()))));
        }
        return Multi.createFrom().iterable(calls)
                .onItem().transformToUniAndConcatenate(some -> provider.embed(tenant, some))
                .collect().in(ArrayList<float[]>::new, ArrayList::addAll)
                .map(List::copyOf);
    }
}
