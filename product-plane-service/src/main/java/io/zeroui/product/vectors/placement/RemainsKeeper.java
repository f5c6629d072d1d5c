package io.zeroui.product.vectors.placement;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.tenants.TenantRegistry;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.store.CollectionAccessStore;
import io.zeroui.product.vectors.store.CollectionStore;
import io.zeroui.product.vectors.store.PlacementStore;
import io.zeroui.product.vectors.store.PlacementStore.Place;
import io.zeroui.product.vectors.store.PlacementStore.Remains;
import io.zeroui.runtime.database.DatabaseSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Removes the collections of deleted tenants, and the rows, partitions and indexes that deleted collections and payload indexes leave behind. */
@ApplicationScoped
public class RemainsKeeper {

    private static final Logger LOG = Logger.getLogger(RemainsKeeper.class);

    private final PlacementStore store;
    private final CollectionStore collections;
    private final CollectionAccessStore access;
    private final TenantRegistry registry;
    private final PlacementConfig config;
    private final DatabaseSchema schema;
    private final List<TenantRows> others;
    /** Deleted tenants that were seen to have nothing left. */
    private final Set<TenantId> clean = ConcurrentHashMap.newKeySet();

    RemainsKeeper(PlacementStore store, CollectionStore collections, CollectionAccessStore access, TenantRegistry registry, PlacementConfig config,
            DatabaseSchema schema, @All List<TenantRows> others) {
        this.store = store;
        this.collections = collections;
        this.access = access;
        this.registry = registry;
        this.config = config;
        this.schema = schema;
        this.others = others;
    }

    /** Removes all that is there to remove. What fails is tried again the next time. */
    @Scheduled(every = "${zeroui.vectors.placement.remove-every:PT10S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> keep() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return registry.listDeleted()
                .chain(deleted -> deleted.isEmpty() ? Uni.createFrom().item(List.<TenantId> of())
                        : store.list().map(places -> left(deleted, places)))
                .onItem().transformToMulti(tenants -> Multi.createFrom().iterable(tenants))
                .onItem().transformToUniAndConcatenate(tenant -> orWarn(removeTenant(tenant), tenant))
                .collect().last()
                .chain(() -> store.remains())
                .onItem().transformToMulti(remains -> Multi.createFrom().iterable(remains))
                .onItem().transformToUniAndConcatenate(remains -> orWarn(remove(remains), remains.tenant()))
                .collect().last()
                .chain(() -> store.indexRemains())
                .onItem().transformToMulti(remains -> Multi.createFrom().iterable(remains))
                .onItem().transformToUniAndConcatenate(gone -> orWarn(all(() -> store.removeKeys(gone, config.removed()))
                        .chain(() -> store.forget(gone)), gone.tenant()))
                .collect().last().replaceWithVoid()
                .onFailure().invoke(cause -> LOG.warnf("what is left of collections is removed later: %s", cause.getMessage()))
                .onFailure().recoverWithNull();
    }

    private List<TenantId> left(List<TenantId> deleted, List<Place> places) {
        Set<TenantId> having = places.stream().map(Place::tenant).collect(Collectors.toCollection(HashSet::new));
        return deleted.stream().filter(tenant -> !clean.contains(tenant) || having.contains(tenant)).toList();
    }

    private Uni<Void> removeTenant(TenantId tenant) {
        return store.names(tenant)
                .onItem().transformToMulti(names -> Multi.createFrom().iterable(names))
                .onItem().transformToUniAndConcatenate(name -> collections.delete(tenant, CollectionName.of(name)))
                .collect().last()
                .chain(() -> store.removeSeeds(tenant))
                .chain(() -> all(() -> store.removeEmbeddings(tenant, config.removed())))
                .onItem().transformToMulti(done -> Multi.createFrom().iterable(others))
                .onItem().transformToUniAndConcatenate(other -> other.remove(tenant))
                .collect().last()
                .invoke(() -> {
                    access.forget(tenant);
                    clean.add(tenant);
                });
    }

    private Uni<Void> remove(Remains remains) {
        return (remains.isDeleted() ? all(() -> store.removeRows(remains, config.removed())) : Uni.createFrom().voidItem())
                .chain(() -> store.forget(remains));
    }

    private interface Batch {
        Uni<Integer> remove();
    }

    private static Uni<Void> all(Batch batch) {
        return Uni.createFrom().deferred(batch::remove).repeat().whilst(removed -> removed > 0).collect().last().replaceWithVoid();
    }

    private static Uni<Boolean> orWarn(Uni<Void> work, TenantId tenant) {
        return work.replaceWith(true)
                .onFailure().invoke(cause -> LOG.warnf("what is left of collections of %s is removed later: %s", tenant, cause.getMessage()))
                .onFailure().recoverWithItem(false);
    }
}
