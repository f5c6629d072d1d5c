package io.zeroui.product.policy.index;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Follows the tenants' histories; what a database that is down misses is written once it is back. */
@ApplicationScoped
public class PolicyIndexer {

    private static final Logger LOG = Logger.getLogger(PolicyIndexer.class);
    private static final int ACTS = 500;

    private final PolicyRegistry registry;
    private final PolicyIndexStore store;
    private final DatabaseSchema schema;
    /** How far the database is known to be, by tenant. */
    private final Map<TenantId, Long> known = new ConcurrentHashMap<>();
    private volatile boolean caughtUp;
    private volatile String failure = "";

    PolicyIndexer(PolicyRegistry registry, PolicyIndexStore store, DatabaseSchema schema) {
        this.registry = registry;
        this.store = store;
        this.schema = schema;
    }

    /** Whether every act that was there at the last look is indexed. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Why the last look failed; empty where it did not. */
    public String failure() {
        return failure;
    }

    /** Fingerprint of the index; fails with 503 where the database does not answer. */
    public Uni<IndexDigest> digest() {
        ProblemException unavailable = new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the product plane does not answer");
        return schema.isReady() ? store.digest().onFailure(DatabaseFailures::isUnavailable).transform(cause -> unavailable)
                : Uni.createFrom().failure(unavailable);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return onWorker(registry::tenants)
                .onItem().transformToMulti(tenants -> Multi.createFrom().iterable(tenants))
                .onItem().transformToUniAndConcatenate(this::follow)
                .collect().asList()
                .invoke(done -> settled(done.stream().allMatch(one -> one), ""))
                .onFailure().invoke(cause -> settled(false, String.valueOf(cause.getMessage())))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private void settled(boolean all, String why) {
        if (!why.isEmpty() && !why.equals(failure)) {
            LOG.warnf("the index of policies does not follow, trying again: %s", why);
        }
        failure = why;
        caughtUp = all;
    }

    /** Indexes what a tenant's history has more; true when that is all. */
    private Uni<Boolean> follow(TenantId tenant) {
        Long before = known.get(tenant);
        Uni<Long> from = before == null ? store.watermark(tenant) : Uni.createFrom().item(before);
        return from.chain(number -> onWorker(() -> batch(tenant, number))
                .chain(batch -> batch.acts().isEmpty() ? Uni.createFrom().item(true) : write(tenant, number, batch)))
                .onFailure().invoke(cause -> known.remove(tenant));
    }

    private Uni<Boolean> write(TenantId tenant, long from, Batch batch) {
        return store.write(tenant, from, batch.acts(), batch.versions())
                .invoke(() -> known.put(tenant, from + batch.acts().size()))
                .chain(() -> batch.acts().size() < ACTS ? Uni.createFrom().item(true) : follow(tenant));
    }

    private record Batch(List<PolicyAct> acts, List<IndexedVersion> versions) {
    }

    private Batch batch(TenantId tenant, long from) {
        PolicyBook book = registry.book(tenant);
        if (book.last() < from) {
            throw new IllegalStateException("the index has " + from + " acts of " + tenant + ", its history " + book.last()
                    + ": the files are older than the database; run ./zeroui reindex product");
        }
        List<PolicyAct> acts = book.actsAfter(from, ACTS);
        List<IndexedVersion> versions = acts.stream().map(act -> act.policy().policyId()).distinct()
                .flatMap(id -> book.list(id).stream())
                .filter(entry -> entry.lastAct() > from)
                .map(entry -> new IndexedVersion(entry, registry.snapshotPath(tenant, entry.id()), wasReleased(book, entry))).toList();
        return new Batch(acts, versions);
    }

    private static boolean wasReleased(PolicyBook book, PolicyEntry entry) {
        return book.history(entry.id()).stream().anyMatch(act -> act.deed() instanceof Deed.Released);
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
