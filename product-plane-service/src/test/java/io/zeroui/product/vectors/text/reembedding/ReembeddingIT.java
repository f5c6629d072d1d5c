package io.zeroui.product.vectors.text.reembedding;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.AliasChange;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.PayloadChange;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.store.SwitchStore;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the built-in model to a service outside, while the collection is used. */
@QuarkusTest
@TestProfile(ReembeddingProfile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
@WithTestResource(EmbeddingServer.class)
class ReembeddingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);
    private static final CollectionName OLD = CollectionName.of("notes-1");
    private static final CollectionName NEW = CollectionName.of("notes-2");
    private static final CollectionName NOTES = CollectionName.of("notes");

    private final TenantId tenant = TenantId.of("r-" + UUID.randomUUID());

    @Inject
    DatabaseSchema schema;
    @Inject
    Collections collections;
    @Inject
    Points points;

    @BeforeEach
    void aCollectionWithAnAlias() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        given().contentType("application/json").body(Map.of("tenant_id", tenant.value())).post("/v1/tenants").then().statusCode(201);
        assertThat(get(collections.create(tenant, OLD, CollectionSpec.of(384, Metric.COSINE))).name()).isEqualTo(OLD);
        var unused = get(collections.changeAliases(tenant, List.of(new AliasChange.Put(NOTES, OLD))));
    }

    @Test
    void theAliasMeansTheNewCollectionOnceItHasEverythingThatTheOldOneHas() {
        for (int i = 0; i < 30; i++) {
            put("doc-" + i, "Note number " + i + " is about topic" + i + ".");
        }
        JsonPath job = begin("notes", "notes-2", "http").statusCode(202).extract().jsonPath();
        assertThat(job.getLong("points")).isEqualTo(30);
        begin("notes", "notes-3", "http").statusCode(409);
        assertThat(get(collections.exists(tenant, CollectionName.of("notes-3")))).isFalse();
        put("doc-3", "Note number 3 was changed and is about sailing.");
        put("late", "A note that came late.");
        given().header("X-Tenant-Id", tenant.value()).delete("/v1/collections/notes/documents/doc-5").then().statusCode(200);

        awaitState(job.getString("job_id"), "done");
        assertThat(get(collections.aliases(tenant))).containsEntry(NOTES, NEW);
        assertThat(documents(NEW)).isEqualTo(documents(OLD)).hasSize(30).contains("late").doesNotContain("doc-5");
        JsonPath found = given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(Map.of("text", "topic17", "limit", 1))
                .post("/v1/collections/notes/search/text").then().statusCode(200).extract().jsonPath();
        assertThat(found.getString("model")).isEqualTo("words-8");
        assertThat(read("doc-3")).contains("sailing");
        assertThat(given().header("X-Tenant-Id", tenant.value()).get("/v1/reembeddings").then().statusCode(200).extract().jsonPath()
                .getList("items.state")).containsExactly("done");
    }

    @Test
    void aJobThatWasStoppedGoesOnWhereItWas() {
        for (int i = 0; i < 40; i++) {
            put("doc-" + i, "Note number " + i + " is about topic" + i + ".");
        }
        String id = begin("notes", "notes-2", "http").statusCode(202).extract().path("job_id");
        await().atMost(PATIENCE).until(() -> job(id).getLong("seen") >= 10);
        RUNTIME.stop(RuntimePart.PRODUCT);
        RUNTIME.start(RuntimePart.PRODUCT);
        awaitState(id, "done");
        assertThat(job(id).getLong("embedded")).as("not from the beginning").isBetween(40L, 50L);
        assertThat(documents(NEW)).hasSize(40);
    }

    @Test
    void whatHasNoTextIsCountedAndWhatCannotBeIsRefused() {
        put("doc", "A note.");
        var unused = get(points.upsert(tenant, OLD, List.of(new Point(PointId.of(7), ones(), JsonNodeFactory.instance.objectNode()))));
        begin("nothing", "notes-2", "http").statusCode(404);
        begin("notes-1", "notes-2", "http").statusCode(409);
        begin("notes", "notes-1", "http").statusCode(409);
        begin("notes", "notes-2", "nobody").statusCode(400);
        String id = begin("notes", "notes-2", "http").statusCode(202).extract().path("job_id");
        awaitState(id, "done");
        assertThat(job(id).getLong("skipped")).isEqualTo(1);
        assertThat(documents(NEW)).containsExactly("doc");
        given().header("X-Tenant-Id", "other-" + tenant).get("/v1/reembeddings/" + id).then().statusCode(404);
        given().header("X-Tenant-Id", tenant.value()).get("/v1/reembeddings/x").then().statusCode(404);
    }

    /** Every write names the alias; each that was answered is found by the alias afterwards, whichever collection it meant. */
    @Test
    void noChangeOfAPayloadIsLostAtTheSwitch() throws Exception {
        SwitchStore.Likeness like = new SwitchStore.Likeness("embedding_model", "content");
        assertThat(get(collections.create(tenant, NEW, CollectionSpec.of(384, Metric.COSINE))).name()).isEqualTo(NEW);
        List<PointId> ids = LongStream.range(0, 5).mapToObj(PointId::of).toList();
        var unused = get(points.upsert(tenant, OLD, ids.stream().map(id -> point(id, "A note.", "old")).toList()));
        assertThat(get(collections.replace(tenant, NOTES, OLD, NEW, like))).as("nothing was copied").isFalse();
        AtomicInteger written = new AtomicInteger();
        AtomicBoolean isSwitched = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        Future<Integer> writing = writer.submit(() -> {
            for (int after = 0; after < 20; after += isSwitched.get() ? 1 : 0) {
                int number = written.incrementAndGet();
                assertThat(get(points.changePayload(tenant, NOTES, new PointSelector.Ids(List.of(ids.get(number % 5))),
                        new PayloadChange.Put(JsonNodeFactory.instance.objectNode().put("number", number), null)))).isEqualTo(1);
            }
            return written.get();
        });
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            var copied = get(points.upsert(tenant, NEW, get(points.scroll(tenant, OLD, Filter.EVERY, null, 10, Returning.EVERYTHING)).points().stream()
                    .map(one -> new Point(one.id(), one.vector(), one.payload().put("embedding_model", "new"))).toList()));
            return get(collections.replace(tenant, NOTES, OLD, NEW, like));
        });
        isSwitched.set(true);
        int last = writing.get(60, TimeUnit.SECONDS);
        writer.shutdown();
        assertThat(get(points.get(tenant, NOTES, ids, Returning.PAYLOAD))).extracting(one -> one.payload().path("number").asInt())
                .containsExactlyInAnyOrder(last, last - 1, last - 2, last - 3, last - 4);
        assertThat(get(points.get(tenant, OLD, ids, Returning.PAYLOAD))).as("the first was left before the end")
                .allMatch(one -> one.payload().path("number").asInt() <= last - 20);
        assertThat(get(collections.replace(tenant, NOTES, OLD, NEW, like))).as("it means the other already").isFalse();
    }

    @Test
    void collectionsAreAlikeButForTheModelAndPointsWithoutAText() {
        SwitchStore.Likeness like = new SwitchStore.Likeness("embedding_model", "content");
        assertThat(get(collections.create(tenant, NEW, CollectionSpec.of(384, Metric.COSINE))).name()).isEqualTo(NEW);
        PointId one = PointId.of(1);
        PointId two = PointId.of(2);
        var first = get(points.upsert(tenant, OLD, List.of(point(one, "A note.", "old"), point(two, " \t\u2003\n", "old"))));
        var second = get(points.upsert(tenant, NEW, List.of(point(one, "A note.", "new"), point(two, "", "new"))));
        assertThat(get(collections.replace(tenant, NOTES, OLD, NEW, like))).as("a point more").isFalse();
        assertThat(get(points.delete(tenant, NEW, new PointSelector.Ids(List.of(two))))).isEqualTo(1);
        assertThat(get(points.changePayload(tenant, OLD, new PointSelector.Ids(List.of(two)),
                new PayloadChange.Put(JsonNodeFactory.instance.objectNode().put("content", "\u00a0"), null)))).isEqualTo(1);
        assertThat(get(collections.replace(tenant, NOTES, OLD, NEW, like))).as("a text by now").isFalse();
        assertThat(get(points.delete(tenant, OLD, new PointSelector.Ids(List.of(two))))).isEqualTo(1);
        assertThat(get(collections.replace(tenant, NOTES, OLD, NEW, like))).isTrue();
        assertThat(get(collections.aliases(tenant))).containsEntry(NOTES, NEW);
    }

    private static Point point(PointId id, String content, String model) {
        return new Point(id, ones(), JsonNodeFactory.instance.objectNode().put("content", content).put("embedding_model", model));
    }

    private static float[] ones() {
        float[] ones = new float[384];
        Arrays.fill(ones, 1);
        return ones;
    }

    private ValidatableResponse begin(String alias, String target, String provider) {
        return given().header("X-Tenant-Id", tenant.value()).contentType("application/json")
                .body(Map.of("alias", alias, "target", target, "provider", provider)).post("/v1/reembeddings").then();
    }

    private void put(String id, String text) {
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(Map.of("content", text))
                .put("/v1/collections/notes/documents/{id}", id).then().statusCode(200);
    }

    private String read(String id) {
        return given().header("X-Tenant-Id", tenant.value()).get("/v1/collections/notes/documents/{id}", id).then().statusCode(200).extract()
                .path("content");
    }

    private JsonPath job(String id) {
        return given().header("X-Tenant-Id", tenant.value()).get("/v1/reembeddings/" + id).then().statusCode(200).extract().jsonPath();
    }

    private void awaitState(String id, String state) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            JsonPath job = job(id);
            assertThat(job.getString("state")).as(job.prettify()).isEqualTo(state);
        });
    }

    private Set<String> documents(CollectionName collection) {
        Set<String> documents = new TreeSet<>();
        get(points.scroll(tenant, collection, Filter.EVERY, null, 1_000, Returning.PAYLOAD)).points()
                .forEach(point -> documents.add(point.payload().path("document_id").asText("-")));
        documents.remove("-");
        return documents;
    }

    private static <T> T get(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
