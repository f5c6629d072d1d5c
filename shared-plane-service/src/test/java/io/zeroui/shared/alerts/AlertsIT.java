package io.zeroui.shared.alerts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts over HTTP, on the real database. What lasts is let last by moving what is kept into the past. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class AlertsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.SHARED, RuntimePart.REDIS);

    @Inject
    AlertKeeper keeper;
    @Inject
    DatabaseSchema schema;

    @BeforeEach
    void awaitSchema() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
    }

    @Test
    void anAlertIsPendingThenFiresIsShownAsAMetricAndIsResolved() {
        report("tenant", "full", "disk_permille", 950, 0);
        look();
        alert("disk-critical", "full").body("alerts[0].state", equalTo("pending")).body("alerts[0].plane", equalTo("tenant"));
        passed("full", 61);
        report("tenant", "full", "disk_permille", 930, 0);
        look();
        alert("disk-critical", "full").body("alerts[0].state", equalTo("firing")).body("alerts[0].severity", equalTo("critical"))
                .body("alerts[0].figure", equalTo(0.93f)).body("alerts[0].threshold", equalTo(0.9f)).body("counts.critical_firing", greaterThan(0));
        given().get("/q/metrics").then().body(containsString("about_instance=\"full\",about_plane=\"tenant\",rule=\"disk-critical\",severity=\"critical\""));
        report("tenant", "full", "disk_permille", 850, 0);
        look();
        alert("disk-critical", "full").body("alerts[0].state", equalTo("firing"));
        report("tenant", "full", "disk_permille", 500, 0);
        look();
        passed("full", 61);
        look();
        alert("disk-critical", "full").body("alerts[0].state", equalTo("resolved"));
        JsonPath history = given().queryParams("instance", "full", "rule", "disk-critical").get("/v1/alerts/history").then().statusCode(200)
                .extract().jsonPath();
        assertThat(history.getList("transitions.to_state")).containsExactly("resolved", "firing", "pending");
        assertThat(history.getList("transitions.from_state")).containsExactly("firing", "pending", "inactive");
    }

    @Test
    void anInstanceThatReportsNoMoreIsAnAlertUntilItReportsAgain() {
        report("product", "gone", "disk_permille", 100, 120);
        look();
        passed("gone", 31);
        look();
        alert("silent-critical", "gone").body("alerts[0].state", equalTo("firing")).body("alerts[0].threshold", equalTo(60f));
        report("product", "gone", "disk_permille", 100, 0);
        look();
        alert("silent-critical", "gone").body("alerts[0].state", equalTo("resolved"));
    }

    @Test
    void anAlertFiresOnWhileItsInstanceIsSilentAndEndsWithTheInstance() {
        report("tenant", "lost", "disk_permille", 990, 0);
        look();
        passed("lost", 61);
        look();
        report("tenant", "lost", "disk_permille", 100, 300);
        look();
        alert("disk-critical", "lost").body("alerts[0].state", equalTo("firing")).body("alerts[0].figure", equalTo(0.99f));
        sql("DELETE FROM app.telemetry_reports WHERE instance = 'lost'");
        look();
        alert("disk-critical", "lost").body("alerts[0].state", equalTo("resolved"));
    }

    @Test
    void ofManyThatLookAtTheSameTimeOneNotesAChange() {
        report("tenant", "crowd", "disk_permille", 990, 0);
        List<Uni<Void>> looks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            looks.add(keeper.look());
        }
        Uni.join().all(looks).andFailFast().await().atMost(PATIENCE);
        look();
        given().queryParams("instance", "crowd", "rule", "disk-critical").get("/v1/alerts/history").then()
                .body("transitions.size()", equalTo(1)).body("transitions[0].to_state", equalTo("pending"));
    }

    @Test
    void alertsAndHistoryAreReadInPages() {
        for (int i = 0; i < 7; i++) {
            report("product", "page-" + i, "disk_permille", 990, 0);
        }
        look();
        for (String path : List.of("/v1/alerts", "/v1/alerts/history")) {
            List<String> paged = new ArrayList<>();
            String cursor = null;
            do {
                var request = given().queryParams("rule", "disk-warning", "plane", "product", "limit", 3);
                Response page = (cursor == null ? request : request.queryParam("cursor", cursor)).get(path);
                assertThat(page.statusCode()).isEqualTo(200);
                List<String> instances = page.jsonPath().getList((path.endsWith("y") ? "transitions" : "alerts") + ".instance");
                assertThat(instances).hasSizeLessThanOrEqualTo(3);
                paged.addAll(instances);
                cursor = page.path("next_cursor");
            } while (cursor != null);
            assertThat(paged.stream().filter(instance -> instance.startsWith("page-"))).as(path).hasSize(7).doesNotHaveDuplicates();
        }
    }

    @Test
    void theRulesAreListed() {
        given().get("/v1/alerts/rules").then().statusCode(200).body("rules.rule", hasItem("backup-age-critical"))
                .body("rules.find { it.rule == 'latency-warning' }.threshold", equalTo(0.5f))
                .body("rules.find { it.rule == 'vector-latency-critical' }.planes", equalTo(List.of("product")));
        given().get("/q/openapi").then().body(containsString("/v1/alerts/history"));
    }

    @Test
    void thisPlaneMeasuresItselfAndRedis() {
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/status").then().statusCode(200)
                .body("report.counts.database_connections_permille", greaterThan(0)).body("report.counts.redis_memory_permille", greaterThan(-1))
                .body("report.counts.database_replicas", equalTo(0)).body("report.counts.disk_permille", greaterThan(0))
                .body("report.counts.requests", greaterThan(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?state=bad", "?severity=fatal", "?plane=moon", "?limit=0", "?limit=1001", "?limit=x", "?cursor=nonsense",
            "/history?since=yesterday", "/history?since=%2B1000000-01-01T00:00:00Z", "/history?cursor=YSBiIGM", "/history?cursor=MSAx"})
    void aWrongQuestionIsAProblem(String query) {
        given().urlEncodingEnabled(false).get("/v1/alerts" + query).then().statusCode(400).contentType("application/problem+json")
                .body("error.code", equalTo("VALIDATION_ERROR"));
    }

    private ValidatableResponse alert(String rule, String instance) {
        return given().queryParams("rule", rule, "instance", instance).get("/v1/alerts").then().statusCode(200).body("alerts.size()", equalTo(1));
    }

    private void look() {
        keeper.look().await().atMost(PATIENCE);
        given().get("/q/metrics").then().body(containsString("zeroui_alerts_looks_total{outcome=\"failed\"} 0.0"));
    }

    /** What an instance said of itself some seconds ago. */
    private static void report(String plane, String instance, String figure, long value, int secondsAgo) {
        sql("""
                INSERT INTO app.telemetry_reports (plane, instance, service, version, state, reported_at, figures, updated_at)
                VALUES ('%1$s', '%2$s', '%1$s-plane-service', '1', 'up', now() - interval '%5$s s',
                        '{"counts":{"%3$s":%4$s},"channels":[]}', now() - interval '%5$s s')
                ON CONFLICT (plane, instance) DO UPDATE SET reported_at = EXCLUDED.reported_at, figures = EXCLUDED.figures,
                    updated_at = EXCLUDED.updated_at
                """.formatted(plane, instance, figure, value, secondsAgo));
    }

    /** Lets a state, and what would change it, begin so many seconds earlier. */
    private static void passed(String instance, int seconds) {
        sql("UPDATE app.alerts SET since = since - interval '%1$s s', run_since = run_since - interval '%1$s s' WHERE instance = '%2$s'"
                .formatted(seconds, instance));
    }

    private static void sql(String sql) {
        try (Connection connection = RealRuntime.connect(RUNTIME.adminUrl(Plane.SHARED)); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
