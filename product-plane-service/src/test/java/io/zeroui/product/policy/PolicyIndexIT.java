package io.zeroui.product.policy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tables follow the histories, and come to the same when they are written anew. */
@QuarkusTest
@TestProfile(RecordedReleases.Profile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class PolicyIndexIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT);

    private final String tenant = "t-" + UUID.randomUUID();

    @Inject
    DatabaseSchema schema;
    @Inject
    RecordedReleases releases;

    @Test
    void theIndexIsTheSameAfterItWasWrittenAnew() throws SQLException {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        PolicyCaller author = PolicyCaller.everything(tenant);
        PolicyCaller other = PolicyCaller.everything(tenant);
        await().atMost(PATIENCE).until(() -> author.get("").extract().statusCode() == 200 && other.get("").extract().statusCode() == 200);
        author.approved("gate", "1.0", other);
        author.act("gate", "1.0", "release", Map.of("fail_mode", "closed")).statusCode(200);
        author.approved("gate", "2.0", other);
        author.act("gate", "2.0", "release", Map.of()).statusCode(200);
        author.approved("gate", "3.0", other);
        author.act("gate", "3.0", "revocation", Map.of("reason", "never mind")).statusCode(200);
        author.draft("other", "1", Map.of("a", 1)).statusCode(201);

        await().atMost(PATIENCE).until(() -> rows("SELECT version || ' ' || state FROM app.policy_versions WHERE tenant_id = '" + tenant
                + "' ORDER BY policy_id, version").equals(List.of("1.0 superseded", "2.0 released", "3.0 revoked", "1 draft")));
        assertThat(rows("SELECT version || ' ' || status FROM app.policy_bundles WHERE bundle_id = '" + tenant + "/gate' ORDER BY version"))
                .containsExactly("1.0 superseded", "2.0 released");
        assertThat(rows("SELECT number || ' ' || act FROM app.policy_history WHERE tenant_id = '" + tenant + "' ORDER BY number"))
                .hasSize(13).startsWith("1 drafted", "2 submitted", "3 approved", "4 released").endsWith("12 revoked", "13 drafted");
        assertThat(rows("SELECT terms ->> 'order' FROM app.policy_versions WHERE tenant_id = '" + tenant + "' AND terms IS NOT NULL"))
                .containsExactly("8");
        settled();
        String before = digest();
        String rowsBefore = rows("SELECT count(*)::text FROM app.policy_history").get(0);

        empty();
        assertThat(digest()).isNotEqualTo(before);
        author.draft("other", "2", Map.of("a", 2)).statusCode(201);
        await().atMost(PATIENCE).until(() -> rows("SELECT count(*)::text FROM app.policy_history").get(0)
                .equals(Long.toString(Long.parseLong(rowsBefore) + 1)));
        settled();
        String second = digest();
        empty();
        author.draft("other", "2", Map.of("a", 2)).statusCode(409);
        await().atMost(PATIENCE).until(() -> digest().equals(second));
    }

    @Test
    void aDatabaseThatIsDownStopsNoKillAndNoRevocation() throws SQLException {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        PolicyCaller author = PolicyCaller.everything(tenant);
        PolicyCaller other = PolicyCaller.everything(tenant);
        await().atMost(PATIENCE).until(() -> author.get("").extract().statusCode() == 200 && other.get("").extract().statusCode() == 200);
        author.approved("gate", "1.0", other);
        author.act("gate", "1.0", "release", Map.of()).statusCode(200);
        await().atMost(PATIENCE).until(() -> states().equals(List.of("released")));
        try {
            administrate("ALTER ROLE zeroui_product_user NOLOGIN; SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE usename = 'zeroui_product_user'");
            author.act("gate", "1.0", "kill", Map.of("killed_until", "2099-01-01T00:00:00Z", "reason", "it blocks")).statusCode(200)
                    .body("published", equalTo(true));
            author.act("gate", "1.0", "revocation", Map.of("reason", "it blocks")).statusCode(200).body("published", equalTo(true));
            assertThat(releases.last(tenant)).isEmpty();
            assertThat(states()).containsExactly("released");
        } finally {
            administrate("ALTER ROLE zeroui_product_user LOGIN");
        }
        await().atMost(PATIENCE).until(() -> states().equals(List.of("revoked")));
    }

    private List<String> states() throws SQLException {
        return rows("SELECT state FROM app.policy_versions WHERE tenant_id = '" + tenant + "'");
    }

    private static void administrate(String sql) throws SQLException {
        try (Connection admin = RealRuntime.connect(RUNTIME.adminUrl(Plane.PRODUCT)); Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void settled() {
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/status").then().body("policies.caught_up", equalTo(true)));
    }

    private static String digest() {
        return given().get("/v1/status/digest").then().statusCode(200).extract().path("digest");
    }

    private static void empty() throws SQLException {
        administrate("TRUNCATE app.policy_versions, app.policy_history, app.policy_watermarks, app.policy_bundles");
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection admin = RealRuntime.connect(RUNTIME.adminUrl(Plane.PRODUCT)); Statement statement = admin.createStatement();
                var found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
