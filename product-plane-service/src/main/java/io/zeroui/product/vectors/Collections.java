package io.zeroui.product.vectors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.store.CollectionAccessStore;
import io.zeroui.product.vectors.store.CollectionStore;
import io.zeroui.product.vectors.store.PayloadIndex;
import io.zeroui.product.vectors.store.PlacedCollection;
import io.zeroui.product.vectors.store.PointStore;
import io.zeroui.product.vectors.store.SwitchStore;
import io.zeroui.runtime.tenancy.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tenants' collections and their aliases. Wherever a collection is named, an alias of it may be. */
@ApplicationScoped
public class Collections {

    private static final int COLLECTIONS_MOST = 1_000;
    private static final int ALIASES_MOST = 1_000;

    private final CollectionStore store;
    private final CollectionAccessStore access;
    private final PointStore points;
    private final SwitchStore switches;
    private final Points pages;

    Collections(CollectionStore store, CollectionAccessStore access, PointStore points, SwitchStore switches, Points pages) {
        this.store = store;
        this.access = access;
        this.points = points;
        this.switches = switches;
        this.pages = pages;
    }

    /** Makes a collection; 409 where the name is taken, 400 where the tenant has too many. */
    public Uni<CollectionInfo> create(TenantId tenant, CollectionName name, CollectionSpec spec) {
        check(spec, spec.index());
        return access.answer(store.naming(tenant, in -> store.room(in, tenant, name).chain(room -> {
            if (room.taken()) {
                throw VectorProblem.conflict("name", "There is a collection or an alias of that name already");
            }
            if (room.collections() >= COLLECTIONS_MOST) {
                throw VectorProblem.invalid("name", "is of a collection too many: a tenant has at most " + COLLECTIONS_MOST);
            }
            return store.insert(in, tenant, name, spec);
        }))).chain(() -> get(tenant, name));
    }

    /** The collection of that name; 404 where there is none. */
    public Uni<CollectionInfo> get(TenantId tenant, CollectionName name) {
        return access.get(tenant, name).map(PlacedCollection::info);
    }

    /** Whether there is a collection, or an alias, of that name. */
    public Uni<Boolean> exists(TenantId tenant, CollectionName name) {
        return access.answer(store.find(tenant, name)).map(Optional::isPresent);
    }

    /** All of them, in the order of their names. */
    public Uni<List<CollectionInfo>> list(TenantId tenant) {
        return access.answer(store.list(tenant)).map(all -> all.stream().map(PlacedCollection::info).toList());
    }

    /**
     * Gives it another index, which is built in the background: where there is one, by moving the points to a new partition while the old one
     * serves; where there is none, at once and faster, while writers wait. 404 where there is no such collection, 409 while its points are
     * moved.
     */
    public Uni<CollectionInfo> change(TenantId tenant, CollectionName name, IndexSpec index) {
        return get(tenant, name).chain(now -> {
            check(now.spec(), index);
            if (now.spec().index().equals(index)) {
                return Uni.createFrom().item(now);
            }
            if (now.isMoving()) {
                throw VectorProblem.conflict("index", "The collection is being moved; its index can be changed when that is over");
            }
            return access.answer(store.change(tenant, now.id(), index, now.placement() > 0 && now.isIndexed()))
                    .chain(() -> get(tenant, name));
        });
    }

    /** Removes it with its points and aliases; false where there is none. An alias does not do here. */
    public Uni<Boolean> delete(TenantId tenant, CollectionName name) {
        return access.answer(store.delete(tenant, name));
    }

    /** Indexes a field of the payloads, of those that are there too; the same again does nothing, another type is 409. */
    public Uni<Void> createPayloadIndex(TenantId tenant, CollectionName name, String field, FieldType type) {
        KeyPath path = KeyPath.of(field);
        return access.get(tenant, name).chain(placed -> {
            Optional<PayloadIndex> there = placed.indexes().stream().filter(index -> index.path().equals(path)).findFirst();
            if (there.isPresent() && there.get().type() != type) {
                throw VectorProblem.conflict("field_schema", "The field has an index of the type " + there.get().type().key());
            }
            if (there.isEmpty() && placed.indexes().size() >= CollectionSpec.PAYLOAD_INDEXES_MOST) {
                throw VectorProblem.invalid("field_name", "is of an index too many: a collection has at most "
                        + CollectionSpec.PAYLOAD_INDEXES_MOST);
            }
            if (there.isPresent()) {
                return there.get().isReady() ? Uni.createFrom().voidItem() : fill(tenant, name, placed.info().id(), there.get().id());
            }
            return access.answer(store.insertIndex(tenant, placed.info().id(), path, type))
                    .chain(made -> made.isEmpty() ? createPayloadIndex(tenant, name, field, type)
                            : fill(tenant, name, placed.info().id(), made.get()));
        });
    }

