package io.zeroui.product.vectors;

import static io.zeroui.product.vectors.VectorWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.reports.ProductRuntime;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.filter.RandomFilters;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.placement.PlacementKeeper;
import io.zeroui.product.vectors.placement.RemainsKeeper;
import io.zeroui.product.vectors.store.CollectionAccessStore;
import io.zeroui.product.vectors.store.PlacementStore;
import io.zeroui.product.vectors.store.PlacementStore.Place;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Collections that grow get a partition of their own, and lose it again, while they are written and searched. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class PlacementIT {

    private static final int DIMENSION = 16;

    @Inject
    Collections collections;
    @Inject
    Points points;
    @Inject
    Searches searches;
    @Inject
    PlacementKeeper keeper;
    @Inject
    RemainsKeeper remains;
    @Inject
    PlacementStore store;
    @Inject
    CollectionAccessStore access;
    @Inject
    DatabaseSchema schema;

    private final TenantId tenant = TenantId.of("p-" + UUID.randomUUID());
    private final Random random = new Random(5);
    private final float[][] centres = VectorWorld.centres(random, 12, DIMENSION);
    private final RandomFilters filters = new RandomFilters(random);

    @BeforeEach
    void ready() {
        assertThat(schema.whenReady().await().atMost(VectorWorld.PATIENCE)).isNotEmpty();
    }

    @Test
    void aCollectionMovesWhileItIsWrittenAndSearchedAndNoPointIsLostOrTwice() throws Exception {
        VectorWorld world = world("moving", Metric.COSINE, IndexSpec.DEFAULT, 1_500);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<Integer> writer = threads.submit(() -> write(world, stop));
        Future<Integer> reader = threads.submit(() -> read(world, stop));
        await(keeper.keep());
        assertThat(info(world).placement()).isPositive();
        stop.set(true);
        assertThat(writer.get(60, TimeUnit.SECONDS)).isPositive();
        assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
        threads.shutdown();
        await(keeper.keep());
        CollectionInfo moved = info(world);
        assertThat(moved.isMoving()).isFalse();
        assertThat(moved.isIndexed()).isTrue();
        same(world);
        assertThat(rows("app.vector_points_0", moved.id())).isZero();
    }

    @Test
    void aCrashBetweenAnyTwoStepsLosesNothing() {
        VectorWorld world = world("crash", Metric.L2, IndexSpec.DEFAULT, 450);
        await(store.beginOwn(tenant, info(world).id()));
        same(world);
        Place place = place(world);
        assertThat(await(store.move(place, 100))).isEqualTo(100);
        assertThat(rows("app.vector_points_0", place.collection())).isEqualTo(350);
        Point changed = new Point(PointId.of(3), VectorWorld.clustered(random, centres), JsonNodeFactory.instance.objectNode().put("n", 999));
        world.add(changed);
        Point waiting = new Point(PointId.of(440), changed.vector(), changed.payload());
        world.add(waiting);
        await(points.upsert(tenant, world.name, List.of(changed, waiting)));
        assertThat(await(points.delete(tenant, world.name, new PointSelector.Ids(List.of(PointId.of(5), PointId.of(445)))))).isEqualTo(2);
        world.remove(PointId.of(5));
        world.remove(PointId.of(445));
        same(world);
        assertThat(await(store.settle(place))).as("some have not arrived").isFalse();
        await(keeper.keep());
        assertThat(info(world).isMoving()).isFalse();
        same(world);
        assertThat(await(store.move(place, 100))).as("a mover who sleeps long").isZero();
        assertThat(await(store.settle(place))).isFalse();
        same(world);
    }

    @Test
    void aCollectionThatShrinksGoesBackAndItsPartitionIsDropped() {
        VectorWorld world = world("shrinking", Metric.INNER_PRODUCT, IndexSpec.DEFAULT, 500);
        await(keeper.keep());
        int own = info(world).placement();
        assertThat(own).isPositive();
        for (int i = 50; i < 500; i++) {
            world.remove(PointId.of(i));
        }
        assertThat(await(points.delete(tenant, world.name, new PointSelector.Matching(
                FilterJson.read(JsonNodeFactory.instance.objectNode().set("must_not", JsonNodeFactory.instance.arrayNode().add(hasIds(world)))))))).isEqualTo(450);
        await(keeper.keep());
        assertThat(info(world).placement()).isZero();
        assertThat(info(world).isMoving()).isFalse();
        same(world);
        await(remains.keep());
        assertThat(exists("app.vector_points_" + own)).isFalse();
        same(world);
    }

    @Test
    void otherIndexesAreBuiltAndUsed() {
        VectorWorld lists = world("lists", Metric.COSINE, new IndexSpec.IvfFlat(10), 600);
        await(keeper.keep());
        assertThat(info(lists).isIndexed()).isTrue();
        same(lists);
        CollectionInfo before = info(lists);
        await(collections.change(tenant, lists.name, new IndexSpec.Hnsw(8, 40)));
        same(lists);
        await(keeper.keep());
        assertThat(info(lists).placement()).isGreaterThan(before.placement());
        assertThat(info(lists).isIndexed()).isTrue();
        same(lists);
        VectorWorld none = world("none", Metric.L1, new IndexSpec.None(), 400);
        await(keeper.keep());
        assertThat(info(none).placement()).isPositive();
        same(none);
        VectorWorld l1 = world("l1", Metric.L1, IndexSpec.DEFAULT, 400);
        await(keeper.keep());
        assertThat(info(l1).isIndexed()).isTrue();
        same(l1);
    }

    @Test
    void moreThanFourThousandDimensionsAreFoundByTheirSigns() {
        CollectionName name = CollectionName.of("wide");
        await(collections.create(tenant, name, CollectionSpec.of(4_100, Metric.COSINE)));
        VectorWorld world = new VectorWorld(tenant.value(), "wide", Metric.COSINE);
        float[][] wide = VectorWorld.centres(random, 20, 4_100);
        for (int i = 0; i < 320; i++) {
            world.add(new Point(PointId.of(i), VectorWorld.clustered(random, wide), filters.payload()));
        }
        world.store(points);
        await(keeper.keep());
        assertThat(info(world).isIndexed()).isTrue();
        double recall = 0;
        for (int i = 0; i < 20; i++) {
            Search search = Search.of(VectorWorld.clustered(random, wide), 10).with(Returning.NOTHING);
            recall += world.check(search, await(searches.search(tenant, name, search)));
        }
        assertThat(recall / 20).isGreaterThanOrEqualTo(0.97);
        VectorWorld lengths = new VectorWorld(tenant.value(), "wide-l2", Metric.L2);
        await(collections.create(tenant, lengths.name, CollectionSpec.of(4_100, Metric.L2)));
        world.points.values().forEach(lengths::add);
        lengths.store(points);
        await(keeper.keep());
        await(keeper.keep());
        assertThat(info(lengths).placement()).isPositive();
        assertThat(info(lengths).isIndexed()).as("signs say nothing of lengths").isFalse();
        Search search = Search.of(VectorWorld.clustered(random, wide), 10);
        assertThat(lengths.check(search, await(searches.search(tenant, lengths.name, search)))).isEqualTo(1);
    }

    @Test
    void aDeletedCollectionAndADeletedTenantLeaveNothing() {
        String id = "gone-" + UUID.randomUUID();
        RestAssured.given().contentType("application/json").body(Map.of("tenant_id", id, "name", "Gone", "region", "local")).post("/v1/tenants")
                .then().statusCode(201);
        List<Integer> own = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            VectorWorld world = world(TenantId.of(id), "c" + i, Metric.COSINE, IndexSpec.DEFAULT, i == 0 ? 20 : 400);
            await(keeper.keep());
            own.add(info(world).placement());
            numbers.add(info(world).id());
            await(collections.changeAliases(TenantId.of(id), List.of(new AliasChange.Put(CollectionName.of("a" + i), world.name))));
        }
        assertThat(own.get(1)).isPositive();
        assertThat(await(collections.delete(TenantId.of(id), CollectionName.of("c1")))).isTrue();
        assertThat(await(collections.get(TenantId.of(id), CollectionName.of("code")))).isNotNull();
        assertThat(await(collections.delete(TenantId.of(id), CollectionName.of("code")))).isTrue();
        assertThat(await(collections.deletePayloadIndex(TenantId.of(id), CollectionName.of("c2"), "color")))
                .isTrue();
        await(remains.keep());
        assertThat(exists("app.vector_points_" + own.get(1))).isFalse();
        assertThat(rows("app.vector_payload_values", numbers.get(1))).isZero();
        RestAssured.given().contentType("application/json").delete("/v1/tenants/" + id).then().statusCode(org.hamcrest.Matchers.lessThan(300));
        await(remains.keep());
        assertThat(exists("app.vector_points_" + own.get(2))).isFalse();
        assertThat(access.knows(TenantId.of(id))).isFalse();
        List<String> left = new ArrayList<>();
        ProductRuntime.ask("SELECT c.oid::regclass FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id'"
                + " WHERE c.relkind = 'r' AND c.relname LIKE 'vector%'", row -> left.add(row.getString(1)));
        assertThat(left).hasSizeGreaterThanOrEqualTo(7);
        left.forEach(table -> ProductRuntime.ask("SELECT count(*) FROM " + table + " WHERE tenant_id = '" + id + "'",
                row -> assertThat(row.getLong(1)).as(table).isZero()));
    }

    @Test
    void valuesOfAPayloadIndexThatIsGoneAreRemovedByWhoeverComesNext() {
        VectorWorld world = world("indexed", Metric.COSINE, IndexSpec.DEFAULT, 60);
        long id = info(world).id();
        long before = rows("app.vector_payload_values", id);
        String field = "color";
        assertThat(await(collections.deletePayloadIndex(tenant, world.name, field))).isTrue();
        assertThat(await(collections.deletePayloadIndex(tenant, world.name, field))).isFalse();
        assertThat(rows("app.vector_payload_values", id)).as("so it is after a crash").isEqualTo(before);
        await(remains.keep());
        assertThat(rows("app.vector_payload_values", id)).isLessThan(before);
        for (String other : info(world).spec().payloadIndexes().keySet()) {
            assertThat(await(collections.deletePayloadIndex(tenant, world.name, other))).isTrue();
        }
        await(remains.keep());
        assertThat(rows("app.vector_payload_values", id)).isZero();
        assertThat(await(store.indexRemains())).noneMatch(gone -> gone.tenant().equals(tenant));
        same(world);
    }

    @Test
    void theFunctionsOfTheSeedsSearchAsTheirCaller() throws Exception {
        await(points.upsert(tenant, CollectionName.of("documents"), List.of(unit(1, 0), unit(2, 1))));
        String query = "SELECT point_id || ' ' || score FROM app.search_documents((SELECT array_agg(CASE i WHEN 1 THEN 1 ELSE 0 END ORDER BY i)"
                + " FROM generate_series(1, 768) AS i)::vector, 5)";
        try (var connection = io.zeroui.testing.RealRuntime.connect(ProductRuntime.RUNTIME.databaseUrl(io.zeroui.contracts.Plane.PRODUCT));
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var rows = statement.executeQuery(query)) {
                assertThat(rows.next()).as("nobody's").isFalse();
            }
            statement.execute("SELECT set_config('app.current_tenant_id', '" + tenant + "', true)");
            try (var rows = statement.executeQuery(query)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("n00000000000000000001 1");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("n00000000000000000002 0");
            }
        }
    }

    private static Point unit(int id, int axis) {
        float[] vector = new float[768];
        vector[axis] = 1;
        return new Point(PointId.of(id), vector, JsonNodeFactory.instance.objectNode());
    }

    private com.fasterxml.jackson.databind.node.ObjectNode hasIds(VectorWorld world) {
        var condition = JsonNodeFactory.instance.objectNode();
        var ids = condition.putArray("has_id");
        world.points.keySet().forEach(id -> ids.add(id.toJson()));
        return condition;
    }

    /** Upserts, changes and deletes of its own points until it is told to stop; the world has what must be there then. */
    private int write(VectorWorld world, AtomicBoolean stop) {
        Random own = new Random(9);
        int written = 0;
        while (!stop.get() || written < 30) {
            PointId id = PointId.of(1_000_000 + own.nextInt(60));
            Point point = new Point(id, VectorWorld.clustered(own, centres), JsonNodeFactory.instance.objectNode().put("w", written));
            await(points.upsert(tenant, world.name, List.of(point)));
            synchronized (world) {
                world.add(point);
            }
            PointId other = PointId.of(own.nextInt(1_500));
            if (own.nextInt(3) == 0) {
                await(points.delete(tenant, world.name, new PointSelector.Ids(List.of(other))));
                synchronized (world) {
                    world.remove(other);
                }
            } else if (world.payloads.containsKey(other)) {
                PayloadChange change = new PayloadChange.Put(JsonNodeFactory.instance.objectNode().put("n", 1_000 + written), null);
                await(points.changePayload(tenant, world.name, new PointSelector.Ids(List.of(other)), change));
                synchronized (world) {
                    Point before = world.points.get(other);
                    world.add(new Point(other, before.vector(), PayloadEdits.apply(before.payload(), change)));
                }
            }
            written++;
        }
        return written;
    }

    /** Counts and searches; no answer has a point twice. */
    private int read(VectorWorld world, AtomicBoolean stop) {
        Random own = new Random(10);
        int reads = 0;
        while (!stop.get() || reads < 30) {
            List<PointId> ids = await(searches.search(tenant, world.name, Search.of(VectorWorld.clustered(own, centres), 50).with(Returning.NOTHING)))
                    .stream().map(one -> one.point().id()).toList();
            assertThat(ids).hasSize(50).doesNotHaveDuplicates();
            assertThat(await(points.count(tenant, world.name, Filter.EVERY, true))).isGreaterThan(900);
            reads++;
        }
        return reads;
    }

    private VectorWorld world(String name, Metric metric, IndexSpec index, int count) {
        return world(tenant, name, metric, index, count);
    }

    private VectorWorld world(TenantId whose, String name, Metric metric, IndexSpec index, int count) {
        VectorWorld world = new VectorWorld(whose.value(), name, metric);
        await(collections.create(whose, world.name, CollectionSpec.of(DIMENSION, metric).with(index).with(RandomFilters.INDEXES)));
        for (int i = 0; i < count; i++) {
            world.add(new Point(PointId.of(i), VectorWorld.clustered(random, centres), filters.payload()));
        }
        world.store(points);
        return world;
    }

    /** That the collection is what the world says, by page, by count, by search. */
    private void same(VectorWorld world) {
        List<PointId> ids = await(points.scroll(world.tenant, world.name, Filter.EVERY, null, 10_000, Returning.NOTHING)).points().stream()
                .map(point -> point.id()).toList();
        assertThat(ids).isEqualTo(List.copyOf(world.points.keySet()));
        assertThat(await(points.count(world.tenant, world.name, Filter.EVERY, true))).isEqualTo(ids.size());
        double recall = 0;
        for (int i = 0; i < 60; i++) {
            Search search = Search.of(VectorWorld.clustered(random, centres), 10).with(FilterJson.read(i % 2 == 0 ? null : filters.filter(1)));
            Search asked = i % 3 == 0 ? search.exactly() : search;
            recall += world.check(asked, await(searches.search(world.tenant, world.name, asked)));
        }
        assertThat(recall / 60).as("recall").isGreaterThanOrEqualTo(0.97);
    }

    private CollectionInfo info(VectorWorld world) {
        return await(collections.get(world.tenant, world.name));
    }

    private Place place(VectorWorld world) {
        return await(store.list()).stream().filter(one -> one.collection() == info(world).id()).findFirst().orElseThrow();
    }

    private static long rows(String table, long collection) {
        long[] count = new long[1];
        ProductRuntime.ask("SELECT count(*) FROM " + table + " WHERE collection_id = " + collection, row -> count[0] = row.getLong(1));
        return count[0];
    }

    private static boolean exists(String table) {
        boolean[] there = new boolean[1];
        ProductRuntime.ask("SELECT to_regclass('" + table + "') IS NOT NULL", row -> there[0] = row.getBoolean(1));
        return there[0];
    }
}
