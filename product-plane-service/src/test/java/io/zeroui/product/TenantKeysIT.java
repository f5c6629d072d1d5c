package io.zeroui.product;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.RegisteredKey;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** Keys of tenants over HTTP, what is announced of them, and what stays written of who did what. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class TenantKeysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);

    private final String tenant = "t-" + UUID.randomUUID();
    private final Ed25519PublicKey key = Ed25519.newKeyPair().publicKey();

    @Inject
    DatabaseSchema schema;

    @BeforeEach
    void makeTenant() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        given().contentType("application/json").body(Map.of("tenant_id", tenant)).post("/v1/tenants").then().statusCode(201);
    }

    @Test
    void aKeyIsAddedRotatedRevokedAndRestoredAndEveryStepIsAnnouncedWhole() throws SQLException {
        Ed25519PublicKey next = Ed25519.newKeyPair().publicKey();
        add("laptop.1", key).statusCode(201).body("fingerprint", equalTo(key.fingerprint())).body("valid_until", nullValue());
        add("laptop.1", key).statusCode(201);
        add("laptop.1", next).statusCode(409).body("detail", containsString("never exchanged"));

        post("laptop.1/rotate", Map.of("kid", "laptop.2", "public_key", SpkiPem.write(next), "overlap", "PT1H")).statusCode(201)
                .body("kid", equalTo("laptop.2"));
        one("laptop.1").body("replaced_by", equalTo("laptop.2")).body("valid_until", notNullValue());
        Instant since = Instant.parse("2026-11-20T10:00:00.123456Z");
        post("laptop.1/revoke", Map.of("reason", "stolen", "compromised_since", since.toString())).statusCode(200)
                .body("compromised_since", equalTo(since.toString())).body("reason", equalTo("stolen"));
        post("laptop.1/revoke", Map.of("reason", "later")).statusCode(200).body("reason", equalTo("stolen"));
        given().post("/v1/tenants/" + tenant + "/keys/laptop.1/restore").then().statusCode(200).body("revoked_at", nullValue());

        List<RegisteredKey> told = announced("laptop.1");
        assertThat(told).extracting(RegisteredKey::version).isSorted().doesNotHaveDuplicates().hasSize(4);
        assertThat(told).extracting(RegisteredKey::compromisedSince).containsExactly(null, null, since, null);
        assertThat(told.get(0).key()).isEqualTo(key);
        assertThat(told.get(2).document("e").objection(key, since)).isNotNull();
        assertThat(audit()).containsExactly("laptop.1 add", "laptop.2 add", "laptop.1 replace", "laptop.1 revoke", "laptop.1 restore");
    }

    @Test
    void aKeyThatCameWithReceiptsIsRevokedByItsIdAlone() {
        post("vouched-1/revoke", Map.of("reason", "stolen")).statusCode(200).body("fingerprint", nullValue());

        assertThat(announced("vouched-1")).singleElement().satisfies(said -> {
            assertThat(said.key()).isNull();
            assertThat(said.revokedAt()).isNotNull();
        });
        given().get("/v1/tenants/" + tenant + "/keys").then().statusCode(200).body("items.kid", equalTo(List.of("vouched-1")));
    }

    @Test
    void aWrongWishIsRefusedWithItsMember() {
        for (Map<String, String> wrong : List.of(Map.of("public_key", SpkiPem.write(key)), Map.of("kid", "a/b", "public_key", "x"),
                Map.of("kid", "k", "public_key", "not a key"), Map.of("kid", ".."), Map.of("kid", "k", "public_key",
                        SpkiPem.write(key), "valid_from", "2026-01-02T00:00:00Z", "valid_until", "2026-01-01T00:00:00Z"))) {
            given().contentType("application/json").body(wrong).post("/v1/tenants/" + tenant + "/keys").then().statusCode(400)
                    .body("error.code", equalTo("VALIDATION_ERROR"));
        }
        post("k/revoke", Map.of()).statusCode(400).body("error.details.member", equalTo("reason"));
        post("k/revoke", Map.of("reason", "x\ny")).statusCode(400);
        post("k/revoke", Map.of("reason", "x", "compromised_since", Instant.now().plusSeconds(60).toString())).statusCode(400);
        post("k/rotate", Map.of("kid", "n", "public_key", SpkiPem.write(key), "overlap", "-PT1H")).statusCode(400);
        given().post("/v1/tenants/" + tenant + "/keys/nobody/restore").then().statusCode(404);
        given().contentType("application/json").body(Map.of("reason", "x")).post("/v1/tenants/none-" + tenant + "/keys/k/revoke")
                .then().statusCode(404);
    }

    @Test
    void onlyWhoMayManageKeysOfAllTenantsDoes() {
        String own = credential(tenant, "keys:manage", "keys:read");
        String reader = credential(null, "keys:read", "tenants:manage");
        for (String who : List.of(own, reader)) {
            given().header("Authorization", "Bearer " + who).contentType("application/json").body(Map.of("reason", "x"))
                    .post("/v1/tenants/" + tenant + "/keys/k/revoke").then().statusCode(403);
        }
        given().header("Authorization", "Bearer " + reader).get("/v1/tenants/" + tenant + "/keys").then().statusCode(200);
    }

    private static String credential(String of, String... permissions) {
        Map<String, Object> wish = new java.util.HashMap<>(Map.of("name", "k", "permissions", List.of(permissions)));
        if (of != null) {
            wish.put("tenant_id", of);
        }
        return given().contentType("application/json").body(wish).post("/v1/credentials").then().statusCode(201).extract().path("key");
    }

    private ValidatableResponse add(String kid, Ed25519PublicKey added) {
        return given().contentType("application/json").body(Map.of("kid", kid, "public_key", SpkiPem.write(added)))
                .post("/v1/tenants/" + tenant + "/keys").then();
    }

    private ValidatableResponse post(String path, Map<String, String> body) {
        return given().contentType("application/json").body(body).post("/v1/tenants/" + tenant + "/keys/" + path).then();
    }

    private ValidatableResponse one(String kid) {
        return given().get("/v1/tenants/" + tenant + "/keys/" + kid).then().statusCode(200);
    }

    private List<RegisteredKey> announced(String kid) {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(ChannelCatalogue.PRODUCT_TENANTS.streamKey(), (StreamEntryID) null, null).stream()
                    .map(entry -> EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8), TenantsChanged.class))
                    .flatMap(change -> change.keys().stream())
                    .filter(one -> one.tenantId().equals(tenant) && one.kid().equals(kid)).toList();
        }
    }

    private List<String> audit() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection admin = RealRuntime.connect(RUNTIME.adminUrl(Plane.PRODUCT)); var statement = admin.createStatement();
                var found = statement.executeQuery("SELECT kid || ' ' || action FROM registry.key_changes WHERE tenant_id = '"
                        + tenant + "' AND changed_by <> '' ORDER BY version")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