    /** Removes the index of a field; false where there is none. */
    public Uni<Boolean> deletePayloadIndex(TenantId tenant, CollectionName name, String field) {
        KeyPath path = KeyPath.of(field);
        return access.get(tenant, name).chain(placed -> access.answer(store.deleteIndex(tenant, placed.info().id(), path)));
    }

    /** The aliases and what they mean, in the order of their names. */
    public Uni<Map<CollectionName, CollectionName>> aliases(TenantId tenant) {
        return access.answer(store.aliases(tenant));
    }

    /** Changes aliases, all at once or none; 404 for a collection or an alias that is not there, 409 for the name of a collection. */
    public Uni<Void> changeAliases(TenantId tenant, List<AliasChange> changes) {
        if (changes.size() > ALIASES_MOST) {
            throw VectorProblem.invalid("actions", "must be at most " + ALIASES_MOST);
        }
        return access.answer(store.naming(tenant, in -> Multi.createFrom().iterable(changes)
                .onItem().transformToUniAndConcatenate(change -> apply(in, tenant, change))
                .collect().last()
                .chain(done -> store.aliasCount(in, tenant))
                .invoke(count -> {
                    if (count > ALIASES_MOST) {
                        throw VectorProblem.invalid("actions", "make an alias too many: a tenant has at most " + ALIASES_MOST);
                    }
                }).replaceWithVoid()));
    }

    /**
     * Lets an alias mean another collection in the moment in which that has every point of the first with the same payload, but for one member and
     * for points without a text. Writers wait meanwhile; who names the alias then writes to the other.
     *
     * @return false, and nothing is changed, where they differ or the alias does not mean the first
     */
    public Uni<Boolean> replace(TenantId tenant, CollectionName alias, CollectionName from, CollectionName to, SwitchStore.Likeness like) {
        return access.answer(switches.replace(tenant, alias, from, to, like));
    }

    /** How many points it has, counted up to 100,000. */
    public Uni<Long> points(TenantId tenant, CollectionName name) {
        return pages.count(tenant, name, Filter.EVERY, false);
    }

    private Uni<Boolean> apply(Statements in, TenantId tenant, AliasChange change) {
        if (change instanceof AliasChange.Put put) {
            return free(in, tenant, put.alias()).chain(() -> store.putAlias(in, tenant, put.alias(), put.collection()))
                    .invoke(done -> require(done, "collection"));
        } else if (change instanceof AliasChange.Rename rename) {
            return free(in, tenant, rename.to()).chain(() -> store.renameAlias(in, tenant, rename.from(), rename.to()))
                    .onFailure(CollectionStore::isTaken).transform(taken -> VectorProblem.conflict("alias", "There is an alias of that name already"))
                    .invoke(done -> require(done, "alias"));
        }
        return store.deleteAlias(in, tenant, ((AliasChange.Delete) change).alias()).invoke(done -> require(done, "alias"));
    }

    /** No collection has the name; an alias may. */
    private Uni<Void> free(Statements in, TenantId tenant, CollectionName alias) {
        return store.isCollection(in, tenant, alias).invoke(taken -> {
            if (taken) {
                throw VectorProblem.conflict("alias", "There is a collection of that name");
            }
        }).replaceWithVoid();
    }

    private static void require(boolean done, String what) {
        if (!done) {
            throw VectorProblem.missing(what);
        }
    }

    /** Step by step; who writes meanwhile writes into the index as well. After a crash the same call goes on from the beginning. */
    private Uni<Void> fill(TenantId tenant, CollectionName name, long collection, long index) {
        return access.get(tenant, name).chain(fresh -> pages.eachStep(tenant, name, Filter.EVERY, PointRules.PAYLOAD_STEP,
                ids -> access.write(tenant, name, (in, placed) -> points.lockPayloads(in, tenant, placed, ids, Filter.EVERY)
                        .chain(found -> points.index(in, tenant, placed, PointStore.byId(found))).replaceWith(0L))))
                .chain(() -> access.answer(store.indexIsReady(tenant, collection, index)));
    }

    private static void check(CollectionSpec spec, IndexSpec index) {
        if (index instanceof IndexSpec.IvfFlat && spec.metric() == Metric.L1) {
            throw VectorProblem.invalid("index", "of the kind ivfflat cannot be of l1; hnsw can");
        }
        spec.payloadIndexes().keySet().forEach(KeyPath::of);
    }
}
