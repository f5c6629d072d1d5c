package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalyticsLoginIT {

    private static final String VIEWS = "SELECT 'analytics.' || viewname FROM pg_views WHERE schemaname = 'analytics'";

    @Test
    void itSeesTheTenantThatItNamesAndNoneWithoutAName() throws SQLException {
        MigratedPlane plane = MigratedPlane.of(Plane.PRODUCT);
        plane.execute("INSERT INTO app.receipt_counts (tenant_id, day, kind, gate_id, status, environment, count)"
                + " SELECT t, '2026-11-22', 'decision', 'g', 'pass', 'default', 1 FROM unnest(ARRAY['one', 'two']) AS t");
        try (Connection reader = plane.analytics()) {
            assertThat(tenants(reader)).isEmpty();
            reader.createStatement().execute("SET app.current_tenant_id = 'one'");
            assertThat(tenants(reader)).containsExactly("one");
            reader.createStatement().execute("SET app.plane_scope = 'plane'");
            assertThat(tenants(reader)).containsExactly("one");
            reader.createStatement().execute("SET app.current_tenant_id = ''");
            assertThat(tenants(reader)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void itReadsEveryViewNoTableAndWritesNothing(Plane any) throws SQLException {
        MigratedPlane plane = MigratedPlane.of(any);
        List<String> views = plane.list(VIEWS);
        assertThat(views).isNotEmpty();
        try (Connection reader = plane.analytics()) {
            for (String view : views) {
                assertThat(MigratedPlane.list(reader, "SELECT count(*) FROM " + view)).containsExactly("0");
            }
            reader.createStatement().execute("SET default_transaction_read_only = off");
            for (String table : TableCatalogue.of(any).tables().keySet()) {
                for (String sql : List.of("SELECT count(*) FROM " + table, "DELETE FROM " + table, "TRUNCATE " + table)) {
                    assertThatThrownBy(() -> reader.createStatement().execute(sql)).as(sql)
                            .hasMessageContaining("permission denied");
                }
            }
            assertThatThrownBy(() -> reader.createStatement().execute("DELETE FROM " + views.get(0)))
                    .hasMessageContaining("permission denied");
        }
    }

    private static List<String> tenants(Connection reader) throws SQLException {
        return MigratedPlane.list(reader, "SELECT tenant_id FROM analytics.receipt_counts ORDER BY 1");
    }
}
