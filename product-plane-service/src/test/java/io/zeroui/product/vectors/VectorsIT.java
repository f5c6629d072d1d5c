package io.zeroui.product.vectors;

import static io.zeroui.product.vectors.VectorWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.FilterEvaluator;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.filter.RandomFilters;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Collections, points and searches of small collections on a real database. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class VectorsIT {

    private static final CollectionName NAME = CollectionName.of("things");

    @Inject
    Collections collections;
    @Inject
    Points points;
    @Inject
    Searches searches;
    @Inject
    DatabaseSchema schema;

    private final TenantId tenant = TenantId.of("v-" + UUID.randomUUID());

    @BeforeEach
    void ready() {
        assertThat(schema.whenReady().await().atMost(VectorWorld.PATIENCE)).isNotEmpty();
    }

    @Test
    void randomFiltersMeanOnTheDatabaseWhatTheyMeanHere() {
        Random random = new Random(11);
        RandomFilters filters = new RandomFilters(random);
        create(CollectionSpec.of(2, Metric.L2).with(RandomFilters.INDEXES));
        Map<PointId, ObjectNode> payloads = new TreeMap<>();
        List<Point> written = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            PointId id = i % 2 == 0 ? PointId.of(i) : PointId.of(new UUID(random.nextLong(), random.nextLong()));
            ObjectNode payload = filters.payload();
            payloads.put(id, payload);
            written.add(new Point(id, new float[] {i, 1}, payload));
        }
        await(points.upsert(tenant, NAME, written));
        for (int i = 0; i < 400; i++) {
            ObjectNode json = filters.filter(2);
            Filter filter = FilterJson.read(json);
            List<PointId> expected = FilterEvaluator.ids(filter, payloads);
            assertThat(ids(await(points.scroll(tenant, NAME, filter, null, 10_000, Returning.NOTHING)).points())).as(json.toString())
                    .isEqualTo(expected);
            assertThat(await(points.count(tenant, NAME, filter, true))).as(json.toString()).isEqualTo(expected.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aSmallCollectionIsSearchedExactly(Metric metric) {
        Random random = new Random(metric.ordinal());
        VectorWorld world = new VectorWorld(tenant.value(), "world", metric);
        await(collections.create(tenant, world.name, CollectionSpec.of(7, metric)));
        float[][] centres = VectorWorld.centres(random, 5, 7);
        RandomFilters filters = new RandomFilters(random);
        for (int i = 0; i < 300; i++) {
            world.add(new Point(PointId.of(i), VectorWorld.clustered(random, centres), filters.payload()));
        }
        world.store(points);
        for (int i = 0; i < 100; i++) {
            Search search = Search.of(VectorWorld.clustered(random, centres), 1 + random.nextInt(20)).with(FilterJson.read(filters.filter(1)))
                    .exactly();
            world.check(search, await(searches.search(tenant, world.name, search)));
        }
    }

    @Test
    void pointsAreWrittenReadAndChanged() {
        create(CollectionSpec.of(2, Metric.COSINE).with(Map.of("tag", FieldType.KEYWORD)));
        PointId one = PointId.of(1);
        PointId uuid = PointId.of(UUID.randomUUID());
        await(points.upsert(tenant, NAME, List.of(point(one, 1, 0, "{\"tag\":\"old\"}"), point(uuid, 0, 1, "{}"),
                point(one, 1, 1, "{\"tag\":\"a\",\"deep\":{\"x\":1}}"))));
        assertThat(await(points.get(tenant, NAME, List.of(uuid, PointId.of(9), one), Returning.EVERYTHING))).extracting(StoredPoint::id)
                .containsExactly(uuid, one);
        StoredPoint read = await(points.get(tenant, NAME, List.of(one), Returning.EVERYTHING)).get(0);
        assertThat(read.vector()).containsExactly(1f, 1f);
        assertThat(read.payload()).hasToString("{\"tag\":\"a\",\"deep\":{\"x\":1}}");

        PointSelector all = new PointSelector.Matching(Filter.EVERY);
        assertThat(await(points.changePayload(tenant, NAME, all, new PayloadChange.Put(object("{\"y\":2}"), "deep")))).isEqualTo(2);
        assertThat(await(points.changePayload(tenant, NAME, new PointSelector.Ids(List.of(one)), new PayloadChange.Delete(List.of("deep.x")))))
                .isEqualTo(1);
        assertThat(payload(one)).isEqualTo(object("{\"tag\":\"a\",\"deep\":{\"y\":2}}"));
        await(points.changePayload(tenant, NAME, new PointSelector.Ids(List.of(uuid)), new PayloadChange.Overwrite(object("{\"tag\":\"b\"}"))));
        assertThat(ids(await(points.scroll(tenant, NAME, must("{\"key\":\"tag\",\"match\":{\"value\":\"b\"}}"), null, 10, Returning.NOTHING))
                .points())).containsExactly(uuid);
        await(points.changePayload(tenant, NAME, new PointSelector.Ids(List.of(uuid)), new PayloadChange.Clear()));
        assertThat(payload(uuid)).isEqualTo(object("{}"));

        await(points.updateVectors(tenant, NAME, Map.of(one, new float[] {3, 4})));
        assertThat(await(points.get(tenant, NAME, List.of(one), Returning.EVERYTHING)).get(0).vector()).containsExactly(3f, 4f);
        assertThatThrownBy(() -> await(points.updateVectors(tenant, NAME, Map.of(one, new float[] {1, 1}, PointId.of(5), new float[] {1, 1}))))
                .isInstanceOf(ProblemException.class);
        assertThat(await(points.get(tenant, NAME, List.of(one), Returning.EVERYTHING)).get(0).vector()).as("none is changed")
                .containsExactly(3f, 4f);

        assertThat(await(points.delete(tenant, NAME, new PointSelector.Ids(List.of(one, PointId.of(77)))))).isEqualTo(1);
        assertThat(await(points.delete(tenant, NAME, all))).isEqualTo(1);
        assertThat(await(points.count(tenant, NAME, Filter.EVERY, false))).isZero();
    }

    @Test
    void aReadyMadeCollectionThatIsDeletedStaysAwayUntilItIsMade() {
        CollectionName seed = CollectionName.of("knowledge");
        assertThat(await(collections.get(tenant, seed)).spec().dimension()).isEqualTo(768);
        assertThat(await(collections.delete(tenant, seed))).isTrue();
        assertThatThrownBy(() -> await(collections.get(tenant, seed))).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.status()).isEqualTo(404));
        assertThat(await(collections.get(TenantId.of("p-" + UUID.randomUUID()), seed)).spec().dimension()).as("another's").isEqualTo(768);
        assertThat(await(collections.create(tenant, seed, CollectionSpec.of(2, Metric.L2))).spec().dimension()).isEqualTo(2);
        await(points.upsert(tenant, seed, List.of(new Point(PointId.of(1), new float[] {1, 2}, JsonNodeFactory.instance.objectNode()))));
    }

    @Test
    void pagesOfPointsMissNoneAndRepeatNone() {
        create(CollectionSpec.of(1, Metric.L2));
        List<Point> written = new ArrayList<>();
        for (int i = 0; i < 95; i++) {
            written.add(point(PointId.of(i * 10_000_000_019L), i, "{\"n\":" + i % 7 + "}"));
        }
        await(points.upsert(tenant, NAME, written));
        List<PointId> seen = new ArrayList<>();
        PointId from = null;
        do {
            PointPage page = await(points.scroll(tenant, NAME, Filter.EVERY, from, 10, Returning.NOTHING));
            seen.addAll(ids(page.points()));
            from = page.next();
        } while (from != null);
        assertThat(seen).isEqualTo(written.stream().map(Point::id).toList());
        List<Points.Ordered> ordered = await(points.ordered(tenant, NAME, Filter.EVERY, "n", false, JsonNodeFactory.instance.numberNode(5), 20,
                Returning.PAYLOAD));
        assertThatThrownBy(() -> await(points.ordered(tenant, NAME, Filter.EVERY, "n", false,
                JsonNodeFactory.instance.numberNode(new BigDecimal("1e999999")), 20, Returning.PAYLOAD))).isInstanceOfSatisfying(ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(400));
        assertThat(ordered).extracting(one -> one.value().intValue()).startsWith(5, 5).endsWith(4).isSortedAccordingTo((a, b) -> b - a);
    }

    @Test
    void equalScoresAreInTheOrderOfIdsAndPagesFitTogether() {
        create(CollectionSpec.of(2, Metric.INNER_PRODUCT));
        List<Point> written = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            written.add(point(PointId.of(29 - i), 1, i % 3, "{\"g\":" + i % 5 + ",\"text\":\"word" + i + " common\"}"));
        }
        await(points.upsert(tenant, NAME, written));
        List<PointId> whole = await(searches.search(tenant, NAME, Search.of(new float[] {0, 1}, 30))).stream().map(one -> one.point().id()).toList();
        Search second = new Search(new float[] {0, 1}, Filter.EVERY, 10, 10, null, false, null, Returning.NOTHING);
        assertThat(await(searches.search(tenant, NAME, second))).extracting(one -> one.point().id()).isEqualTo(whole.subList(10, 20));
        Search within = new Search(new float[] {0, 1}, Filter.EVERY, 30, 0, 1.0, false, null, Returning.NOTHING);
        assertThat(await(searches.search(tenant, NAME, within))).hasSize(20).allMatch(one -> one.score() >= 1);

        List<PointGroup> groups = await(searches.groups(tenant, NAME, Search.of(new float[] {0, 1}, 3), "g", 2));
        assertThat(groups).hasSize(3).allSatisfy(group -> assertThat(group.points()).hasSize(2));
        assertThat(await(searches.facet(tenant, NAME, "g", Filter.EVERY, 10))).hasSize(5).allMatch(count -> count.points() == 6);
        List<List<ScoredPoint>> batch = await(searches.batch(tenant, NAME, List.of(second, within)));
        assertThat(batch.get(0)).hasSize(10);
        assertThat(batch.get(1)).hasSize(20);
    }

    @Test
    void recommendationsAreNearTheGoodAndFarFromTheBad() {
        create(CollectionSpec.of(2, Metric.COSINE));
        await(points.upsert(tenant, NAME, List.of(point(PointId.of(1), 1, 0.1f, "{}"), point(PointId.of(2), 1, 0.2f, "{}"),
                point(PointId.of(3), 0.1f, 1, "{}"), point(PointId.of(4), 1, -0.2f, "{}"))));
        List<ScoredPoint> found = await(searches.recommend(tenant, NAME, new Recommendation(List.of(PointId.of(1)), List.of(PointId.of(3)), List.of(),
                List.of(), Search.of(new float[0], 2))));
        assertThat(found).extracting(one -> one.point().id()).containsExactly(PointId.of(4), PointId.of(2));
        assertThatThrownBy(() -> await(searches.recommend(tenant, NAME, new Recommendation(List.of(PointId.of(99)), List.of(), List.of(), List.of(),
                Search.of(new float[0], 2))))).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void hybridSearchFindsByWordsWhatIsFarAndByNearnessWhatHasNoWords() {
        create(CollectionSpec.of(2, Metric.L2).with(Map.of("text", FieldType.TEXT)));
        List<Point> written = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            written.add(point(PointId.of(i), i, 0, "{\"text\":\"common words " + (i == 399 ? "Zebra" : "") + "\",\"even\":" + (i % 2 == 0) + "}"));
        }
        await(points.upsert(tenant, NAME, written));
        List<ScoredPoint> found = await(searches.hybrid(tenant, NAME, new HybridSearch(Search.of(new float[] {0, 0}, 5), "the zebra", "text")));
        assertThat(found).extracting(one -> one.point().id().toString()).containsExactly("0", "399", "1", "2", "3");
        assertThat(found.get(0).score()).isEqualTo(1.0 / 61);
        List<ScoredPoint> even = await(searches.hybrid(tenant, NAME, new HybridSearch(Search.of(new float[] {0, 0}, 3)
                .with(must("{\"key\":\"even\",\"match\":{\"value\":true}}")), "zebra common", "text")));
        assertThat(even).extracting(one -> one.point().id().toString()).containsExactly("0", "2", "4");
        assertThatThrownBy(() -> await(searches.hybrid(tenant, NAME, new HybridSearch(Search.of(new float[] {0, 0}, 5), "zebra", "even"))))
                .hasMessageContaining("payload index");
    }

    @Test
    void anAliasMovesInAMomentAndNamesAreTakenOnce() {
        create(CollectionSpec.of(1, Metric.L2));
        CollectionName other = CollectionName.of("things-2");
        CollectionName live = CollectionName.of("live");
        await(collections.create(tenant, other, CollectionSpec.of(1, Metric.L2)));
        await(points.upsert(tenant, other, List.of(point(PointId.of(2), 1, "{}"))));
        await(collections.changeAliases(tenant, List.of(new AliasChange.Put(live, NAME))));
        assertThat(await(points.count(tenant, live, Filter.EVERY, true))).isZero();
        await(collections.changeAliases(tenant, List.of(new AliasChange.Delete(live), new AliasChange.Put(live, other))));
        assertThat(await(points.count(tenant, live, Filter.EVERY, true))).isEqualTo(1);
        CollectionName wide = CollectionName.of("wide");
        await(collections.create(tenant, wide, CollectionSpec.of(2, Metric.L2)));
        await(collections.changeAliases(tenant, List.of(new AliasChange.Put(live, wide))));
        await(points.upsert(tenant, live, List.of(point(PointId.of(1), 1, 2, "{}"))));
        refused(400, () -> await(points.upsert(tenant, live, List.of(point(PointId.of(1), 1, "{}")))));
        await(collections.changeAliases(tenant, List.of(new AliasChange.Put(live, other))));
        refused(409, () -> await(collections.create(tenant, live, CollectionSpec.of(1, Metric.L2))));
        refused(409, () -> await(collections.create(tenant, NAME, CollectionSpec.of(1, Metric.L2))));
        refused(409, () -> await(collections.changeAliases(tenant, List.of(new AliasChange.Put(NAME, other)))));
        refused(404, () -> await(collections.changeAliases(tenant, List.of(new AliasChange.Delete(live), new AliasChange.Delete(live)))));
        assertThat(await(collections.aliases(tenant))).as("all or none").containsExactly(Map.entry(live, other));
        assertThat(await(collections.delete(tenant, other))).isTrue();
        assertThat(await(collections.aliases(tenant))).isEmpty();
        refused(404, () -> await(points.count(tenant, live, Filter.EVERY, true)));
    }

    @Test
    void payloadIndexesThatComeLateKnowWhatWasThere() {
        create(CollectionSpec.of(1, Metric.L2));
        List<Point> written = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            written.add(point(PointId.of(i), i, "{\"text\":\"word" + i + "\"}"));
        }
        await(points.upsert(tenant, NAME, written));
        await(collections.createPayloadIndex(tenant, NAME, "text", FieldType.TEXT));
        await(collections.createPayloadIndex(tenant, NAME, "text", FieldType.TEXT));
        refused(409, () -> await(collections.createPayloadIndex(tenant, NAME, "text", FieldType.KEYWORD)));
        assertThat(await(searches.hybrid(tenant, NAME, new HybridSearch(Search.of(new float[] {0}, 2), "word1499", "text"))))
                .extracting(one -> one.point().id().toString()).containsExactly("0", "1499");
        assertThat(await(collections.get(tenant, NAME)).spec().payloadIndexes()).containsEntry("text", FieldType.TEXT);
        assertThat(await(collections.deletePayloadIndex(tenant, NAME, "text"))).isTrue();
        assertThat(await(collections.deletePayloadIndex(tenant, NAME, "text"))).isFalse();
    }

    @Test
    void theSeedsCollectionsAreThereAtFirstUse() {
        assertThat(await(collections.exists(tenant, CollectionName.of("code")))).isFalse();
        CollectionSpec code = await(collections.get(tenant, CollectionName.of("code"))).spec();
        assertThat(code.dimension()).isEqualTo(4096);
        assertThat(code.index()).isEqualTo(new IndexSpec.Hnsw(24, 64));
        float[] vector = new float[4096];
        vector[17] = 1;
        await(points.upsert(tenant, CollectionName.of("code"), List.of(new Point(PointId.of(1), vector, object("{\"language\":\"java\"}")))));
        assertThat(await(searches.search(tenant, CollectionName.of("code"), Search.of(vector, 3)))).singleElement()
                .satisfies(found -> assertThat(found.score()).isEqualTo(1));
        assertThat(await(collections.get(tenant, CollectionName.of("vector_store"))).spec().index()).isEqualTo(new IndexSpec.IvfFlat(100));
    }

    @Test
    void oneTenantDoesNotSeeAnothersCollection() {
        create(CollectionSpec.of(1, Metric.L2));
        TenantId other = TenantId.of("v-" + UUID.randomUUID());
        refused(404, () -> await(collections.get(other, NAME)));
        refused(404, () -> await(searches.search(other, NAME, Search.of(new float[] {1}, 1))));
        assertThat(await(collections.delete(other, NAME))).isFalse();
        assertThat(await(collections.list(other))).isEmpty();
    }

    private void create(CollectionSpec spec) {
        assertThat(await(collections.create(tenant, NAME, spec)).name()).isEqualTo(NAME);
    }

    private ObjectNode payload(PointId id) {
        return await(points.get(tenant, NAME, List.of(id), Returning.PAYLOAD)).get(0).payload();
    }

    private static List<PointId> ids(List<StoredPoint> found) {
        return found.stream().map(StoredPoint::id).toList();
    }

    private static Filter must(String condition) {
        return FilterJson.read(object("{\"must\":[" + condition + "]}"));
    }

    private static Point point(PointId id, float x, String payload) {
        return new Point(id, new float[] {x}, object(payload));
    }

    private static Point point(PointId id, float x, float y, String payload) {
        return new Point(id, new float[] {x, y}, object(payload));
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void refused(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(status));
    }
}
