package io.zeroui.product;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.RegisteredTenant;
import io.zeroui.contracts.events.TenantsAsked;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** Tenants and edges over HTTP, and what the other planes hear of them. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class TenantRegistryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);

    private final String tenant = "t-" + UUID.randomUUID();
    private final String edge = "e-" + UUID.randomUUID();

    @Inject
    DatabaseSchema schema;

    @BeforeEach
    void migrated() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
    }

    @Test
    void aTenantIsMadeSuspendedResumedAndDeletedAndEveryStepIsAnnouncedWhole() {
        create(tenant).statusCode(201).body("state", equalTo("active")).body("region", equalTo("local"));
        post("/v1/tenants/" + tenant + "/suspend").statusCode(200).body("state", equalTo("suspended"));
        post("/v1/tenants/" + tenant + "/suspend").statusCode(200).body("state", equalTo("suspended"));
        post("/v1/tenants/" + tenant + "/resume").statusCode(200).body("state", equalTo("active"));
        given().delete("/v1/tenants/" + tenant).then().statusCode(200).body("state", equalTo("deleted"));
        post("/v1/tenants/" + tenant + "/resume").statusCode(409);
        create(tenant).statusCode(409).body("detail", containsString("ids are not given again"));

        List<RegisteredTenant> told = announcements().stream().flatMap(change -> change.tenants().stream())
                .filter(one -> one.tenantId().equals(tenant)).toList();
        assertThat(told).extracting(RegisteredTenant::state).containsExactly(RegistryState.ACTIVE, RegistryState.SUSPENDED,
                RegistryState.ACTIVE, RegistryState.DELETED);
        assertThat(told).extracting(RegisteredTenant::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aTenantMovesUpThroughTheTiersAndNeverDown() {
        create(tenant).statusCode(201).body("tier", equalTo("shared"));
        promote(tenant, "{\"tier\":\"schema\"}").statusCode(200).body("tier", equalTo("schema"));
        promote(tenant, "{\"tier\":\"schema\"}").statusCode(200);
        promote(tenant, "{\"tier\":\"database\",\"database\":\"eu-1\"}").statusCode(200).body("database", equalTo("eu-1"));
        for (String refused : List.of("{\"tier\":\"schema\"}", "{\"tier\":\"database\",\"database\":\"eu-2\"}")) {
            promote(tenant, refused).statusCode(409).body("detail", containsString("nobody is moved down"));
        }
        for (String wrong : List.of("{}", "{\"tier\":\"shared\"}", "{\"tier\":\"palace\"}", "{\"tier\":\"database\"}",
                "{\"tier\":\"database\",\"database\":\"postgresql://a:b@c/d\"}", "{\"tier\":\"schema\",\"database\":\"x\"}")) {
            promote(tenant, wrong).statusCode(400);
        }
        promote("nobody-" + UUID.randomUUID(), "{\"tier\":\"schema\"}").statusCode(404);
        List<RegisteredTenant> told = announcements().stream().flatMap(change -> change.tenants().stream())
                .filter(one -> one.tenantId().equals(tenant)).toList();
        assertThat(told).extracting(RegisteredTenant::tier).containsExactly(IsolationTier.SHARED, IsolationTier.SCHEMA,
                IsolationTier.DATABASE);
        assertThat(told.get(2).database()).isEqualTo("eu-1");
    }

    private static ValidatableResponse promote(String tenant, String body) {
        return given().contentType("application/json").body(body).post("/v1/tenants/" + tenant + "/promote").then();
    }

    @Test
    void anEdgeBelongsToOneTenantAndItsIdIsNeverGivenAgain() {
        create(tenant).statusCode(201);
        String other = "o-" + UUID.randomUUID();
        create(other).statusCode(201);
        enrol(tenant, edge).statusCode(201).body("tenant_id", equalTo(tenant)).body("state", equalTo("active"));
        enrol(other, edge).statusCode(409);
        enrol("nobody-" + UUID.randomUUID(), "x-" + edge).statusCode(404);
        post("/v1/tenants/" + other + "/edges/" + edge + "/suspend").statusCode(404);
        given().get("/v1/tenants/" + tenant + "/edges/" + edge).then().statusCode(200).body("name", equalTo(edge));
        given().get("/v1/tenants/" + other + "/edges/" + edge).then().statusCode(404);
        post("/v1/tenants/" + tenant + "/edges/" + edge + "/suspend").statusCode(200).body("state", equalTo("suspended"));
        given().delete("/v1/tenants/" + tenant + "/edges/" + edge).then().statusCode(200).body("state", equalTo("deleted"));
        enrol(tenant, edge).statusCode(409);
        given().get("/v1/tenants/" + tenant + "/edges").then().statusCode(200).body("items.edge_id", hasItems(edge));
        given().get("/v1/tenants/" + other + "/edges").then().statusCode(200).body("items.size()", equalTo(0));

        assertThat(announcements().stream().flatMap(change -> change.edges().stream())
                .filter(one -> one.edgeId().equals(edge)).map(one -> one.state())).containsExactly(RegistryState.ACTIVE,
                        RegistryState.SUSPENDED, RegistryState.DELETED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}|tenant_id is required",
            "{\"tenant_id\":\"Acme\"}|kebab-case",
            "{\"tenant_id\":\"a/../b\"}|kebab-case",
            "{\"tenant_id\":\"zeroui-mine\"}|reserved",
            "{\"tenant_id\":\"fine\",\"name\":\"\"}|name must have",
            "{\"tenant_id\":\"fine\",\"region\":\"../etc\"}|region",
            "null|JSON object",
            "[]|"})
    void aWrongWishIsRefusedWithTheReason(String body, String reason) {
        given().contentType("application/json").body(body).post("/v1/tenants").then().statusCode(400)
                .contentType("application/problem+json").body("detail", containsString(reason == null ? "" : reason));
    }

    @Test
    void tenantsAreListedInPages() {
        List<String> made = List.of("page-a-" + tenant, "page-b-" + tenant, "page-c-" + tenant);
        made.forEach(id -> create(id).statusCode(201));
        List<String> first = given().get("/v1/tenants?limit=2&after=page").then().statusCode(200).extract().path("items.tenant_id");
        assertThat(first).hasSize(2).isSorted();
        List<String> next = given().get("/v1/tenants?limit=2&after=" + first.get(1)).then().statusCode(200).extract()
                .path("items.tenant_id");
        assertThat(next).allMatch(id -> id.compareTo(first.get(1)) > 0);
        given().get("/v1/tenants?limit=0").then().statusCode(400);
        given().get("/v1/tenants/nobody-" + tenant).then().statusCode(404);
        given().get("/v1/tenants/local").then().statusCode(200).body("state", equalTo("active"));
    }

    @Test
    void aCredentialOfOneTenantDoesNotSeeTheRegistry() {
        String key = given().contentType("application/json").body(Map.of("name", "k", "tenant_id", "local", "permissions",
                List.of("tenants:read", "tenants:manage"))).post("/v1/credentials").then().statusCode(201).extract().path("key");
        given().header("Authorization", "Bearer " + key).get("/v1/tenants").then().statusCode(403);
        given().header("Authorization", "Bearer " + key).contentType("application/json")
                .body(Map.of("tenant_id", tenant)).post("/v1/tenants").then().statusCode(403);
    }

    @Test
    void aQuestionIsAnsweredWithAllThatIsNewAndWithAllOfItWhereTheRegistryWasAnother() throws SQLException {
        try (Connection owner = RealRuntime.connect(RUNTIME.adminUrl(Plane.PRODUCT)); var statement = owner.createStatement()) {
            statement.execute("WITH next AS (UPDATE registry.state SET version = version + 1200 RETURNING version)"
                    + " INSERT INTO registry.tenants (tenant_id, name, state, region, version, created_by, updated_by)"
                    + " SELECT 'many-' || n || '-" + tenant + "', 'n', 'active', 'local', version - 1200 + n, 'test', 'test'"
                    + " FROM next, generate_series(1, 1200) AS n");
        }
        create(tenant).statusCode(201);
        TenantsChanged last = announcements().get(announcements().size() - 1);

        Map<String, RegisteredTenant> all = answer(new TenantsAsked("another registry", 7, now()));
        assertThat(all).containsKeys(tenant, "local", "zeroui-selfcheck", "many-1-" + tenant, "many-1200-" + tenant);
        Map<String, RegisteredTenant> few = answer(new TenantsAsked(last.epoch(), last.to() - 1, now()));
        assertThat(few.keySet()).containsExactly(tenant);
        assertThat(answer(new TenantsAsked(last.epoch(), last.to(), now()))).isEmpty();
    }

    /** The entries of all events that answer the question. */
    private Map<String, RegisteredTenant> answer(TenantsAsked question) {
        int before = announcements().size();
        add(EventEnvelope.of(EventEnvelope.TENANTS_ASKED, "urn:zeroui:plane:tenant", Instant.now(), EventJson.write(question)));
        await().atMost(PATIENCE).until(() -> announcements().stream()
                .anyMatch(change -> question.askedAt().equals(change.askedAt())));
        Map<String, RegisteredTenant> told = new LinkedHashMap<>();
        List<TenantsChanged> answers = announcements().subList(before, announcements().size());
        long known = answers.get(0).from();
        for (TenantsChanged change : answers) {
            assertThat(change.from()).isEqualTo(known);
            change.tenants().forEach(one -> told.put(one.tenantId(), one));
            known = change.to();
        }
        return told;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static ValidatableResponse create(String id) {
        return given().contentType("application/json").body(Map.of("tenant_id", id)).post("/v1/tenants").then();
    }

    private static ValidatableResponse enrol(String tenant, String edge) {
        return given().contentType("application/json").body(Map.of("edge_id", edge)).post("/v1/tenants/" + tenant + "/edges")
                .then();
    }

    private static ValidatableResponse post(String path) {
        return given().post(path).then();
    }

    private static List<TenantsChanged> announcements() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(ChannelCatalogue.PRODUCT_TENANTS.streamKey(), (StreamEntryID) null, null).stream()
                    .map(entry -> EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8),
                            TenantsChanged.class))
                    .toList();
        }
    }

    private static void add(EventEnvelope event) {
        Map<byte[], byte[]> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(ChannelCatalogue.TENANT_REGISTRY_QUESTIONS.streamKey().getBytes(StandardCharsets.UTF_8),
                    new XAddParams(), fields)).isNotNull();
        }
    }
}
