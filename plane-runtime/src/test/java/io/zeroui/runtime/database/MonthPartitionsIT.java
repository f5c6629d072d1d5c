package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** Tables of the shared plane with a partition a month. */
class MonthPartitionsIT {

    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.SHARED);
    private static final String BEFORE = "202611250001";
    private static final String REPORT = """
            INSERT INTO app.telemetry_history (plane, instance, slot, state, service, version, reported_at, figures)
            VALUES ('ide', '%1$s', now() + interval '%2$s', 'up', 's', '1', now() + interval '%2$s', '{}')
            """;
    private static final String PARTITIONS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'app.telemetry_history'::regclass ORDER BY 1";

    @Test
    void theRowsOfAnOlderVersionMoveIntoTheirMonths() throws SQLException {
        RUNTIME.resetDatabase(Plane.SHARED);
        assertThat(flyway().target(BEFORE).repeatableSqlMigrationPrefix("later").load().migrate().success).isTrue();
        try (Connection serving = RealRuntime.connect(RUNTIME.databaseUrl(Plane.SHARED)); Statement sql = serving.createStatement()) {
            sql.execute(REPORT.formatted("old", "-65 days"));
            sql.execute(REPORT.formatted("new", "0 s"));
        }
        try (Connection owner = RealRuntime.connect(RUNTIME.migrationUrl(Plane.SHARED)); Statement sql = owner.createStatement()) {
            sql.execute("CREATE SCHEMA IF NOT EXISTS analytics");
            sql.execute("CREATE OR REPLACE VIEW analytics.telemetry_history AS SELECT plane, instance, slot FROM app.telemetry_history");
        }

        assertThat(flyway().load().migrate().success).isTrue();

        try (Connection serving = RealRuntime.connect(RUNTIME.databaseUrl(Plane.SHARED)); Statement sql = serving.createStatement()) {
            assertThat(list(serving, "SELECT instance FROM app.telemetry_history ORDER BY slot")).containsExactly("old", "new");
            assertThat(list(serving, "SELECT count(DISTINCT tableoid) FROM app.telemetry_history")).containsExactly("2");
            assertThat(list(serving, PARTITIONS)).hasSizeBetween(5, 6);
            sql.execute(REPORT.formatted("ahead", "31 days"));
        }
        try (Connection reader = RealRuntime.connect(RUNTIME.analyticsUrl(Plane.SHARED))) {
            assertThat(list(reader, "SELECT count(*) FROM analytics.telemetry_history")).containsExactly("3");
        }
    }

    @Test
    void monthsAreMadeAheadAndDroppedWhenAllOfThemIsTooOld() throws SQLException {
        MigratedPlane plane = MigratedPlane.of(Plane.SHARED);
        try (Connection serving = plane.serving(); Statement sql = serving.createStatement()) {
            List<String> before = list(serving, PARTITIONS);
            assertThat(before).hasSize(3);
            assertThatThrownBy(() -> sql.execute(REPORT.formatted("old", "-100 days"))).hasMessageContaining("no partition");
            assertThat(list(serving, "SELECT app.keep_months('telemetry_history', now() - interval '100 days', 2, '-infinity')")).containsExactly("0");
            assertThat(list(serving, PARTITIONS)).hasSizeBetween(6, 7).containsAll(before);
            sql.execute(REPORT.formatted("old", "-100 days"));
            sql.execute(REPORT.formatted("young", "-2 days"));
            assertThat(list(serving, "SELECT app.keep_months('telemetry_history', now() - interval '3 days', 2, now() - interval '3 days') > 1"))
                    .containsExactly("t");
            assertThat(list(serving, "SELECT instance FROM app.telemetry_history")).containsExactly("young");
            assertThat(list(serving, "SELECT app.keep_months('telemetry_history', now() - interval '3 days', 2, now() - interval '3 days')"))
                    .containsExactly("0");
            assertThat(list(serving, "SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r' AND relnamespace = 'app'::regnamespace"
                    + " AND obj_description(oid) IS NULL")).containsExactly("0");
        }
    }

    @Test
    void theFunctionIsForItsTablesAndSpansOnly() throws SQLException {
        MigratedPlane plane = MigratedPlane.of(Plane.SHARED);
        try (Connection serving = plane.serving(); Statement sql = serving.createStatement()) {
            assertThatThrownBy(() -> sql.execute("SELECT app.keep_months('telemetry_reports', now(), 2, '-infinity')")).hasMessageContaining("not kept by months");
            assertThatThrownBy(() -> sql.execute("SELECT app.keep_months('telemetry_history', now(), 2, now())")).hasMessageContaining("younger than a day");
            assertThatThrownBy(() -> sql.execute("SELECT app.keep_months('telemetry_history', '0001-01-01', 2, '-infinity')")).hasMessageContaining("too many");
            assertThatThrownBy(() -> sql.execute("SELECT app.keep_months('telemetry_history', now(), 1000, '-infinity')")).hasMessageContaining("too many");
            assertThatThrownBy(() -> sql.execute("CREATE TABLE app.x PARTITION OF app.telemetry_history FOR VALUES FROM ('2000-01-01') TO ('2000-02-01')"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection reader = plane.analytics(); Statement sql = reader.createStatement()) {
            assertThatThrownBy(() -> sql.execute("SELECT app.keep_months('telemetry_history', now(), 2, '-infinity')")).hasMessageContaining("permission denied");
        }
    }

    @Test
    void changesOfAlertsAreAddedAndNeverChanged() throws SQLException {
        MigratedPlane plane = MigratedPlane.of(Plane.SHARED);
        try (Connection serving = plane.serving(); Statement sql = serving.createStatement()) {
            sql.execute("INSERT INTO app.alert_transitions (at, rule, plane, instance, severity, from_state, to_state, figure, threshold)"
                    + " VALUES (now(), 'r', 'ide', 'i', 'warning', 'inactive', 'pending', 1, 1)");
            assertThatThrownBy(() -> sql.execute("UPDATE app.alert_transitions SET figure = 2")).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> sql.execute("DELETE FROM app.alert_transitions")).hasMessageContaining("permission denied");
        }
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        return MigratedPlane.list(connection, sql);
    }

    private static FluentConfiguration flyway() {
        URI owner = URI.create(RUNTIME.migrationUrl(Plane.SHARED));
        String[] login = owner.getRawUserInfo().split(":", 2);
        return Flyway.configure().locations("classpath:db/migration/shared").table("schema_history").defaultSchema("public")
                .dataSource("jdbc:postgresql://" + owner.getHost() + ":" + owner.getPort() + owner.getPath(), login[0], login[1]);
    }
}
