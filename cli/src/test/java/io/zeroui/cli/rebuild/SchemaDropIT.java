package io.zeroui.cli.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.DatabaseProbe;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaDropIT {

    private RealRuntime runtime;

    @BeforeEach
    void migrated() throws SQLException {
        runtime = RealRuntime.with(RuntimePart.TENANT);
        EmptiedDatabase.migrateALittle(runtime, Plane.TENANT);
    }

    @Test
    void schemaAndHistoryAreGoneAndTheServingLoginMayUseTheNewSchema() throws SQLException {
        RunningSystem system = RunningSystem.of(runtime.environment());
        assertThat(DatabaseProbe.ask(system, Plane.TENANT).schema()).isEqualTo("202600000001");
        SchemaDrop.run(system, Plane.TENANT);
        DatabaseProbe.Answer after = DatabaseProbe.ask(system, Plane.TENANT);
        assertThat(after.isUp()).isTrue();
        assertThat(after.schema()).isEmpty();
        try (Connection connection = RealRuntime.connect(runtime.databaseUrl(Plane.TENANT));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT has_schema_privilege('app', 'USAGE'), to_regclass('app.things') IS NULL
                        """)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isTrue();
            assertThat(rows.getBoolean(2)).isTrue();
        }
    }

    @Test
    void ofTheProductPlaneOnlyTheIndexOfPoliciesIsEmptied() throws SQLException {
        RealRuntime product = RealRuntime.with(RuntimePart.PRODUCT);
        EmptiedDatabase.migrateALittle(product, Plane.PRODUCT);
        try (Connection connection = RealRuntime.connect(product.migrationUrl(Plane.PRODUCT)); var statement = connection.createStatement()) {
            for (String table : List.of("policy_versions", "policy_history", "policy_bundles", "policy_watermarks", "receipt_counts")) {
                statement.execute("CREATE TABLE app." + table + " (a int); INSERT INTO app." + table + " VALUES (1)");
            }
        }
        SchemaDrop.run(RunningSystem.of(product.environment()), Plane.PRODUCT);
        try (Connection connection = RealRuntime.connect(product.migrationUrl(Plane.PRODUCT)); var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT (SELECT count(*) FROM app.policy_versions), (SELECT count(*) FROM app.policy_watermarks),
                               (SELECT count(*) FROM app.receipt_counts), to_regclass('public.schema_history') IS NULL
                        """)) {
            assertThat(rows.next()).isTrue();
            assertThat(List.of(rows.getLong(1), rows.getLong(2), rows.getLong(3))).containsExactly(0L, 0L, 1L);
            assertThat(rows.getBoolean(4)).isFalse();
        }
        product.resetDatabase(Plane.PRODUCT);
    }

    @Test
    void nothingIsDroppedWhileAServiceIsConnected() throws SQLException {
        try (Connection service = RealRuntime.connect(runtime.databaseUrl(Plane.TENANT))) {
            assertThat(service.isValid(1)).isTrue();
            assertThatThrownBy(() -> SchemaDrop.run(RunningSystem.of(runtime.environment()), Plane.TENANT))
                    .isInstanceOf(CliFailure.class).hasMessageContaining("zeroui_tenant_user");
        }
        assertThat(DatabaseProbe.ask(RunningSystem.of(runtime.environment()), Plane.TENANT).schema()).isNotEmpty();
    }

    @Test
    void withoutTheOwnersLoginTheMissingVariableIsNamed() {
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_TENANT_DB_URL", runtime.databaseUrl(Plane.TENANT)));
        assertThatThrownBy(() -> SchemaDrop.run(system, Plane.TENANT)).isInstanceOf(CliFailure.class)
                .hasMessageContaining("ZEROUI_TENANT_DB_MIGRATION_URL");
    }
}
