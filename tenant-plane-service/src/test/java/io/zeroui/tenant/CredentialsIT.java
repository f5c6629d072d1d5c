package io.zeroui.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.Endpoints;
import io.zeroui.testing.Endpoints.Answer;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TestCredentials;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class CredentialsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.TENANT, RuntimePart.REDIS);
    private static final String RECEIPT = "/v1/evidence/receipts/" + UUID.randomUUID();

    @TestHTTPResource("/")
    URI address;
    @Inject
    DatabaseSchema schema;

    private Endpoints service;

    @BeforeEach
    void awaitSchemaAndKeys() {
        service = new Endpoints(address.toString().replaceAll("/+$", ""));
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        String nobody = ApiKey.generate(KeyScope.TENANT).reveal();
        await().atMost(PATIENCE).until(() -> get("/v1/status", nobody).status() == 401);
    }

    @Test
    void aKeyDoesWhatItsPermissionsSayAndNothingElse() {
        String key = make("\"evidence:read\"", "one", null);
        assertThat(get(RECEIPT, key).status()).isEqualTo(404);
        assertThat(service.ask("GET", RECEIPT, null, Map.of("api-key", key)).status()).isEqualTo(404);
        Answer refused = get("/v1/status", key);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("FORBIDDEN");
        assertThat(refused.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(get("/q/metrics", key).status()).isEqualTo(403);
        assertThat(get("/v1/credentials", key).status()).isEqualTo(403);
    }

    @Test
    void aTenantsKeyReachesThisTenantOnly() {
        String key = make("\"evidence:read\", \"status:read\"", "one", null);
        assertThat(named(key, "one").status()).isEqualTo(404);
        assertThat(named(key, "two").status()).isEqualTo(403);
        assertThat(get("/v1/status", key).status()).as("about the whole plane").isEqualTo(403);
    }

    @Test
    void aKeyOfThePlaneNeedsThePermissionForAllTenants() {
        String key = make("\"evidence:read\"", null, null);
        assertThat(get(RECEIPT, key).json().at("/error/code").asText()).isEqualTo("TENANT_ID_MISSING");
        assertThat(named(key, "one").status()).isEqualTo(403);
    }

    @Test
    void reachingAnotherTenantLeavesARecordThatNobodyMayChange() throws SQLException {
        String key = make("\"evidence:read\", \"evidence:read:all\"", null, null);
        String subject = "key:" + ApiKey.parse(key).orElseThrow().keyId();
        assertThat(named(key, "audited").status()).isEqualTo(404);
        assertThat(named(key, "audited").status()).isEqualTo(404);
        assertThat(get(RECEIPT, key).status()).isEqualTo(404);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(list("SELECT tenant_id || ' ' || permission FROM access.audit"
                + " WHERE subject = '" + subject + "' AND requests > 0 ORDER BY tenant_id"))
                .contains("* evidence:read:all", "audited evidence:read:all"));
        try (Connection connection = RealRuntime.connect(RUNTIME.migrationUrl(Plane.TENANT));
                Statement statement = connection.createStatement()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> statement.execute("DELETE FROM access.audit"))
                    .hasMessageContaining("never changed");
        }
    }

    @Test
    void allBadKeysGetTheSameAnswer() throws SQLException {
        String good = make("\"status:read\"", null, null);
        String revoked = make("\"status:read\"", null, null);
        String expired = make("\"status:read\"", null, "PT1H");
        assertThat(get("/v1/status", good).status()).isEqualTo(200);
        assertThat(get("/v1/status", revoked).status()).isEqualTo(200);
        assertThat(delete(revoked).status()).isEqualTo(204);
        try (Connection connection = RealRuntime.connect(RUNTIME.adminUrl(Plane.TENANT));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE access.api_keys SET expires_at = now() WHERE key_id = '" + id(expired) + "'");
        }
        await().atMost(PATIENCE).until(() -> get("/v1/status", expired).status() == 401);
        List<String> bad = new ArrayList<>(List.of(revoked, expired, otherSecret(good), "zu_", "zu_tenant_x_y_z",
                good.substring(0, good.length() - 1), good + "0", ApiKey.generate(KeyScope.TENANT).reveal(),
                ApiKey.generate(KeyScope.IDE).reveal(), otherPlane(good), "a.b.c", "", "x".repeat(9000)));
        List<String> answers = bad.stream().map(key -> get("/v1/status", key)).map(CredentialsIT::without).distinct().toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0)).startsWith("401").contains("UNAUTHORIZED").doesNotContain("zu_tenant");
        assertThat(service.ask("GET", "/v1/status", null, Map.of("Authorization", "Basic eDp5")).status()).isEqualTo(401);
        assertThat(service.ask("GET", "/v1/status", null, Map.of("Authorization", "Bearer " + good, "api-key", revoked))
                .status()).as("two that do not agree").isEqualTo(401);
        assertThat(get("/v1/status", good).status()).isEqualTo(200);
    }

    @Test
    void nobodyGivesAPermissionThatHeDoesNotHave() {
        String manager = make("\"credentials:manage\"", null, null);
        Answer refused = service.ask("POST", "/v1/credentials", wish("\"evidence:read:all\"", null, null), bearer(manager));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(service.ask("POST", "/v1/credentials", wish("\"credentials:manage\"", null, null), bearer(manager)).status())
                .isEqualTo(201);
        for (String wrong : List.of("{}", "[]", "", wish("\"no:such\"", null, null), wish("", null, null),
                wish("\"status:read\"", "../x", null), wish("\"status:read\"", null, "yesterday"),
                wish("\"status:read\"", null, "P-1D"), wish("\"status:read\"", null, "P9999999D"))) {
            assertThat(service.ask("POST", "/v1/credentials", wrong, bearer(admin())).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void aRotatedKeyWorksBesideItsSuccessor() {
        String old = make("\"status:read\"", null, null);
        Answer made = service.ask("POST", "/v1/credentials/" + id(old) + "/rotate?overlap=PT1H", "", bearer(admin()));
        assertThat(made.status()).isEqualTo(201);
        JsonNode successor = made.json();
        assertThat(successor.path("replaces").asText()).isEqualTo(id(old));
        assertThat(get("/v1/status", successor.path("key").asText()).status()).isEqualTo(200);
        assertThat(get("/v1/status", old).status()).isEqualTo(200);
        String shown = service.ask("GET", "/v1/credentials", null, bearer(admin())).body();
        assertThat(shown).contains(id(old)).contains("expires_at").doesNotContain("\"key\"");
        assertThat(service.ask("POST", "/v1/credentials/000000000000/rotate", "", bearer(admin())).status()).isEqualTo(404);
    }

    @Test
    void theDatabaseHasNoSecretAndKnowsWhenAKeyWasUsed() {
        String key = make("\"status:read\"", null, null);
        assertThat(get("/v1/status", key).status()).isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(list(
                "SELECT (last_used_on IS NOT NULL)::text FROM access.api_keys WHERE key_id = '" + id(key) + "'"))
                .containsExactly("true"));
        assertThat(list("SELECT row(k.*)::text FROM access.api_keys k").toString()).doesNotContain(key.split("_", -1)[3]);
    }

    @Test
    void aDatabaseThatIsDownMakesKnownKeysWorkAndUnknownOnesWait() {
        String key = make("\"evidence:read\"", "one", null);
        assertThat(get(RECEIPT, key).status()).isEqualTo(404);
        RUNTIME.kill(RuntimePart.TENANT);
        try {
            String unknown = ApiKey.generate(KeyScope.TENANT).reveal();
            await().atMost(PATIENCE).until(() -> get(RECEIPT, unknown).status() == 503);
            assertThat(get("/v1/status", key).status()).as("known, and not allowed to see this").isEqualTo(403);
            assertThat(get(RECEIPT, otherSecret(key)).status()).isEqualTo(401);
            assertThat(get("/v1/status", admin()).status()).isEqualTo(200);
        } finally {
            RUNTIME.start(RuntimePart.TENANT);
        }
        String unknown = ApiKey.generate(KeyScope.TENANT).reveal();
        await().atMost(PATIENCE).until(() -> get(RECEIPT, unknown).status() == 401);
    }

    private String make(String permissions, String tenant, String expiresIn) {
        Answer made = service.ask("POST", "/v1/credentials", wish(permissions, tenant, expiresIn), bearer(admin()));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.headers()).containsEntry("cache-control", "no-store");
        return made.json().path("key").asText();
    }

    private static String wish(String permissions, String tenant, String expiresIn) {
        return "{\"name\":\"test\",\"permissions\":[" + permissions + "]"
                + (tenant == null ? "" : ",\"tenant_id\":\"" + tenant + "\"")
                + (expiresIn == null ? "" : ",\"expires_in\":\"" + expiresIn + "\"") + "}";
    }

    private Answer get(String path, String key) {
        return service.ask("GET", path, null, bearer(key));
    }

    private Answer named(String key, String tenant) {
        return service.ask("GET", RECEIPT, null, Map.of("Authorization", "Bearer " + key, "X-Tenant-Id", tenant));
    }

    private Answer delete(String key) {
        return service.ask("DELETE", "/v1/credentials/" + id(key), null, bearer(admin()));
    }

    private static String admin() {
        return TestCredentials.administrator().reveal();
    }

    private static Map<String, String> bearer(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    private static String id(String key) {
        return ApiKey.parse(key).orElseThrow().keyId();
    }

    /** The same key id with a valid checksum and another secret. */
    private static String otherSecret(String key) {
        return resealed(key, 3, ApiKey.generate(KeyScope.ALL).reveal().split("_", -1)[3]);
    }

    private static String otherPlane(String key) {
        return resealed(key, 1, "ide");
    }

    private static String resealed(String key, int part, String value) {
        String[] parts = key.split("_", -1);
        parts[part] = value;
        String body = String.join("_", List.of(parts).subList(0, 4));
        String sealed = body + "_" + io.zeroui.contracts.access.SecretHash.ofSecret(body).toString().substring(0, 8);
        assertThat(ApiKey.parse(sealed)).isPresent();
        return sealed;
    }

    /** Status, headers that tell something, and body, without what differs between any two requests. */
    private static String without(Answer answer) {
        return answer.status() + " " + answer.headers().get("www-authenticate") + " " + answer.headers().get("content-type")
                + answer.body().replaceAll("\"(request_id|timestamp)\":\"[^\"]*\"", "");
    }

    private static List<String> list(String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = RealRuntime.connect(RUNTIME.adminUrl(Plane.TENANT));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }
}
