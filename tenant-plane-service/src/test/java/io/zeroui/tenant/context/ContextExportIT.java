package io.zeroui.tenant.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.RegisteredTenant;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.metadata.Redactor;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.PolicyFiles;
import io.zeroui.testing.PolicyOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant's exports, from the request to the product plane's word, which the test gives. */
@QuarkusTest
@TestProfile(ContextProfile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class ContextExportIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration QUIET = Duration.ofSeconds(4);
    private static final UUID EPOCH = UUID.randomUUID();
    private static final String TEXT = "We keep the queue. Ask ana@example.com about it.\n\nThe password = hunter22x of staging was rotated.\n\n"
            + "```\nint secretAlgorithm = 1;\n```\n\nLatency went down by 40 %.";

    private final TenantId tenant = TenantId.of("c-" + UUID.randomUUID());

    @Test
    void anExportIsRedactedKeptSentUntilItIsAnsweredAndThenNoMore() throws IOException {
        JsonPath made = export(Map.of("kind", "document", "title", "Queue of ana@example.com", "content", TEXT, "tags", List.of("adr", "ana@example.com")))
                .statusCode(201).extract().jsonPath();
        UUID id = UUID.fromString(made.getString("export_id"));
        assertThat(made.getString("state")).isEqualTo("pending");
        assertThat(made.getMap("removed")).isEqualTo(Map.of("personal_data", 2, "secret", 1, "source_code", 1, "tag", 1));
        assertThat(made.getList("tags")).containsExactly("adr");
        for (Path file : files(id)) {
            assertThat(Files.readString(file)).doesNotContain("ana@").doesNotContain("hunter22x").doesNotContain("secretAlgorithm");
        }

        await().atMost(PATIENCE).until(() -> ProductBus.sent(id).size() >= 3);
        ContextChanged sent = ProductBus.sent(id).get(0);
        assertThat(sent.version()).isEqualTo(ContextChanged.EXPORTED);
        assertThat(sent.export().title()).isEqualTo("Queue of [personal data removed]");
        assertThat(sent.export().content()).contains("We keep the queue.").contains("Latency went down").doesNotContain("hunter22x");
        assertThat(Redactor.isClean(sent.export().content())).isTrue();
        assertThat(get(id).getString("content")).isEqualTo(sent.export().content());

        ProductBus.say(EPOCH, sent, null);
        await().atMost(PATIENCE).until(() -> get(id).getString("state").equals("searchable"));
        int before = ProductBus.sent(id).size();
        await().pollDelay(QUIET).until(() -> true);
        assertThat(ProductBus.sent(id).size()).isBetween(before, before + 1);
    }

    @Test
    void whatIsWithdrawnLosesItsTextAtOnceAndTheProductPlaneHearsOfIt() throws IOException {
        UUID id = exported("knowledge", "The gate is slow on Mondays.");
        await().atMost(PATIENCE).until(() -> !ProductBus.sent(id).isEmpty());
        ProductBus.say(EPOCH, ProductBus.sent(id).get(0), null);
        await().atMost(PATIENCE).until(() -> get(id).getString("state").equals("searchable"));

        JsonPath withdrawn = delete(id, "?reason=it was wrong").statusCode(200).extract().jsonPath();
        assertThat(withdrawn.getString("state")).isEqualTo("withdrawing");
        assertThat(withdrawn.getString("reason")).isEqualTo("it was wrong");
        assertThat(withdrawn.getString("title")).isNull();
        for (Path file : files(id)) {
            assertThat(Files.readString(file)).doesNotContain("Mondays");
        }
        await().atMost(PATIENCE).until(() -> ProductBus.sent(id).stream().anyMatch(change -> change.version() == ContextChanged.WITHDRAWN));
        ContextChanged end = ProductBus.sent(id).get(ProductBus.sent(id).size() - 1);
        assertThat(end.export()).isNull();

        ProductBus.say(EPOCH, new ContextChanged(tenant.value(), id, 1, new ContextChanged.Export("document", "t", "c", List.of(), Instant.now())), null);
        ProductBus.say(EPOCH, end, null);
        await().atMost(PATIENCE).until(() -> get(id).getString("state").equals("withdrawn"));
        ProductBus.say(EPOCH, new ContextChanged(tenant.value(), id, 1, new ContextChanged.Export("document", "t", "c", List.of(), Instant.now())), null);
        delete(id, "").statusCode(200);
        await().pollDelay(QUIET).until(() -> get(id).getString("state").equals("withdrawn"));
        exportAs(id, "knowledge", "The gate is slow on Mondays.").statusCode(409);
    }

    @Test
    void theSameIdIsTheSameExportAndNothingElse() {
        UUID id = UUID.randomUUID();
        exportAs(id, "document", "One text.").statusCode(201);
        exportAs(id, "document", "One text.").statusCode(201);
        exportAs(id, "document", "Another text.").statusCode(409);
        exportAs(id, "snapshot", "One text.").statusCode(409);
        await().atMost(PATIENCE).until(() -> !ProductBus.sent(id).isEmpty());
        assertThat(ProductBus.sent(id)).allMatch(change -> change.export().content().equals("One text."));
    }

    @Test
    void aProductPlaneThatBeganAnewIsSentEverythingAgain() {
        UUID kept = exported("document", "A text that stays.");
        UUID gone = exported("document", "A text that goes.");
        delete(gone, "").statusCode(200);
        UUID first = UUID.randomUUID();
        await().atMost(PATIENCE).until(() -> !ProductBus.sent(kept).isEmpty() && !ProductBus.sent(gone).isEmpty());
        ProductBus.say(first, last(kept), null);
        ProductBus.say(first, new ContextChanged(tenant.value(), gone, 2, null), null);
        await().atMost(PATIENCE).until(() -> get(kept).getString("state").equals("searchable") && get(gone).getString("state").equals("withdrawn"));

        int before = ProductBus.sent(kept).size();
        UUID second = UUID.randomUUID();
        ProductBus.say(new ContextApplied(second, 0, List.of()));
        await().atMost(PATIENCE).until(() -> ProductBus.sent(kept).size() > before);
        await().atMost(PATIENCE).until(() -> ProductBus.sent(gone).get(ProductBus.sent(gone).size() - 1).version() == 2);
        ProductBus.say(second, last(kept), null);
        ProductBus.say(second, last(gone), null);
        await().atMost(PATIENCE).until(() -> get(kept).getString("state").equals("searchable"));
    }

    @Test
    void aProductPlaneThatWasRestoredIsSentWhatItLacksAndNothingElse() {
        UUID before = exported("document", "In the backup.");
        UUID lost = exported("document", "Not in the backup.");
        UUID withdrawn = exported("document", "Its withdrawal is not in the backup.");
        UUID epoch = UUID.randomUUID();
        ProductBus.say(new ContextApplied(epoch, 7, List.of()));
        await().atMost(PATIENCE).until(() -> Stream.of(before, lost, withdrawn).noneMatch(id -> ProductBus.sent(id).isEmpty()));
        ProductBus.say(epoch, 8, last(before), null);
        ProductBus.say(epoch, 9, last(withdrawn), null);
        delete(withdrawn, "").statusCode(200);
        ProductBus.say(epoch, 10, last(lost), null);
        ProductBus.say(epoch, 11, new ContextChanged(tenant.value(), withdrawn, 2, null), null);
        ProductBus.say(new ContextApplied(epoch, 11, List.of()));
        await().atMost(PATIENCE).until(() -> get(lost).getString("state").equals("searchable") && get(withdrawn).getString("state").equals("withdrawn"));
        await().pollDelay(QUIET).until(() -> true);
        List<Integer> sent = Stream.of(before, lost, withdrawn).map(id -> ProductBus.sent(id).size()).toList();

        ProductBus.say(new ContextApplied(epoch, 9, List.of()));
        await().atMost(PATIENCE).until(() -> ProductBus.sent(lost).size() > sent.get(1) && ProductBus.sent(withdrawn).size() > sent.get(2));
        assertThat(get(lost).getString("state")).isEqualTo("pending");
        assertThat(last(withdrawn).version()).isEqualTo(ContextChanged.WITHDRAWN);
        ProductBus.say(epoch, 10, last(withdrawn), null);
        ProductBus.say(epoch, 11, last(lost), null);
        await().atMost(PATIENCE).until(() -> get(lost).getString("state").equals("searchable") && get(withdrawn).getString("state").equals("withdrawn"));
        assertThat(ProductBus.sent(before)).as("what the backup has").hasSize(sent.get(0));
    }

    @Test
    void whatTheProductPlaneRefusesIsShownAndNotSentForEver() {
        UUID id = exported("document", "A text.");
        await().atMost(PATIENCE).until(() -> !ProductBus.sent(id).isEmpty());
        ProductBus.say(EPOCH, last(id), "there is no such tenant");
        await().atMost(PATIENCE).until(() -> get(id).getString("state").equals("refused"));
        assertThat(get(id).getString("refusal")).isEqualTo("there is no such tenant");
        delete(id, "").statusCode(200);
        await().atMost(PATIENCE).until(() -> last(id).version() == ContextChanged.WITHDRAWN);
    }

    @Test
    void aPolicyForbidsKindsAndThenEverythingAlsoWhatWaits() throws IOException {
        PolicyOrigin origin = new PolicyOrigin(tenant, Instant.now().minusSeconds(60)).ofType("context-export");
        Files.write(PolicyFiles.root(PlaneResource.zuRoot()), origin.anchor());
        announce();
        exported("conversation", "Said before any policy.");
        release(origin, "1.0", "{\"forbidden_kinds\":[\"conversation\"]}");
        await().atMost(PATIENCE).untilAsserted(() -> export(Map.of("kind", "conversation", "title", "t", "content", "Words.")).statusCode(403));
        JsonPath refused = export(Map.of("kind", "conversation", "title", "t", "content", "Words.")).extract().jsonPath();
        assertThat(refused.getString("error.details.policy")).isEqualTo("exports-1.0");
        UUID allowed = exported("document", "A document.");

        release(origin, "1.1", "{\"exports\":\"forbid\"}");
        await().atMost(PATIENCE).untilAsserted(() -> export(Map.of("kind", "document", "title", "t", "content", "Words.")).statusCode(403));
        await().pollDelay(QUIET).until(() -> true);
        int sent = ProductBus.sent(allowed).size();
        await().pollDelay(QUIET).until(() -> true);
        assertThat(ProductBus.sent(allowed)).as("what waits is not sent either").hasSize(sent);
        delete(allowed, "").statusCode(200);
        await().atMost(PATIENCE).until(() -> ProductBus.sent(allowed).stream().anyMatch(change -> change.version() == ContextChanged.WITHDRAWN));

        release(origin, "1.2", "{\"exprts\":\"allow\"}");
        await().pollDelay(QUIET).untilAsserted(() -> export(Map.of("kind", "document", "title", "t", "content", "Words.")).statusCode(403));
        release(origin, "1.3", "{\"exports\":\"allow\"}");
        await().atMost(PATIENCE).untilAsserted(() -> export(Map.of("kind", "document", "title", "t", "content", "Words.")).statusCode(201));
    }

    @Test
    void aDeletedTenantsExportsAreRemoved() {
        UUID id = exported("document", "A text of somebody who leaves.");
        assertThat(folder().resolve(id.toString())).exists();
        String epoch = UUID.randomUUID().toString();
        ProductBus.add(ChannelCatalogue.PRODUCT_TENANTS, null, EventEnvelope.TENANTS_CHANGED, EventJson.write(new TenantsChanged(epoch, 0, 1, null,
                List.of(RegisteredTenant.shared(tenant.value(), RegistryState.DELETED, "local", 1)), List.of())));
        await().atMost(PATIENCE).until(() -> !Files.exists(folder()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{|400", "[]|400", "{\"kind\":\"document\"}|400", "{\"kind\":\"poem\",\"title\":\"t\",\"content\":\"c\"}|400",
            "{\"kind\":\"document\",\"title\":\" \",\"content\":\"c\"}|400", "{\"kind\":\"document\",\"title\":\"t\",\"content\":7}|400",
            "{\"kind\":\"document\",\"title\":\"t\",\"content\":\"a\\u0000b\"}|400", "{\"kind\":\"document\",\"title\":\"t\",\"content\":\"c\",\"more\":1}|400",
            "{\"kind\":\"document\",\"title\":\"t\",\"content\":\"c\",\"tags\":\"x\"}|400", "{\"kind\":\"document\",\"title\":\"t\",\"content\":\"c\",\"tags\":[1]}|400",
            "{\"kind\":\"document\",\"title\":\"t\",\"content\":\"c\",\"export_id\":\"../x\"}|400",
            "{\"kind\":\"document\",\"title\":\"t\",\"content\":\"ana@example.com\"}|422"})
    void badInputIsRefusedAndNotRepeated(String body, int status) {
        String answer = given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(body).post("/v1/context/exports").then()
                .statusCode(status).extract().asString();
        assertThat(answer).doesNotContain("ana@example.com");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void whatIsTooLongIsRefused() {
        export(Map.of("kind", "document", "title", "t", "content", "a ".repeat(131_073))).statusCode(400);
        export(Map.of("kind", "document", "title", "t".repeat(201), "content", "c")).statusCode(400);
        given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body("\"" + "x".repeat(3 << 20) + "\"").post("/v1/context/exports")
                .then().statusCode(413);
    }

    @Test
    void onePageFollowsTheOtherTheNewestFirst() {
        List<UUID> made = Stream.of("One.", "Two.", "Three.").map(text -> {
            await().pollDelay(Duration.ofMillis(5)).until(() -> true);
            return exported("document", text);
        }).toList();
        JsonPath first = list("?limit=2");
        assertThat(first.getList("items.export_id")).containsExactly(made.get(2).toString(), made.get(1).toString());
        assertThat(first.getList("items.content")).containsOnlyNulls();
        JsonPath second = list("?limit=2&before=" + first.getString("next"));
        assertThat(second.getList("items.export_id")).containsExactly(made.get(0).toString());
        assertThat(second.getString("next")).isNull();
        given().header("X-Tenant-Id", tenant.value()).get("/v1/context/exports?limit=0").then().statusCode(400);
        given().header("X-Tenant-Id", tenant.value()).get("/v1/context/exports?before=x").then().statusCode(400);
    }

    @Test
    void anotherTenantSeesAndWithdrawsNothing() {
        UUID id = exported("document", "Mine.");
        TenantId other = TenantId.of("o-" + UUID.randomUUID());
        String key = given().contentType("application/json").body(Map.of("name", "k", "tenant_id", other.value(), "permissions",
                List.of("context:read", "context:write"))).post("/v1/credentials").then().statusCode(201).extract().path("key");
        for (String method : List.of("GET", "DELETE")) {
            given().header("Authorization", "Bearer " + key).request(method, "/v1/context/exports/" + id).then().statusCode(404);
            given().header("Authorization", "Bearer " + key).header("X-Tenant-Id", tenant.value()).request(method, "/v1/context/exports/" + id).then()
                    .statusCode(403);
        }
        assertThat(given().header("Authorization", "Bearer " + key).get("/v1/context/exports").then().statusCode(200).extract().jsonPath()
                .getList("items")).isEmpty();
        String reader = given().contentType("application/json").body(Map.of("name", "r", "tenant_id", tenant.value(), "permissions",
                List.of("context:read"))).post("/v1/credentials").then().statusCode(201).extract().path("key");
        given().header("Authorization", "Bearer " + reader).get("/v1/context/exports/" + id).then().statusCode(200);
        given().header("Authorization", "Bearer " + reader).delete("/v1/context/exports/" + id).then().statusCode(403);
    }

    @Test
    void whatIsNoWordOfTheProductPlaneGoesToTheDeadLetters() {
        long before = ProductBus.deadLetters();
        ProductBus.add(ChannelCatalogue.PRODUCT_CONTEXT_ACKS, null, EventEnvelope.CONTEXT_APPLIED, "{}".getBytes(StandardCharsets.UTF_8));
        ProductBus.add(ChannelCatalogue.PRODUCT_CONTEXT_ACKS, null, EventEnvelope.POLICY_ASKED, "{}".getBytes(StandardCharsets.UTF_8));
        ProductBus.add(ChannelCatalogue.PRODUCT_CONTEXT_ACKS, null, EventEnvelope.CONTEXT_APPLIED, EventJson.write(new ContextApplied(EPOCH, 0,
                List.of(new ContextApplied.Item("../x", UUID.randomUUID(), 1, null)))));
        await().atMost(PATIENCE).until(() -> ProductBus.deadLetters() == before + 3);
    }

    private UUID exported(String kind, String content) {
        return UUID.fromString(export(Map.of("kind", kind, "title", "A title", "content", content)).statusCode(201).extract().path("export_id"));
    }

    private ValidatableResponse exportAs(UUID id, String kind, String content) {
        return export(Map.of("export_id", id.toString(), "kind", kind, "title", "A title", "content", content));
    }

    private ValidatableResponse export(Map<String, Object> body) {
        return given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(new HashMap<>(body)).post("/v1/context/exports").then();
    }

    private JsonPath get(UUID id) {
        return given().header("X-Tenant-Id", tenant.value()).get("/v1/context/exports/" + id).then().statusCode(200).extract().jsonPath();
    }

    private ValidatableResponse delete(UUID id, String query) {
        return given().header("X-Tenant-Id", tenant.value()).delete("/v1/context/exports/" + id + query).then();
    }

    private JsonPath list(String query) {
        return given().header("X-Tenant-Id", tenant.value()).get("/v1/context/exports" + query).then().statusCode(200).extract().jsonPath();
    }

    private static ContextChanged last(UUID id) {
        List<ContextChanged> sent = ProductBus.sent(id);
        return sent.get(sent.size() - 1);
    }

    private void release(PolicyOrigin origin, String version, String content) {
        origin.release("exports", version, inside -> inside.setAll(json(content))).publish();
        origin.whole().forEach(one -> ProductBus.add(ChannelCatalogue.PRODUCT_POLICY, StreamScope.of(tenant), EventEnvelope.POLICY_DELIVERED,
                EventJson.write(one)));
    }

    private static ObjectNode json(String text) {
        return EventJson.read(text.getBytes(StandardCharsets.UTF_8), ObjectNode.class);
    }

    /** The tenant's policies come on a stream of its own once the tenant is known. */
    private void announce() {
        String epoch = UUID.randomUUID().toString();
        ProductBus.add(ChannelCatalogue.PRODUCT_TENANTS, null, EventEnvelope.TENANTS_CHANGED, EventJson.write(new TenantsChanged(epoch, 0, 1, null,
                List.of(RegisteredTenant.shared(tenant.value(), RegistryState.ACTIVE, "local", 1)), List.of())));
    }

    private Path folder() {
        return PlaneResource.zuRoot().zuRoot().contextExportsFolder(tenant, Region.of("local"));
    }

    private List<Path> files(UUID id) throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve(id.toString()))) {
            return files.toList();
        }
    }
}
