package io.zeroui.product.vectors.text.reembedding;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.store.SwitchStore;
import io.zeroui.product.vectors.text.DocumentPayload;
import io.zeroui.product.vectors.text.embedding.EmbeddingProvider;
import io.zeroui.product.vectors.text.embedding.EmbeddingProviders;
import io.zeroui.product.vectors.text.reembedding.ReembeddingStore.Due;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Makes collections anew with another model's vectors. The alias means the old collection until the new one has everything; what is written
 * meanwhile is brought by further passes. A job that was stopped goes on where it was, on whichever instance.
 */
@ApplicationScoped
class Reembeddings {

    private static final Logger LOG = Logger.getLogger(Reembeddings.class);
    private static final SwitchStore.Likeness LIKENESS = new SwitchStore.Likeness(DocumentPayload.MODEL, DocumentPayload.CONTENT);
    private static final int TOGETHER = 4;
    private static final int SERVER_ERROR = 500;
    private static final int WHY_MOST = 500;

    private final ReembeddingStore store;
    private final ReembeddingStep step;
    private final Collections collections;
    private final EmbeddingProviders providers;
    private final DatabaseSchema schema;
    private final ReembeddingConfig config;
    private final Clock clock;

    Reembeddings(ReembeddingStore store, ReembeddingStep step, Collections collections, EmbeddingProviders providers, DatabaseSchema schema,
            ReembeddingConfig config, Clock clock) {
        this.store = store;
        this.step = step;
        this.collections = collections;
        this.providers = providers;
        this.schema = schema;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Begins; the target is made here.
     *
     * @return fails with 404 where there is no such alias, 400 for an unknown provider, 409 where a job runs for the alias, the target is there or
     *         what is named is a collection's own name
     */
    Uni<Reembedding> begin(TenantId tenant, CollectionName alias, CollectionName target, String providerName) {
        EmbeddingProvider provider = providers.get(providerName);
        return collections.get(tenant, alias)
                .invoke(info -> {
                    if (info.name().equals(alias)) {
                        throw VectorProblem.conflict("collection_name", "Only what an alias means can be made anew in its place; make an alias first");
                    }
                })
                .call(info -> collections.create(tenant, target, spec(info, provider)))
                .chain(info -> collections.points(tenant, info.name())
                        .chain(points -> store.insert(tenant, alias.value(), info.name().value(), target.value(), provider.name(), points)))
                .chain(job -> job.map(made -> Uni.createFrom().item(made)).orElseGet(() -> underWay(tenant, target)));
    }

    private Uni<Reembedding> underWay(TenantId tenant, CollectionName target) {
        return collections.delete(tenant, target).chain(deleted -> Uni.createFrom()
                .<Reembedding> failure(VectorProblem.conflict("alias", "A re-embedding of it is under way")));
    }

    private static CollectionSpec spec(CollectionInfo source, EmbeddingProvider provider) {
        CollectionSpec like = source.spec();
        return new CollectionSpec(provider.dimension(), like.metric() == Metric.COSINE ? Metric.COSINE : like.metric(), like.index(),
                like.payloadIndexes(), like.payloadSchema());
    }

    /** A tenant's jobs, the newest first. */
    Uni<List<Reembedding>> list(TenantId tenant, int limit) {
        return store.list(tenant, limit);
    }

    /** One job; fails with 404 where there is none. */
    Uni<Reembedding> get(TenantId tenant, UUID jobId) {
        return store.find(tenant, jobId).map(found -> found.orElseThrow(() -> VectorProblem.missing("re-embedding")));
    }

    @Scheduled(every = "${zeroui.vectors.reembedding.every:PT2S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return store.due(TOGETHER)
                .chain(due -> Multi.createFrom().iterable(due).onItem().transformToUniAndConcatenate(this::work).collect().last())
                .onFailure().invoke(failure -> LOG.debugf("re-embeddings do not go on now: %s", failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> work(Due due) {
        return store.lease(due, config.lease())
                .chain(job -> job.isEmpty() ? Uni.createFrom().voidItem() : goOn(due.tenant(), job.get()).replaceWithVoid());
    }

    /** Step after step for a while; then other jobs have their turn. */
    private Uni<Reembedding> goOn(TenantId tenant, Reembedding job) {
        return goOn(tenant, job, clock.instant().plus(config.turn()));
    }

    private Uni<Reembedding> goOn(TenantId tenant, Reembedding job, Instant until) {
        return next(tenant, job)
                .ifNoItem().after(config.lease()).fail()
                .onItemOrFailure().transformToUni((after, failure) -> {
                    if (after == null) {
                        return failed(tenant, job, failure);
                    }
                    boolean goesOn = after.state().equals(Reembedding.RUNNING) && clock.instant().isBefore(until);
                    Uni<Reembedding> saved = store.save(tenant, after, goesOn ? config.lease() : Duration.ZERO);
                    return goesOn ? saved.chain(same -> goOn(tenant, same, until)) : saved;
                });
    }

    private Uni<Reembedding> failed(TenantId tenant, Reembedding job, Throwable failure) {
        boolean isRefused = failure instanceof ProblemException problem && problem.status() < SERVER_ERROR;
        boolean forGood = isRefused || job.failures() + 1 >= config.failuresMost();
        String why = String.valueOf(failure.getMessage());
        LOG.warnf("the re-embedding %s of %s %s: %s", job.jobId(), tenant, forGood ? "has failed" : "waits", why);
        Duration pause = config.lease().dividedBy(10).multipliedBy(1L << Math.min(job.failures(), 6));
        return store.save(tenant, job.failed(why.length() <= WHY_MOST ? why : why.substring(0, WHY_MOST), forGood), pause);
    }

    /** The alias says what has happened: whoever switched it may have been stopped before he could note that. */
    private Uni<Reembedding> next(TenantId tenant, Reembedding job) {
        CollectionName alias = CollectionName.of(job.alias());
        return collections.aliases(tenant).chain(aliases -> {
            CollectionName now = aliases.get(alias);
            if (now != null && now.value().equals(job.target())) {
                return Uni.createFrom().item(job.ended());
            }
            if (now == null || !now.value().equals(job.source())) {
                throw VectorProblem.conflict("alias", "The alias means another collection by now");
            }
            return step.copy(tenant, job).chain(after -> after.nextPoint() != null ? Uni.createFrom().item(after) : endOfPass(tenant, after));
        });
    }

    private Uni<Reembedding> endOfPass(TenantId tenant, Reembedding job) {
        return step.prune(tenant, job)
                .chain(pruned -> job.changed() + pruned > 0 ? Uni.createFrom().item(false) : collections.replace(tenant, CollectionName.of(job.alias()),
                        CollectionName.of(job.source()), CollectionName.of(job.target()), LIKENESS))
                .map(isSwitched -> {
                    if (!isSwitched && job.pass() >= config.passesMost()) {
                        throw VectorProblem.conflict("alias", "The collection is written to without a pause: begin again while it is not");
                    }
                    return isSwitched ? job.ended() : job.again();
                });
    }
}
