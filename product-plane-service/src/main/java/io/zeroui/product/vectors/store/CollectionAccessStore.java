package io.zeroui.product.vectors.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Runs work on the points of a collection. What this process knows of collections saves the question before the work: the work goes out
 * together with the question whether it is still true, and where it is not, comes again with what is true now.
 */
@ApplicationScoped
public class CollectionAccessStore {

    private static final int TRIES = 20;
    private static final int KNOWN_MOST = 20_000;
    private static final String READ_MOST_MS = "20000";
    private static final String WRITE_MOST_MS = "300000";

    /** A table that is gone (it was the partition before), a deadlock, a lock that was not to be had. */
    private static final Set<String> AGAIN = Set.of("42P01", "40P01", "40001");

    /** Whoever moves a collection takes it alone at the beginning and at the end of the move. */
    private static final String LOCK = "SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock_shared(hashint8extended($1, 4117))";

    private final CollectionStore collections;
    private final Tenancy tenancy;
    private final DatabaseSchema schema;
    private final Map<Key, PlacedCollection> known = new ConcurrentHashMap<>();

    CollectionAccessStore(CollectionStore collections, Tenancy tenancy, DatabaseSchema schema) {
        this.collections = collections;
        this.tenancy = tenancy;
        this.schema = schema;
    }

    private record Key(TenantId tenant, CollectionName name) {
    }

    /** The work was done on what is not true any more, and is undone. */
    private static final class Stale extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stale() {
            super("the collection has changed", null, false, false);
        }
    }

    /** Reads points, of one moment. Fails with 404 where there is no such collection. */
    public <T> Uni<T> read(TenantId tenant, CollectionName name, BiFunction<Statements, PlacedCollection, Uni<T>> work) {
        return settled(retried(tenant, name, TRIES, placed -> tenancy.readInTenant(tenant,
                in -> checked(in.execute(CollectionStore.REVISION, Tuple.of(tenant.value(), name.value(), READ_MOST_MS)), placed, work.apply(in, placed)))));
    }

    /** Changes points; the collection does not begin or end to move meanwhile. Fails with 404 where there is no such collection. */
    public <T> Uni<T> write(TenantId tenant, CollectionName name, BiFunction<Statements, PlacedCollection, Uni<T>> work) {
        return settled(retried(tenant, name, TRIES, placed -> tenancy.inTenant(tenant, in -> {
            Uni<RowSet<Row>> locked = in.execute(LOCK, Tuple.of(placed.info().id()));
            Uni<RowSet<Row>> revision = in.execute(CollectionStore.REVISION, Tuple.of(tenant.value(), name.value(), WRITE_MOST_MS));
            return Uni.combine().all().unis(locked, checked(revision, placed, work.apply(in, placed))).with((first, item) -> item);
        })));
    }

    /** 503 where the collection changes all the time. */
    private static <T> Uni<T> settled(Uni<T> work) {
        return work.onFailure(CollectionAccessStore::isAgain).transform(failure -> VectorProblem.unavailable());
    }

    /** The collection as it is now; one of {@link SeedCollections} is made where it is not there and was not deleted. Fails with 404 where there is none. */
    public Uni<PlacedCollection> get(TenantId tenant, CollectionName name) {
        return answer(collections.find(tenant, name)
                .chain(found -> found.isPresent() || SeedCollections.find(name).isEmpty() ? Uni.createFrom().item(found) : seed(tenant, name)))
                .map(found -> {
                    if (found.isEmpty()) {
                        known.remove(new Key(tenant, name));
                        throw VectorProblem.missing("collection");
                    }
                    if (known.size() >= KNOWN_MOST) {
                        known.clear();
                    }
                    known.put(new Key(tenant, name), found.get());
                    return found.get();
                });
    }

    private Uni<Optional<PlacedCollection>> seed(TenantId tenant, CollectionName name) {
        CollectionSpec spec = SeedCollections.find(name).orElseThrow();
        return collections.naming(tenant, in -> collections.room(in, tenant, name)
                .chain(room -> room.taken() || room.deleted() ? Uni.createFrom().voidItem() : collections.insert(in, tenant, name, spec)))
                .chain(made -> collections.find(tenant, name));
    }

    /** Forgets what this process knows of a tenant. */
    public void forget(TenantId tenant) {
        known.keySet().removeIf(key -> key.tenant().equals(tenant));
    }

    /** Whether this process knows anything of a tenant. */
    public boolean knows(TenantId tenant) {
        return known.keySet().stream().anyMatch(key -> key.tenant().equals(tenant));
    }

    /** 503 where the database is not there, or a lock was not to be had because an index is being made. */
    public <T> Uni<T> answer(Uni<T> work) {
        return schema.isReady() ? work.onFailure(failure -> DatabaseFailures.isUnavailable(failure) || isState(failure, Set.of("55P03"))).transform(failure -> VectorProblem.unavailable())
                : Uni.createFrom().failure(VectorProblem.unavailable());
    }

    private interface Attempt<T> {
        Uni<T> on(PlacedCollection placed);
    }

    private <T> Uni<T> retried(TenantId tenant, CollectionName name, int tries, Attempt<T> attempt) {
        return Uni.createFrom().deferred(() -> {
            PlacedCollection placed = known.get(new Key(tenant, name));
            return placed == null ? get(tenant, name).chain(fresh -> tried(tenant, name, tries, attempt, fresh, false))
                    : tried(tenant, name, tries, attempt, placed, true);
        });
    }

    /** A refusal by what was known before is one only if that is still true. */
    private <T> Uni<T> tried(TenantId tenant, CollectionName name, int tries, Attempt<T> attempt, PlacedCollection placed, boolean wasKnown) {
        return answer(Uni.createFrom().deferred(() -> attempt.on(placed))).onFailure(failure -> tries > 1
                && (isAgain(failure) || wasKnown && failure instanceof ProblemException refused && refused.status() < 500))
                .recoverWithUni(failure -> get(tenant, name).chain(fresh -> isAgain(failure) || !isSame(fresh, placed)
                        ? retried(tenant, name, tries - 1, attempt)
                        : Uni.createFrom().failure(failure)));
    }

    private static boolean isSame(PlacedCollection one, PlacedCollection other) {
        return one.info().id() == other.info().id() && one.info().revision() == other.info().revision();
    }

    /** Both go out at once; the work counts only where the collection is as it was thought to be. */
    private static <T> Uni<T> checked(Uni<RowSet<Row>> revision, PlacedCollection placed, Uni<T> work) {
        Uni<Void> isTrue = revision.invoke(rows -> {
            Row row = rows.size() == 0 ? null : rows.iterator().next();
            if (row == null || row.getLong(0) != placed.info().id() || row.getLong(1) != placed.info().revision()) {
                throw new Stale();
            }
        }).replaceWithVoid();
        return Uni.combine().all().unis(isTrue, work).with((first, item) -> item);
    }

    private static boolean isAgain(Throwable failure) {
        return failure instanceof Stale || isState(failure, AGAIN);
    }

    private static boolean isState(Throwable failure, Set<String> states) {
        return failure instanceof PgException pg && states.contains(String.valueOf(pg.getSqlState()));
    }
}
