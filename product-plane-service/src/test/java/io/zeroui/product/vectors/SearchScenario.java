package io.zeroui.product.vectors;

import static io.zeroui.product.vectors.VectorWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.Plane;
import io.zeroui.product.reports.ProductRuntime;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.placement.PlacementKeeper;
import io.zeroui.product.vectors.store.SearchStore;
import io.zeroui.testing.RealRuntime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Tenants of very different sizes, whose vectors are in clusters, searched at random; every answer is compared with a comparison of all. */
final class SearchScenario {

    private static final int DIMENSION = 24;
    private static final int THREADS = 6;
    /** As {@link ByHand} says. */
    private static final int OWN_FROM = 300;
    /** Above the ids of what stays. */
    private static final int PASSING = 1_000_000;

    private final Collections collections;
    private final Points points;
    private final Searches searches;
    private final PlacementKeeper keeper;
    private final List<VectorWorld> worlds = new ArrayList<>();
    private final float[][] centres = VectorWorld.centres(new Random(1), 40, DIMENSION);

    SearchScenario(Collections collections, Points points, Searches searches, PlacementKeeper keeper) {
        this.collections = collections;
        this.points = points;
        this.searches = searches;
        this.keeper = keeper;
    }

    /** Writes the tenants; the first has half of all points, the last a few. */
    void fill(String prefix, int tenants, int most) {
        Random random = new Random(2);
        for (int i = 0; i < tenants; i++) {
            VectorWorld world = new VectorWorld(prefix + i, "world", i % 5 == 4 ? Metric.L2 : Metric.COSINE);
            await(collections.create(world.tenant, world.name, CollectionSpec.of(DIMENSION, world.metric)
                    .with(i % 2 == 0 ? Map.of("color", FieldType.KEYWORD, "n", FieldType.INTEGER) : Map.of())));
            int count = Math.max(5, (int) (most / Math.pow(i + 1, 1.2)));
            for (int id = 0; id < count; id++) {
                world.add(new Point(PointId.of(id), VectorWorld.clustered(random, centres), payload(random)));
            }
            world.store(points);
            worlds.add(world);
        }
        await(keeper.keep());
        worlds.stream().filter(SearchScenario::isLarge)
                .forEach(world -> assertThat(await(collections.get(world.tenant, world.name)).isIndexed()).isTrue());
    }

    /** Searches at random and checks every answer. */
    void search(String part, int count) throws Exception {
        SearchTally tally = new SearchTally(part, count);
        AtomicLong left = new AtomicLong(count);
        List<Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(count + thread);
            work.add(() -> {
                while (left.getAndDecrement() > 0) {
                    searchOnce(random, tally);
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> done : threads.invokeAll(work)) {
                assertThat(done.get()).isNull();
            }
        } finally {
            threads.shutdownNow();
        }
        tally.check();
    }

    /** Searches while other points come and go, and the partitions are vacuumed. What stays is found as if it were alone. */
    void searchDuringWrites(int count) throws Exception {
        SearchTally tally = new SearchTally("during writes", count);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService writers = Executors.newFixedThreadPool(2);
        Future<?> writer = writers.submit(() -> write(stop));
        Future<?> vacuum = writers.submit(() -> vacuum(stop));
        try {
            Filter stays = FilterJson.read(JsonNodeFactory.instance.objectNode().set("must_not", JsonNodeFactory.instance.arrayNode()
                    .add(passing())));
            Random random = new Random(6);
            for (int i = 0; i < count; i++) {
                VectorWorld world = pick(random);
                Search search = Search.of(VectorWorld.clustered(random, centres), 10).with(filter(random).and(stays)).with(Returning.NOTHING);
                note(world, i % 3 == 0 ? search.exactly() : search, tally);
            }
        } finally {
            stop.set(true);
            writer.get();
            vacuum.get();
            writers.shutdownNow();
        }
        tally.check();
        Filter gone = FilterJson.read(JsonNodeFactory.instance.objectNode().set("must", JsonNodeFactory.instance.arrayNode().add(passing())));
        worlds.forEach(world -> assertThat(await(points.delete(world.tenant, world.name, new PointSelector.Matching(gone)))).isNotNegative());
    }

    private void searchOnce(Random random, SearchTally tally) {
        VectorWorld world = pick(random);
        Search search = Search.of(VectorWorld.clustered(random, centres), random.nextInt(5) == 0 ? 1 + random.nextInt(50) : 10).with(filter(random))
                .with(Returning.NOTHING);
        note(world, random.nextInt(4) == 0 ? search.exactly() : search, tally);
    }

    private void note(VectorWorld world, Search search, SearchTally tally) {
        SearchStore.Found found = await(searches.trace(world.tenant, world.name, search));
        tally.note(isLarge(world), search, found.way(), world.check(search, found.points()));
    }

    private static boolean isLarge(VectorWorld world) {
        return world.points.size() > OWN_FROM;
    }

    /** The large ones more often. */
    private VectorWorld pick(Random random) {
        return worlds.get((int) (worlds.size() * Math.pow(random.nextDouble(), 4)));
    }

    private static Filter filter(Random random) {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        switch (random.nextInt(6)) {
            case 0 -> {
                return Filter.EVERY;
            }
            case 1 -> filter.putArray("must").addObject().put("key", "color").putObject("match").put("value", "c" + random.nextInt(30));
            case 2 -> filter.putArray("must").addObject().put("key", "n").putObject("range").put("gte", random.nextInt(1_000)).put("lt", 1_000);
            case 3 -> filter.putArray("must_not").addObject().put("key", "color").putObject("match").put("value", "c" + random.nextInt(4));
            case 4 -> {
                filter.putArray("must").addObject().put("key", "tags").putObject("match").putArray("any").add(random.nextInt(6)).add(7);
                filter.putArray("should").addObject().put("key", "n").putObject("range").put("lt", 500);
                filter.withArray("should").addObject().put("key", "flag").putObject("match").put("value", true);
            }
            default -> filter.putArray("must").addObject().put("key", "n").putObject("match").put("value", random.nextInt(1_000));
        }
        return FilterJson.read(filter);
    }

    private static ObjectNode payload(Random random) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("color", "c" + (int) (30 * Math.pow(random.nextDouble(), 3)))
                .put("n", random.nextInt(1_000)).put("flag", random.nextBoolean());
        payload.putArray("tags").add(random.nextInt(6)).add(random.nextInt(6));
        return payload;
    }

    private static ObjectNode passing() {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.put("key", "passing").putObject("match").put("value", true);
        return condition;
    }

    private void write(AtomicBoolean stop) {
        Random random = new Random(7);
        while (!stop.get()) {
            VectorWorld world = pick(random);
            List<Point> written = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ObjectNode payload = payload(random).put("passing", true);
                written.add(new Point(PointId.of(PASSING + random.nextInt(300)), VectorWorld.clustered(random, centres), payload));
            }
            await(points.upsert(world.tenant, world.name, written));
            await(points.delete(world.tenant, world.name, new PointSelector.Ids(written.subList(0, 15).stream().map(Point::id).toList())));
        }
    }

    private void vacuum(AtomicBoolean stop) {
        try (Connection admin = RealRuntime.connect(ProductRuntime.RUNTIME.adminUrl(Plane.PRODUCT)); Statement statement = admin.createStatement()) {
            int placement = await(collections.get(worlds.get(0).tenant, worlds.get(0).name)).placement();
            while (!stop.get()) {
                statement.execute("VACUUM app.vector_points_" + placement);
                statement.execute("VACUUM ANALYZE app.vector_points_0");
                statement.execute("VACUUM app.vector_payload_values");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
