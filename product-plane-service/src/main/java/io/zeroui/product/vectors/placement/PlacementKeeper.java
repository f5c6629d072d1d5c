package io.zeroui.product.vectors.placement;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.store.PlacementStore;
import io.zeroui.product.vectors.store.PlacementStore.Place;
import io.zeroui.runtime.database.DatabaseSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Moves collections between the shared partition and their own. First new points go to the new partition, then the others follow some at a
 * time, then the old one is left; each step is one transaction, a point is in one of the two at every moment, and searches look into both.
 */
@ApplicationScoped
public class PlacementKeeper {

    private static final Logger LOG = Logger.getLogger(PlacementKeeper.class);
    /** As many tenants' collections as are moved beside each other: each move is work of one connection. */
    private static final int TENANTS_AT_ONCE = 4;
    /** A collection is not moved back before it has this part of the points for which it was moved. */
    private static final int SHRUNK = 4;

    private final PlacementStore store;
    private final Growth growth;
    private final PlacementConfig config;
    private final DatabaseSchema schema;
    private final Clock clock;
    private final AtomicBoolean begun = new AtomicBoolean();

    PlacementKeeper(PlacementStore store, Growth growth, PlacementConfig config, DatabaseSchema schema, Clock clock) {
        this.store = store;
        this.growth = growth;
        this.config = config;
        this.schema = schema;
        this.clock = clock;
    }

    /**
     * Looks at all collections once, those of a tenant one after the other. A move that has begun is brought to its end, or as far as it comes in its
     * turn: then others have theirs. What fails is tried again the next time.
     */
    @Scheduled(every = "${zeroui.vectors.placement.every:PT5S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> keep() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        boolean all = begun.compareAndSet(false, true);
        Set<Long> grown = growth.take();
        return store.list()
                .onItem().transformToMulti(places -> Multi.createFrom().iterable(places))
                .filter(place -> place.isMoving() || place.wantsIndex() || all || grown.contains(place.collection()))
                .collect().in(LinkedHashMap<TenantId, List<Place>>::new,
                        (byTenant, place) -> byTenant.computeIfAbsent(place.tenant(), first -> new ArrayList<>()).add(place))
                .onItem().transformToMulti(byTenant -> Multi.createFrom().iterable(byTenant.values()))
                .onItem().transformToUni(this::keepAll).merge(TENANTS_AT_ONCE)
                .collect().last().replaceWithVoid()
                .onFailure().invoke(cause -> {
                    begun.set(false);
                    LOG.warnf("collections are looked at again later: %s", cause.getMessage());
                })
                .onFailure().recoverWithNull();
    }

    private Uni<Place> keepAll(List<Place> places) {
        return Multi.createFrom().iterable(places).onItem().transformToUniAndConcatenate(this::keepOrWarn).collect().last();
    }

    private Uni<Place> keepOrWarn(Place place) {
        return keep(place).replaceWith(place).onFailure().invoke(cause -> {
            growth.note(place.collection(), 1);
            LOG.warnf("the collection %d of %s stays where it is for now: %s", place.collection(), place.tenant(), cause.getMessage());
        }).onFailure().recoverWithItem(place);
    }

    private Uni<Void> keep(Place place) {
        if (place.isMoving()) {
            return move(place);
        }
        if (place.wantsIndex()) {
            return store.index(place);
        }
        if (place.placement() == 0) {
            return store.count(place, config.threshold() + 1).chain(count -> count <= config.threshold() ? Uni.createFrom().voidItem()
                    : store.beginOwn(place.tenant(), place.collection()).chain(() -> goOn(place)));
        }
        long few = config.threshold() / SHRUNK;
        return store.count(place, few + 1).chain(count -> count > few ? Uni.createFrom().voidItem()
                : store.beginShared(place.tenant(), place.collection()).chain(() -> goOn(place)));
    }

    private Uni<Void> goOn(Place place) {
        return store.list().map(places -> same(places, place)).chain(now -> now.isEmpty() ? Uni.createFrom().voidItem() : keep(now.get(0)));
    }

    private static List<Place> same(List<Place> places, Place place) {
        return places.stream().filter(now -> now.collection() == place.collection() && now.isMoving()).toList();
    }

    /** When all have arrived an index that needs points is made of them. */
    private Uni<Void> move(Place place) {
        return Uni.createFrom().deferred(() -> moveForATurn(place, clock.instant().plus(config.turn())))
                .chain(last -> last > 0 ? Uni.createFrom().item(false) : store.settle(place))
                .chain(settled -> settled && place.wantsIndex() ? store.index(place) : Uni.createFrom().voidItem());
    }

    /** How many points the last transaction moved: 0 where none were left. */
    private Uni<Integer> moveForATurn(Place place, Instant until) {
        return Uni.createFrom().deferred(() -> store.move(place, config.batch()))
                .repeat().whilst(moved -> moved > 0 && clock.instant().isBefore(until))
                .collect().last();
    }
}
