package io.zeroui.product.vectors.text;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents and search by texts, over HTTP, with the built-in model. */
@QuarkusTest
@TestProfile(TextProfile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class DocumentsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CollectionName DOCS = CollectionName.of("docs");
    private static final String QUEUE = "Messages wait in a queue before they are handled. The queue survives a restart.\n\n";
    private static final String BAKING = "Bread rises because yeast turns sugar into gas. Knead the dough for ten minutes.\n\n";
    private static final String SAILING = "The mainsail is hoisted into the wind. A sailor watches the weather.\n\n";

    private final TenantId tenant = TenantId.of("d-" + UUID.randomUUID());

    @Inject
    DatabaseSchema schema;
    @Inject
    Collections collections;
    @Inject
    Points points;
    @Inject
    Documents documents;

    @BeforeEach
    void aCollection() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        given().contentType("application/json").body(Map.of("tenant_id", tenant.value())).post("/v1/tenants").then().statusCode(201);
        assertThat(await(collections.create(tenant, DOCS, CollectionSpec.of(384, Metric.COSINE))).name()).isEqualTo(DOCS);
    }

    @Test
    void aDocumentIsKeptInChunksFoundByItsMeaningAndReadAsItWasWritten() {
        String text = QUEUE.repeat(6) + BAKING.repeat(6) + SAILING.repeat(6);
        JsonPath put = put("guides/all", Map.of("title", "Three things", "content", text, "tags", List.of("a", "b"), "file_type", "md", "created_at",
                "2026-01-16T00:00:00Z", "metadata", Map.of("owner", "ana"), "chunk", Map.of("size", 64, "overlap", 0))).statusCode(200).extract().jsonPath();
        assertThat(put.getInt("chunks")).isGreaterThan(2);
        assertThat(put.getInt("embedded")).isLessThanOrEqualTo(put.getInt("chunks"));

        JsonPath got = get("guides/all").statusCode(200).extract().jsonPath();
        assertThat(got.getString("content")).isEqualTo(text);
        assertThat(got.getString("document_title")).isEqualTo("Three things");
        assertThat(got.getList("tags")).containsExactly("a", "b");
        assertThat(got.getString("created_at")).isEqualTo("2026-01-16T00:00:00Z");
        assertThat(got.getMap("metadata")).isEqualTo(Map.of("owner", "ana"));

        JsonPath found = search(Map.of("text", "how is bread made?", "limit", 3));
        assertThat(found.getString("items[0].payload.content")).contains("yeast");
        assertThat(found.getString("items[0].payload.document_id")).isEqualTo("guides/all");
        assertThat(found.getString("model")).isEqualTo("all-MiniLM-L6-v2");
        assertThat(search(Map.of("text", "durable messaging", "limit", 1)).getString("items[0].payload.content")).contains("queue");
        JsonPath filtered = search(Map.of("text", "how is bread made?", "filter", Map.of("must", Map.of("key", "tags", "match", Map.of("value", "c")))));
        assertThat(filtered.getList("items")).isEmpty();
        JsonPath few = search(Map.of("text", "yachts", "limit", 2, "with_payload", List.of("chunk_index"), "with_vector", true));
        assertThat(few.getMap("items[0].payload")).containsOnlyKeys("chunk_index");
        assertThat(few.getList("items[0].vector")).hasSize(384);
    }

    @Test
    void wordsCountTooWhereTheyAreAskedFor() {
        put("queue", Map.of("content", QUEUE)).statusCode(200);
        put("ticket", Map.of("content", "Ticket ZQ1174 was closed without a comment.")).statusCode(200);
        put("bread", Map.of("content", BAKING)).statusCode(200);
        assertThat(search(Map.of("text", "ZQ1174", "hybrid", true, "limit", 1)).getString("items[0].payload.document_id")).isEqualTo("ticket");
    }

    @Test
    void aTextThatIsThereIsNotEmbeddedAgain() {
        String text = IntStream.range(0, 12).mapToObj(i -> "Paragraph number " + i + " says something of its own, " + "word ".repeat(20) + i + ".\n\n")
                .collect(Collectors.joining());
        Map<String, Object> chunk = Map.of("size", 32, "overlap", 0);
        int chunks = put("one", Map.of("content", text, "chunk", chunk)).statusCode(200).extract().jsonPath().getInt("embedded");
        assertThat(chunks).isGreaterThan(5);
        assertThat(put("one", Map.of("content", text, "chunk", chunk)).statusCode(200).extract().jsonPath().getInt("embedded")).isZero();
        JsonPath copy = put("two", Map.of("content", text, "title", "a copy", "chunk", chunk)).statusCode(200).extract().jsonPath();
        assertThat(copy.getInt("embedded")).isZero();
        JsonPath longer = put("three", Map.of("content", text + "One paragraph more, which is new.", "chunk", chunk)).statusCode(200).extract().jsonPath();
        assertThat(longer.getInt("embedded")).isBetween(1, 2);
        assertThat(put("four", Map.of("content", "Same words. ".repeat(200), "chunk", chunk)).statusCode(200).extract().jsonPath().getInt("embedded"))
                .isLessThanOrEqualTo(3);
        assertThat(given().header("X-Tenant-Id", tenant.value()).get("/v1/collections/docs/documents?limit=2").then().statusCode(200).extract()
                .jsonPath().getList("items")).hasSize(2);
    }

    @Test
    void aNewVersionTakesThePlaceOfTheOldOneWhateverItsLength() {
        put("guide", Map.of("content", QUEUE.repeat(10), "chunk", Map.of("size", 32, "overlap", 8))).statusCode(200);
        put("guide", Map.of("content", BAKING)).statusCode(200);
        assertThat(get("guide").extract().jsonPath().getString("content")).isEqualTo(BAKING);
        assertThat(payloads("guide")).hasSize(1);
        assertThat(search(Map.of("text", "queue", "limit", 10)).getList("items.payload.content")).hasSize(1);
        put("guide", Map.of("content", SAILING.repeat(10), "chunk", Map.of("unit", "characters", "size", 100, "overlap", 20))).statusCode(200);
        assertThat(get("guide").extract().jsonPath().getString("content")).isEqualTo(SAILING.repeat(10));
        given().header("X-Tenant-Id", tenant.value()).delete("/v1/collections/docs/documents/guide").then().statusCode(200);
        get("guide").statusCode(404);
        assertThat(payloads("guide")).isEmpty();
        assertThat(given().header("X-Tenant-Id", tenant.value()).delete("/v1/collections/docs/documents/guide").then().statusCode(200).extract()
                .jsonPath().getBoolean("deleted")).isFalse();
    }

    /** Many write the same document at once, in several versions: one of them stays, and nothing of the others. */
    @Test
    void ofManyWritingsAtOnceOneStaysWhole() {
        Set<String> texts = IntStream.range(0, 8).mapToObj(i -> ("Version " + i + " of it. " + "Word" + i + " and more. ").repeat(i * 3 + 1))
                .collect(Collectors.toSet());
        List<Uni<DocumentView>> writings = new ArrayList<>();
        for (String text : texts) {
            writings.add(documents.put(tenant, DOCS, new DocumentId("race"), NewDocument.of("", text, List.of(), Instant.EPOCH,
                    JsonNodeFactory.instance.objectNode())));
        }
        assertThat(Uni.join().all(writings).andFailFast().await().atMost(PATIENCE)).hasSize(8);
        assertThat(texts).contains(get("race").extract().jsonPath().getString("content"));
        assertThat(payloads("race").stream().map(point -> point.payload().path("document_version").asLong()).distinct()).hasSize(1);
    }

    @Test
    void anotherTenantReadsFindsAndDeletesNothing() {
        put("mine", Map.of("content", QUEUE)).statusCode(200);
        TenantId other = TenantId.of("o-" + UUID.randomUUID());
        given().contentType("application/json").body(Map.of("tenant_id", other.value())).post("/v1/tenants").then().statusCode(201);
        assertThat(await(collections.create(other, DOCS, CollectionSpec.of(384, Metric.COSINE))).name()).isEqualTo(DOCS);
        String key = given().contentType("application/json").body(Map.of("name", "k", "tenant_id", other.value(), "permissions",
                List.of("vectors:read", "vectors:write"))).post("/v1/credentials").then().statusCode(201).extract().path("key");
        given().header("Authorization", "Bearer " + key).get("/v1/collections/docs/documents/mine").then().statusCode(404);
        assertThat(given().header("Authorization", "Bearer " + key).delete("/v1/collections/docs/documents/mine").then().statusCode(200).extract()
                .jsonPath().getBoolean("deleted")).isFalse();
        assertThat(given().header("Authorization", "Bearer " + key).contentType("application/json").body(Map.of("text", "queue"))
                .post("/v1/collections/docs/search/text").then().statusCode(200).extract().jsonPath().getList("items")).isEmpty();
        given().header("Authorization", "Bearer " + key).header("X-Tenant-Id", tenant.value()).get("/v1/collections/docs/documents").then().statusCode(403);
        get("mine").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{|400", "{}|400", "{\"content\":\" \"}|400", "{\"content\":1}|400", "{\"content\":\"a\\u0000\"}|400",
            "{\"content\":\"a\",\"tags\":[1]}|400", "{\"content\":\"a\",\"created_at\":\"soon\"}|400", "{\"content\":\"a\",\"metadata\":[]}|400",
            "{\"content\":\"a\",\"metadata\":{\"content\":\"b\"}}|400", "{\"content\":\"a\",\"provider\":\"none\"}|400",
            "{\"content\":\"a\",\"chunk\":{\"size\":1}}|400", "{\"content\":\"a\",\"chunk\":{\"size\":64,\"overlap\":33}}|400",
            "{\"content\":\"a\",\"chunk\":{\"unit\":\"pages\"}}|400", "{\"content\":\"a\",\"more\":1}|400"})
    void badDocumentsAreRefused(String body, int status) {
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(body).put("/v1/collections/docs/documents/x").then()
                .statusCode(status);
        get("x").statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|400", "{\"text\":\"\"}|400", "{\"text\":\"a\",\"limit\":0}|400", "{\"text\":\"a\",\"limit\":1000000000}|400",
            "{\"text\":\"a\",\"filter\":{\"nope\":1}}|400", "{\"text\":\"a\",\"hybrid\":\"yes\"}|400", "{\"text\":\"a\",\"score_threshold\":\"x\"}|400",
            "{\"text\":\"a\",\"provider\":\"http\"}|400", "{\"text\":\"a\",\"offset\":-1}|400"})
    void badSearchesAreRefused(String body, int status) {
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(body).post("/v1/collections/docs/search/text").then()
                .statusCode(status);
    }

    @Test
    void whatIsTooMuchOrNotThereOrDoesNotFitIsRefused() {
        put("big", Map.of("content", "a. ".repeat(20_000), "chunk", Map.of("size", 16, "overlap", 0))).statusCode(413);
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(Map.of("content", "a")).put("/v1/collections/none/documents/x")
                .then().statusCode(404);
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(Map.of("text", "a")).post("/v1/collections/none/search/text")
                .then().statusCode(404);
        assertThat(await(collections.create(tenant, CollectionName.of("three"), CollectionSpec.of(3, Metric.L2))).spec().dimension()).isEqualTo(3);
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(Map.of("content", "a"))
                .put("/v1/collections/three/documents/x").then().statusCode(400);
    }

    private List<StoredPoint> payloads(String document) {
        Filter all = DocumentPayload.of(new DocumentId(document));
        return await(points.scroll(tenant, DOCS, all, null, 1_000, Returning.PAYLOAD)).points();
    }

    private ValidatableResponse put(String id, Map<String, Object> body) {
        return given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(body).put("/v1/collections/docs/documents/{id}", id)
                .then();
    }

    private ValidatableResponse get(String id) {
        return given().header("X-Tenant-Id", tenant.value()).get("/v1/collections/docs/documents/{id}", id).then();
    }

    private JsonPath search(Map<String, Object> body) {
        return given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(body).post("/v1/collections/docs/search/text").then()
                .statusCode(200).extract().jsonPath();
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
