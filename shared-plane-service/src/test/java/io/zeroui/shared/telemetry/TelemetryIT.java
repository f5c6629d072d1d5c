package io.zeroui.shared.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.ChannelState;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class TelemetryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.SHARED, RuntimePart.REDIS);

    @Inject
    TelemetryStore store;
    @Inject
    PlaneTelemetry telemetry;
    @Inject
    DatabaseSchema schema;

    @BeforeEach
    void awaitSchema() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
    }

    @Test
    void thisPlaneReportsAboutItselfOverTheBus() {
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/telemetry/planes/shared").then().statusCode(200)
                .body("state", equalTo("up"))
                .body("instances[0].service", equalTo("shared-plane-service"))
                .body("instances[0].channels.size()", equalTo(6)));
    }

    @Test
    void theNewestReportOfAnInstanceWinsInWhateverOrderTheyArrive() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        send(Plane.IDE, report(Plane.IDE, "order", now, "up", 2));
        send(Plane.IDE, report(Plane.IDE, "order", now.minusSeconds(3), "degraded", 1));
        send(Plane.IDE, report(Plane.IDE, "order", now, "up", 2));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(column("SELECT count(*) FROM app.telemetry_history WHERE instance = 'order'")).containsExactly("2");
            assertThat(column("SELECT figures->'counts'->>'n' FROM app.telemetry_reports WHERE instance = 'order'"))
                    .containsExactly("2");
        });
        given().get("/v1/telemetry/planes").then().statusCode(200)
                .body("planes.plane", equalTo(List.of("ide", "tenant", "product", "shared")))
                .body("planes[0].instances.find { it.instance == 'order' }.counts.n", equalTo(2))
                .body("planes[0].instances.find { it.instance == 'order' }.channels[0].dead_letters", equalTo(7));
    }

    @Test
    void whatIsNoReportIsDeadLetteredAndNothingOfItIsStored() {
        long before = deadLetters();
        send(Plane.TENANT, EventEnvelope.of(EventEnvelope.TELEMETRY_REPORTED, "s", Instant.now(),
                bytes("{\"plane\":\"tenant\",\"instance\":\"SECRET stuff\"}")));
        send(Plane.TENANT, EventEnvelope.of(EventEnvelope.TELEMETRY_REPORTED, "s", Instant.now(),
                bytes(" ".repeat(100_000))));
        send(Plane.TENANT, report(Plane.IDE, "impostor", Instant.now(), "up", 1));
        send(Plane.TENANT, report(Plane.TENANT, "honest", Instant.now(), "up", 1));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(column("SELECT instance FROM app.telemetry_reports WHERE instance IN ('honest', 'SECRET stuff')"))
                    .containsExactly("honest");
            assertThat(deadLetters()).isEqualTo(before + 3);
        });
        assertThat(column("SELECT instance FROM app.telemetry_reports WHERE instance = 'impostor'")).isEmpty();
    }

    private static long deadLetters() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xlen(ChannelCatalogue.TENANT_TELEMETRY.deadLetterKey(null));
        }
    }

    @Test
    void historyIsThinnedToOneReportPerSlotAndStateAndReadInPages() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(1200);
        List<TelemetryReport> reports = new ArrayList<>();
        for (int second = 0; second < 600; second += 5) {
            reports.add(reportOf(Plane.PRODUCT, "history", start.plusSeconds(second), second == 300 ? "degraded" : "up",
                    second));
        }
        store.keep(reports.subList(60, 120), Duration.ofSeconds(30)).await().atMost(PATIENCE);
        store.keep(reports, Duration.ofSeconds(30)).await().atMost(PATIENCE);
        assertThat(column("SELECT count(*) FROM app.telemetry_history WHERE instance = 'history'"))
                .containsExactly("21");
        List<Object> paged = new ArrayList<>();
        String cursor = null;
        do {
            Response page = history(cursor);
            paged.addAll(page.jsonPath().getList("reports.reported_at"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(paged).hasSize(21).doesNotHaveDuplicates();
        assertThat(paged.stream().map(Object::toString).map(Instant::parse).toList())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        given().get("/v1/telemetry/planes/product").then().body("state", equalTo("stale"));
    }

    @Test
    void whatIsOlderThanTheRetentionIsDeletedAndTheRestStays() {
        Instant old = Instant.now().minus(Duration.ofDays(8));
        store.keep(List.of(reportOf(Plane.IDE, "old", old, "up", 1)), Duration.ofSeconds(30)).await().atMost(PATIENCE);
        store.keep(List.of(reportOf(Plane.IDE, "young", old.plus(Duration.ofDays(2)), "up", 1)), Duration.ofSeconds(30))
                .await().atMost(PATIENCE);
        telemetry.clean().await().atMost(PATIENCE);
        assertThat(column("SELECT instance FROM app.telemetry_history WHERE instance IN ('old', 'young')"))
                .containsExactly("young");
        assertThat(column("SELECT instance FROM app.telemetry_reports WHERE instance IN ('old', 'young')"))
                .containsExactly("young");
        telemetry.keep(List.of(reportOf(Plane.IDE, "old", old, "up", 1))).await().atMost(PATIENCE);
        assertThat(column("SELECT instance FROM app.telemetry_history WHERE instance = 'old'")).isEmpty();
    }

    @Test
    void aMonthThatIsTooOldGoesAsAWhole() {
        Instant old = Instant.now().minus(Duration.ofDays(70));
        String month = "SELECT to_regclass('app.telemetry_history_" + old.toString().substring(0, 7).replace("-", "") + "') IS NOT NULL";
        store.keep(List.of(reportOf(Plane.TENANT, "ancient", old, "up", 1)), Duration.ofSeconds(30)).await().atMost(PATIENCE);
        assertThat(column(month)).containsExactly("t");
        assertThat(column("SELECT instance FROM app.telemetry_history WHERE instance = 'ancient'")).containsExactly("ancient");
        telemetry.clean().await().atMost(PATIENCE);
        assertThat(column(month)).containsExactly("f");
        assertThat(column("SELECT instance FROM app.telemetry_history WHERE instance = 'ancient'")).isEmpty();
    }

    @Test
    void withoutItsDatabaseThePlaneAnswersAProblemAndKeepsReportsAfterwards() {
        RUNTIME.stop(RuntimePart.SHARED);
        try {
            send(Plane.IDE, report(Plane.IDE, "fault", Instant.now(), "up", 5));
            given().get("/v1/telemetry/planes").then().statusCode(503).contentType("application/problem+json")
                    .body("error.code", equalTo("DEPENDENCY_UNAVAILABLE"));
            given().get("/v1/status").then().statusCode(200).body("report.state", equalTo("degraded"));
        } finally {
            RUNTIME.start(RuntimePart.SHARED);
        }
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                column("SELECT figures->'counts'->>'n' FROM app.telemetry_reports WHERE instance = 'fault'"))
                .containsExactly("5"));
        given().get("/q/health/ready").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?plane=moon", "?plane=ide&since=yesterday", "?plane=ide&limit=0",
            "?plane=ide&limit=1001", "?plane=ide&limit=x", "?plane=ide&cursor=nonsense",
            "?plane=ide&since=%2B1000000-01-01T00:00:00Z"})
    void aWrongQuestionIsAProblem(String query) {
        given().urlEncodingEnabled(false).get("/v1/telemetry/history" + query).then().statusCode(400)
                .contentType("application/problem+json").body("error.code", equalTo("VALIDATION_ERROR"));
    }

    @Test
    void anUnknownPlaneIsNotFound() {
        given().get("/v1/telemetry/planes/moon").then().statusCode(404)
                .body("error.code", equalTo("RESOURCE_NOT_FOUND"));
    }

    @Test
    void metricsAndOpenApiAreServedAndTablesHaveComments() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("zeroui_telemetry_reports_total"));
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/telemetry/history"));
        assertThat(column("SELECT relname FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"
                + " AND obj_description(oid) IS NULL")).isEmpty();
    }

    private static Response history(String cursor) {
        var request = given().queryParams("plane", "product", "limit", 4, "since", "2020-01-01T00:00:00Z");
        Response page = (cursor == null ? request : request.queryParam("cursor", cursor)).get("/v1/telemetry/history");
        assertThat(page.statusCode()).isEqualTo(200);
        return page;
    }

    private static TelemetryReport reportOf(Plane plane, String instance, Instant at, String state, long n) {
        return new TelemetryReport(plane.key(), plane.key() + "-plane-service", instance, "1.0.0", at, state,
                Map.of("n", n), List.of(new ChannelState("ide-receipts", "consumer", "reading", 1, 2, 7)));
    }

    private static EventEnvelope report(Plane plane, String instance, Instant at, String state, long n) {
        return EventEnvelope.of(EventEnvelope.TELEMETRY_REPORTED, "urn:zeroui:plane:" + plane.key(), at,
                EventJson.write(reportOf(plane, instance, at, state, n)));
    }

    private static void send(Plane channel, EventEnvelope event) {
        Map<byte[], byte[]> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(bytes(name), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(bytes(ChannelCatalogue.telemetryOf(channel).streamKey()), fields,
                    XAddParams.xAddParams())).isNotEmpty();
        }
    }

    private static List<String> column(String sql) {
        try (Connection connection = RealRuntime.connect(RUNTIME.adminUrl(Plane.SHARED));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
