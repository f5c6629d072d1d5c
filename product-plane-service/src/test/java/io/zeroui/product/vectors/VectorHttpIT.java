package io.zeroui.product.vectors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.zeroui.product.policy.PolicyCaller;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The native interface: what it takes, and what it refuses. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class VectorHttpIT {

    @Inject
    DatabaseSchema schema;

    private final String tenant = "h-" + UUID.randomUUID();
    private PolicyCaller caller;

    @BeforeEach
    void caller() {
        assertThat(schema.whenReady().await().atMost(VectorWorld.PATIENCE)).isNotEmpty();
        caller = PolicyCaller.of(tenant, "vectors:read", "vectors:write", "vectors:admin");
        await().atMost(VectorWorld.PATIENCE).until(() -> caller.request().get("/v1/collections").statusCode() == 200);
    }

    @Test
    void aCollectionLivesFromItsMakingToItsEnd() {
        put("/v1/collections/things", "{\"dimension\":2,\"metric\":\"cosine\",\"index\":{\"kind\":\"hnsw\",\"m\":8},\"payload_indexes\":{\"tag\":\"keyword\","
                + "\"text\":\"text\"}}").statusCode(201).body("index.ef_construction", equalTo(64)).body("partition", equalTo("shared"));
        put("/v1/collections/things", "{\"dimension\":2}").statusCode(409);
        put("/v1/collections/things/points", "{\"points\":[{\"id\":1,\"vector\":[1,0],\"payload\":{\"tag\":\"a\",\"text\":\"red fox\"}},"
                + "{\"id\":\"c0ffee00-0000-4000-8000-000000000000\",\"vector\":[0,1],\"payload\":{\"tag\":\"b\"}}]}").statusCode(200)
                .body("written", equalTo(2));
        post("search", "{\"vector\":[1,0.1],\"limit\":1,\"with_vector\":true}").statusCode(200).body("items.id", equalTo(List.of(1)))
                .body("items[0].vector", equalTo(List.of(1f, 0f))).body("items[0].payload.tag", equalTo("a"));
        post("search/batch", "{\"searches\":[{\"vector\":[1,0]},{\"vector\":[0,1],\"filter\":{\"must\":[{\"key\":\"tag\",\"match\":{\"value\":\"a\"}}]}}]}")
                .statusCode(200).body("items[0].items", hasSize(2)).body("items[1].items.id", equalTo(List.of(1)));
        post("search/groups", "{\"vector\":[1,0],\"group_by\":\"tag\",\"group_size\":1,\"limit\":5}").statusCode(200)
                .body("items.value", equalTo(List.of("a", "b")));
        post("recommend", "{\"positive\":[1]}").statusCode(200).body("items.id", equalTo(List.of("c0ffee00-0000-4000-8000-000000000000")));
        post("facet", "{\"field\":\"tag\"}").statusCode(200).body("items.points", equalTo(List.of(1, 1)));
        post("hybrid", "{\"vector\":[0,1],\"text\":\"fox\",\"field\":\"text\"}").statusCode(200).body("items", hasSize(2));
        post("points/payload", "{\"ids\":[1],\"put\":{\"tag\":\"c\"}}").statusCode(200).body("changed", equalTo(1));
        caller.request().get("/v1/collections/things/points/1").then().statusCode(200).body("payload.tag", equalTo("c"));
        post("points/count", "{}").statusCode(200).body("count", equalTo(2));
        post("points/scroll", "{\"limit\":1}").statusCode(200).body("items", hasSize(1)).body("next", startsWith("c0ffee00"));
        caller.request().body("{\"changes\":[{\"put\":{\"alias\":\"live\",\"collection\":\"things\"}}]}").post("/v1/collection-aliases").then()
                .statusCode(200);
        caller.request().get("/v1/collections/live").then().statusCode(200).body("name", equalTo("things"));
        caller.request().body("{\"index\":{\"kind\":\"ivfflat\",\"lists\":5}}").patch("/v1/collections/things").then().statusCode(200)
                .body("index.lists", equalTo(5));
        caller.request().get("/v1/collections").then().body("items.name", hasItem("things"));
        post("points/delete", "{\"filter\":{}}").statusCode(200).body("deleted", equalTo(2));
        caller.request().delete("/v1/collections/things").then().statusCode(204);
        caller.request().delete("/v1/collections/things").then().statusCode(404);
    }

    /** A body that is not small, and whose answer may be there before its end is heard of. */
    @Test
    void connectionsOfLongQuestionsStayOpen() {
        put("/v1/collections/things", "{\"dimension\":2048}").statusCode(201);
        String vector = IntStream.range(0, 2_048).mapToObj(i -> "0." + (1_000 + i)).collect(Collectors.joining(",", "[", "]"));
        put("/v1/collections/things/points", point("1", vector)).statusCode(200);
        for (int i = 0; i < 300; i++) {
            assertThat(post("search", "{\"vector\":" + vector + "}").statusCode(200).body("items", hasSize(1)).extract().header("Connection")).isNull();
        }
    }

    @Test
    void whatIsWrongIsRefusedAndNamed() {
        put("/v1/collections/things", "{\"dimension\":2}").statusCode(201);
        String big = "x".repeat(10_000_000);
        Map<String, String> writes = Map.ofEntries(Map.entry("NaN", point("1", "[NaN,1]")), Map.entry("infinity", point("1", "[1e39,1]")),
                Map.entry("a text", point("1", "[\"1\",1]")), Map.entry("too many", point("1", "[1,2,3]")), Map.entry("none", point("1", "[]")),
                Map.entry("zero", point("1", "[0,0]")), Map.entry("no half", point("1", "[70000,1]")), Map.entry("a negative id", point("-1", "[1,1]")),
                Map.entry("a long id", point("18446744073709551616", "[1,1]")), Map.entry("a broken id", point("1.5", "[1,1]")),
                Map.entry("a text id", point("\"1; DROP TABLE app.vector_points\"", "[1,1]")), Map.entry("NUL", point("1", "[1,1],\"payload\":{\"a\":\"\\u0000\"}")),
                Map.entry("half a pair", point("1", "[1,1],\"payload\":{\"a\":\"\\ud800\"}")), Map.entry("a list", "[]"), Map.entry("no JSON", "{"),
                Map.entry("a member twice", "{\"points\":[],\"points\":[]}"), Map.entry("another member", "{\"point\":[]}"));
        writes.forEach((what, body) -> put("/v1/collections/things/points", body).statusCode(400).contentType("application/problem+json"));
        put("/v1/collections/things/points", point("1", "[1,1],\"payload\":{\"a\":\"" + "x".repeat(200_000) + "\"}")).statusCode(413);
        put("/v1/collections/things/points", point("1", "[1,1],\"payload\":{\"a\":\"" + big + "\"}")).statusCode(413);
        put("/v1/collections/things/points", point("1", "[1,1],\"payload\":" + "{\"a\":".repeat(60) + "1" + "}".repeat(60))).statusCode(400);
        post("points/count", "{\"exact\":true}").body("count", equalTo(0));

        for (String wrong : List.of("{\"vector\":[1,0],\"limit\":0}", "{\"vector\":[1,0],\"limit\":1000000000}", "{\"vector\":[1,0],\"limit\":10000000000}",
                "{\"vector\":[1,0],\"offset\":-1}", "{\"vector\":[1,0],\"ef\":0}", "{\"vector\":[1,0],\"ef\":100000}", "{\"limit\":1}", "{\"vector\":[1]}",
                "{\"vector\":[0,0]}", "{\"vector\":[1,0],\"filter\":" + "{\"must\":[".repeat(1_000) + "]}".repeat(1_000) + "}",
                "{\"vector\":[1,0],\"filter\":" + "{\"must\":[".repeat(40) + "]}".repeat(40) + "}", "{\"vector\":[1,0],\"score_threshold\":\"high\"}",
                "{\"vector\":[1,0],\"with_payload\":7}", "{\"vector\":[1,0],\"filter\":{\"must\":[{\"key\":\"a\",\"match\":{\"value\":null}}]}}")) {
            post("search", wrong).statusCode(400).contentType("application/problem+json");
        }
        post("search/groups", "{\"vector\":[1,0],\"group_by\":\"tag\",\"offset\":1}").statusCode(400).body("detail", containsString("offset"));
        put("/v1/collections/things/payload-indexes/a", "{\"type\":\"geography\"}").statusCode(400);
        for (String name : List.of("a'; DROP TABLE app.vector_points; --", "..", "a b", "x".repeat(129), "ü")) {
            caller.request().body("{\"dimension\":2}").put("/v1/collections/{name}", name).then().statusCode(org.hamcrest.Matchers.oneOf(400, 404, 405));
        }
        for (String wrong : List.of("{}", "{\"dimension\":0}", "{\"dimension\":16001}", "{\"dimension\":2,\"metric\":\"hamming\"}",
                "{\"dimension\":2,\"index\":{\"kind\":\"btree\"}}", "{\"dimension\":2,\"index\":{\"kind\":\"hnsw\",\"m\":1}}",
                "{\"dimension\":2,\"metric\":\"l1\",\"index\":{\"kind\":\"ivfflat\"}}", "{\"dimension\":2,\"payload_indexes\":{\"a\":\"geo\"}}",
                "{\"dimension\":2,\"payload_indexes\":{\"a..b\":\"text\"}}")) {
            put("/v1/collections/other", wrong).statusCode(400);
        }
        caller.request().body("{}").patch("/v1/collections/things").then().statusCode(400).body("detail", containsString("index is required"));
        post("points/delete", "{}").statusCode(400);
        put("/v1/collections/things/points", point("1", "[1,1],\"payload\":{\"a\":1}")).statusCode(200);
        post("points/payload", "{\"ids\":[1],\"clear\":false}").statusCode(400);
        post("points/payload", "{\"ids\":[1],\"clear\":\"no\"}").statusCode(400);
        post("points/payload", "{\"ids\":[1],\"at\":\"b\",\"delete\":[\"a\"]}").statusCode(400).body("detail", containsString("at goes with put"));
        caller.request().get("/v1/collections/things/points/1").then().statusCode(200).body("payload.a", equalTo(1));
        caller.request().body("{\"vector\":[1,0]}").post("/v1/collections/unknown/search").then().statusCode(404);
    }

    @Test
    void keysReachTheirOwnTenantAndDoWhatTheyMay() {
        put("/v1/collections/things", "{\"dimension\":2}").statusCode(201);
        PolicyCaller reader = PolicyCaller.of(tenant, "vectors:read");
        PolicyCaller other = PolicyCaller.of("h-" + UUID.randomUUID(), "vectors:read", "vectors:write", "vectors:admin");
        await().atMost(VectorWorld.PATIENCE).until(() -> reader.request().get("/v1/collections").statusCode() == 200
                && other.request().get("/v1/collections").statusCode() == 200);
        reader.request().get("/v1/collections/things").then().statusCode(200);
        reader.request().body(point("1", "[1,1]")).put("/v1/collections/things/points").then().statusCode(403);
        reader.request().delete("/v1/collections/things").then().statusCode(403);
        other.request().get("/v1/collections/things").then().statusCode(404);
        given().header("Authorization", "Bearer " + other.key()).header("X-Tenant-Id", tenant).get("/v1/collections/things").then().statusCode(403);
    }

    private static String point(String id, String vector) {
        return "{\"points\":[{\"id\":" + id + ",\"vector\":" + vector + "}]}";
    }

    private ValidatableResponse put(String path, String body) {
        return caller.request().body(body).put(path).then();
    }

    private ValidatableResponse post(String path, String body) {
        return caller.request().body(body).post("/v1/collections/things/" + path).then();
    }
}
