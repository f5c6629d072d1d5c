package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No row crosses between tenants, and whatever is taken from what keeps them apart is noticed at the start. */
class TenantMatrixIT {

    @ParameterizedTest
    @EnumSource(Plane.class)
    void noCommandReachesARowOfAnotherTenant(Plane any) throws SQLException, IOException {
        MigratedPlane plane = filled(any);
        for (String url : plane.servingUrls()) {
            for (String table : plane.tenantTables()) {
                try (Connection serving = RealRuntime.connect(url)) {
                    assertThat(TenantMatrix.crossings(serving, table)).isEmpty();
                }
            }
        }
    }

    @Test
    void theSharedPlaneHasNoTenantTablesButThoseOfAccess() throws SQLException {
        for (Plane any : Plane.values()) {
            List<String> tables = MigratedPlane.of(any).tenantTables();
            assertThat(tables).as(any.key()).contains("access.api_keys", "access.audit");
            assertThat(tables.stream().allMatch(table -> table.startsWith("access."))).isEqualTo(any == Plane.SHARED);
        }
    }

    @Test
    void theMatrixSeesATableWithoutSecurityAndOneThatMayBeTruncated() throws SQLException, IOException {
        MigratedPlane plane = filled(Plane.PRODUCT);
        plane.execute("ALTER TABLE app.receipt_counts DISABLE ROW LEVEL SECURITY",
                "GRANT TRUNCATE ON app.evidence_applied TO zeroui_product_user");
        try (Connection serving = plane.serving()) {
            assertThat(TenantMatrix.crossings(serving, "app.receipt_counts"))
                    .contains("app.receipt_counts SELECT as 'one'", "app.receipt_counts SELECT as nobody",
                            "app.receipt_counts INSERT as 'one'", "app.receipt_counts COPY TO as ''");
            serving.rollback();
            assertThat(TenantMatrix.crossings(serving, "app.evidence_applied"))
                    .contains("app.evidence_applied TRUNCATE as 'one'");
        }
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void takingAnyPolicyOrForceAwayOrGrantingMoreStopsTheService(Plane any) throws SQLException {
        MigratedPlane plane = MigratedPlane.of(any);
        makeOwnSchema(plane, any);
        String login = "zeroui_" + any.key() + "_user";
        List<String> mutations = mutations(plane, login);
        assertThat(mutations).hasSizeGreaterThan(15);
        try (Connection admin = plane.admin()) {
            admin.setAutoCommit(false);
            assertThat(faultsAs(admin, login, any, "SELECT 1")).as("unchanged").isEmpty();
            for (String mutation : mutations) {
                assertThat(faultsAs(admin, login, any, mutation)).as(mutation).isNotEmpty();
            }
        }
    }

    private static List<String> mutations(MigratedPlane plane, String login) throws SQLException {
        List<String> mutations = new ArrayList<>(plane.list("""
                SELECT format('DROP POLICY %I ON %I.%I', policyname, schemaname, tablename) FROM pg_policies
                UNION ALL
                SELECT format('ALTER POLICY %I ON %I.%I %s', policyname, schemaname, tablename,
                              CASE WHEN cmd = 'INSERT' THEN 'WITH CHECK (true)' ELSE 'USING (true)' END)
                FROM pg_policies
                UNION ALL
                SELECT format('ALTER POLICY %I ON %I.%I TO PUBLIC', policyname, schemaname, tablename)
                FROM pg_policies WHERE policyname <> 'tenant_rows'
                ORDER BY 1
                """));
        for (String table : plane.tenantTables()) {
            mutations.add("ALTER TABLE " + table + " NO FORCE ROW LEVEL SECURITY");
            mutations.add("ALTER TABLE " + table + " DISABLE ROW LEVEL SECURITY");
            mutations.add("ALTER TABLE " + table + " OWNER TO " + login);
            mutations.add("GRANT TRUNCATE ON " + table + " TO " + login);
            mutations.add("GRANT TRIGGER ON " + table + " TO PUBLIC");
            mutations.add("CREATE POLICY more ON " + table + " FOR SELECT USING (true)");
        }
        return mutations;
    }

    /** The faults after a change that is taken back. */
    private static List<String> faultsAs(Connection admin, String login, Plane plane, String mutation) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(mutation);
            statement.execute("SET LOCAL ROLE " + login);
            return ServingLogin.faults(admin, TableCatalogue.of(plane));
        } finally {
            admin.rollback();
        }
    }

    private static MigratedPlane filled(Plane any) throws SQLException {
        MigratedPlane plane = MigratedPlane.of(any);
        makeOwnSchema(plane, any);
        for (String table : plane.tenantTables()) {
            assertThat(TenantMatrix.isKnown(table)).as("a row for " + table).isTrue();
            plane.execute(TenantMatrix.insert(table, TenantMatrix.OWN, 1), TenantMatrix.insert(table, TenantMatrix.OTHER, 1));
        }
        return plane;
    }

    /** A tenant's own schema, without the constraint that keeps others' rows out, so that what holds is the policies alone. */
    private static void makeOwnSchema(MigratedPlane plane, Plane any) throws SQLException {
        if (any != Plane.TENANT) {
            return;
        }
        try (Connection serving = plane.serving(); Statement statement = serving.createStatement()) {
            serving.setAutoCommit(false);
            statement.execute("SELECT app.enter('one', '', true)");
            statement.execute("SELECT app.create_home('one')");
            serving.commit();
        }
        for (String table : plane.tenantTables()) {
            if (table.startsWith("tenant_")) {
                plane.execute("ALTER TABLE " + table + " DROP CONSTRAINT one_tenant");
            }
        }
        assertThat(plane.tenantTables()).contains("tenant_one.receipts_index", "tenant_one.outbox");
    }
}
