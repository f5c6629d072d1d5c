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

/** Migrations reach the tables of tenants that had a schema of their own before. */
class HomeMigrationIT {

    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.TENANT);
    private static final String FIRST_WITH_HOMES = "202611280001";
    private static final String ROW = """
            INSERT INTO tenant_one.receipts_index (tenant_id, receipt_id, ledger_sequence, kind, repo_id, evaluation_point, plane,
                environment, emitter_service, degraded, timestamp_utc, received_at, kid, hash, chain_id, chain_position, prev_hash,
                chain_hash, file, file_offset, line_length, signature_status)
            VALUES ('one', 'r', 1, 'decision', 'repo', 'unknown', 'ide', 'default', 'e', false, now(), now(), 'k', sha256(''), 'c',
                1, sha256(''), sha256(''), 'f', 0, 1, 'verified')
            """;

    /** What R__analytics.sql was when there were the first homes. */
    private static final String VIEWS_THEN = """
            CREATE SCHEMA analytics;
            CREATE VIEW analytics.receipts WITH (security_invoker = true, security_barrier = true) AS
            SELECT tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point, severity, plane,
                   environment, emitter_service, degraded, timestamp_utc, received_at, signature_status
            FROM app.receipts_index;
            GRANT SELECT (tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point, severity,
                plane, environment, emitter_service, degraded, timestamp_utc, received_at, signature_status)
                ON app.receipts_index TO zeroui_tenant_analytics_ro
            """;

    @Test
    void aHomeOfAnOlderVersionBecomesLikeItsModelAndKeepsItsRows() throws SQLException {
        RUNTIME.resetDatabase(Plane.TENANT);
        assertThat(flyway().target(FIRST_WITH_HOMES).repeatableSqlMigrationPrefix("later").load().migrate().success).isTrue();
        try (Connection owner = RealRuntime.connect(RUNTIME.migrationUrl(Plane.TENANT)); Statement sql = owner.createStatement()) {
            sql.execute(VIEWS_THEN);
        }
        try (Connection serving = RealRuntime.connect(RUNTIME.databaseUrl(Plane.TENANT)); Statement sql = serving.createStatement()) {
            serving.setAutoCommit(false);
            sql.execute("SELECT app.enter('one', '', true)");
            sql.execute("SELECT app.create_home('one')");
            sql.execute(ROW);
            serving.commit();
        }

        assertThat(flyway().load().migrate().success).isTrue();

        try (Connection serving = RealRuntime.connect(RUNTIME.databaseUrl(Plane.TENANT)); Statement sql = serving.createStatement()) {
            assertThat(ServingLogin.faults(serving, TableCatalogue.of(Plane.TENANT))).isEmpty();
            sql.execute("SET app.current_tenant_id = 'one'");
            assertThat(list(serving, "SELECT receipt_id FROM tenant_one.receipts_index WHERE policy_version_ids IS NULL"))
                    .containsExactly("r");
            assertThat(sql.executeUpdate("UPDATE tenant_one.receipts_index SET signature_status = 'failed'")).isEqualTo(1);
            assertThat(sql.executeUpdate("UPDATE tenant_one.receipts_index SET policy_standing = 'unknown_policy'")).isEqualTo(1);
            String word = "INSERT INTO tenant_one.receipt_words VALUES ('%s', 'word', now(), 1)";
            assertThat(sql.executeUpdate(word.formatted("one"))).isEqualTo(1);
            sql.execute("SET app.current_tenant_id = 'two'");
            assertThatThrownBy(() -> sql.execute(word.formatted("two"))).hasMessageContaining("one_tenant");
            sql.execute("SET app.current_tenant_id = 'one'");
            assertThatThrownBy(() -> sql.execute("DELETE FROM tenant_one.receipt_words")).hasMessageContaining("permission denied");
        }
        try (Connection owner = RealRuntime.connect(RUNTIME.migrationUrl(Plane.TENANT)); Statement sql = owner.createStatement()) {
            assertThat(indexes(owner, "tenant_one")).hasSize(11).isEqualTo(indexes(owner, "app"));
            assertThat(comments(owner, "tenant_one")).doesNotContain((String) null).isEqualTo(comments(owner, "app"));
            sql.execute("SET app.current_tenant_id = 'one'");
            assertThatThrownBy(() -> sql.execute("UPDATE tenant_one.receipts_index SET module_id = 'x'"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> sql.execute("DELETE FROM tenant_one.receipt_words")).hasMessageContaining("append-only");
            assertThatThrownBy(() -> sql.execute("UPDATE tenant_one.receipt_words SET word = 'x'")).hasMessageContaining("append-only");
        }
        try (Connection reader = RealRuntime.connect(RUNTIME.analyticsUrl(Plane.TENANT)); Statement sql = reader.createStatement()) {
            sql.execute("SET app.current_tenant_id = 'one'");
            assertThat(list(reader, "SELECT receipt_id FROM tenant_one.receipts WHERE actor_type IS NULL")).containsExactly("r");
        }
    }

    private static List<String> indexes(Connection connection, String schema) throws SQLException {
        return list(connection, """
                SELECT regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX \\S+ ON \\S+ ', '\\1') AS definition
                FROM pg_index WHERE indrelid = '%s.receipts_index'::regclass ORDER BY 1
                """.formatted(schema));
    }

    private static List<String> comments(Connection connection, String schema) throws SQLException {
        return list(connection, """
                SELECT col_description(attrelid, attnum) FROM pg_attribute
                WHERE attrelid = '%s.receipts_index'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
                """.formatted(schema));
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        return MigratedPlane.list(connection, sql);
    }

    private static FluentConfiguration flyway() {
        URI owner = URI.create(RUNTIME.migrationUrl(Plane.TENANT));
        String[] login = owner.getRawUserInfo().split(":", 2);
        return Flyway.configure().locations("classpath:db/migration/tenant").table("schema_history").defaultSchema("public")
                .dataSource("jdbc:postgresql://" + owner.getHost() + ":" + owner.getPort() + owner.getPath(), login[0], login[1]);
    }
}
