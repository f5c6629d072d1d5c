package io.zeroui.cli.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.DatabaseProbe;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;

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
