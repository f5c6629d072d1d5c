package io.zeroui.product.vectors.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Search;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.store.SearchStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Counts searches and takes samples of them. Collections are named by their numbers: metrics say no tenant's name. */
@ApplicationScoped
public class SearchWatch {

    private static final int WAITING_MOST = 64;
    private static final int COLLECTIONS_MOST = 2_000;
    private static final int COMPARED = 10;

    private final MeterRegistry meters;
    private final WatchConfig config;
    private final Map<SearchStore.Way, Counter> ways = new EnumMap<>(SearchStore.Way.class);
    private final Map<Long, DistributionSummary> recalls = new ConcurrentHashMap<>();
    private final Map<Long, Counter> shorts = new ConcurrentHashMap<>();
    private final BlockingQueue<Sample> samples = new ArrayBlockingQueue<>(WAITING_MOST);

    SearchWatch(MeterRegistry meters, WatchConfig config) {
        this.meters = meters;
        this.config = config;
        for (SearchStore.Way way : SearchStore.Way.values()) {
            ways.put(way, meters.counter("zeroui_vectors_searches", "way", way.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** A search that was answered, with the ids of its nearest. */
    record Sample(TenantId tenant, CollectionName name, long collection, Search search, List<PointId> found) {
    }

    /** Counts a search, and keeps one now and then to compare it with an exact one. */
    public void note(TenantId tenant, CollectionInfo collection, Search search, SearchStore.Found found) {
        Counter counter = ways.get(found.way());
        if (counter != null) {
            counter.increment();
        }
        if (found.way() == SearchStore.Way.SHORT) {
            shorts.computeIfAbsent(tagged(shorts, collection.id()),
                    id -> meters.counter("zeroui_vectors_short_results", "collection", name(id))).increment();
        }
        if (found.way() == SearchStore.Way.INDEX && !collection.isMoving() && ThreadLocalRandom.current().nextDouble() < config.sampled()) {
            boolean kept = samples.offer(new Sample(tenant, collection.name(), collection.id(), search,
                    found.points().stream().limit(COMPARED).map(point -> point.point().id()).toList()));
            if (!kept) {
                meters.counter("zeroui_vectors_samples_dropped").increment();
            }
        }
    }

    /** The sample that has waited longest; null where none waits. */
    @Nullable
    Sample next() {
        return samples.poll();
    }

    /** Notes how much of what is there a sample had found; the points may have changed in between. */
    void compared(Sample sample, List<PointId> exact) {
        List<PointId> nearest = exact.stream().limit(COMPARED).toList();
        double recall = nearest.isEmpty() ? 1 : (double) nearest.stream().filter(sample.found()::contains).count() / nearest.size();
        recalls.computeIfAbsent(tagged(recalls, sample.collection()), id -> DistributionSummary.builder("zeroui_vectors_recall")
                .description("Part of the ten nearest points that searches by index find").tag("collection", name(id)).register(meters))
                .record(recall);
    }

    /** Beyond a bound all further collections are one. */
    private static Long tagged(Map<Long, ?> known, long collection) {
        return known.containsKey(collection) || known.size() < COLLECTIONS_MOST ? collection : -1L;
    }

    private static String name(long collection) {
        return collection < 0 ? "others" : Long.toString(collection);
    }
}
