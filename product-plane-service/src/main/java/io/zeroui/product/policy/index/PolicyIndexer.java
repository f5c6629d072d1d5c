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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the tenants' histories; what a database that is down misses is written once it is back. */
@ApplicationScoped
public class PolicyIndexer {

    private static final Logger LOG = Logger.getLogger(PolicyIndexer.class);
    private static final int ACTS = 500;
    private static final long KNOWN_NANOS = Duration.ofSeconds(10).toNanos();

    private final PolicyRegistry registry;
    private final PolicyIndexStore store;
    private final DatabaseSchema schema;
    /** How far the database is known to be, by tenant; null where that is to be asked. */
    private volatile @Nullable Map<TenantId, Long> known;
    private volatile long knownSince;
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
        List<String> failures = new ArrayList<>();
        return watermarks()
                .chain(() -> onWorker(registry::tenants))
                .onItem().transformToMulti(tenants -> Multi.createFrom().iterable(tenants))
                .onItem().transformToUniAndConcatenate(tenant -> follow(tenant)
                        .onFailure().invoke(cause -> failures.add(String.valueOf(cause.getMessage())))
                        .onFailure().recoverWithItem(false))
                .collect().asList()
                .onFailure().invoke(cause -> failures.add(String.valueOf(cause.getMessage())))
                .onFailure().recoverWithItem(List.of(false))
                .invoke(done -> settled(done.stream().allMatch(one -> one), failures))
                .replaceWithVoid();
    }

    private void settled(boolean all, List<String> failures) {
        String why = failures.isEmpty() ? "" : failures.get(0);
        if (!why.isEmpty() && !why.equals(failure)) {
            LOG.warnf("the index of policies does not follow, trying again: %s", why);
        }
        failure = why;
        caughtUp = all;
    }

    /** Reads from time to time how far the database is: somebody may have emptied it. */
    private Uni<Void> watermarks() {
        if (known != null && System.nanoTime() - knownSince < KNOWN_NANOS) {
            return Uni.createFrom().voidItem();
        }
        return store.watermarks().invoke(all -> {
            known = new ConcurrentHashMap<>(all);
            knownSince = System.nanoTime();
        }).replaceWithVoid();
    }

    /** Indexes what a tenant's history has more; true when that is all. */
    private Uni<Boolean> follow(TenantId tenant) {
        Map<TenantId, Long> at = known;
        if (at == null) {
            return Uni.createFrom().item(false); // one failed; the next look asks first
        }
        long from = at.getOrDefault(tenant, 0L);
        return onWorker(() -> batch(tenant, from))
                .chain(batch -> batch.acts().isEmpty() ? Uni.createFrom().item(true) : write(at, tenant, from, batch));
    }

    private Uni<Boolean> write(Map<TenantId, Long> at, TenantId tenant, long from, Batch batch) {
        return store.write(tenant, from, batch.acts(), batch.versions())
                .onFailure().invoke(cause -> known = null)
                .invoke(() -> at.put(tenant, from + batch.acts().size()))
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
        return book.history(entry.id()).stream().anyMatch(act -> act.deed() instanceof Deed.Released || act.deed() instanceof Deed.Restored);
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
