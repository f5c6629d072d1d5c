package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServingLoginIT {

    private static final String LOGIN = "scratch_login";
    private static final String DROP = """
            DO $$ BEGIN
              IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'scratch_login') THEN
                REASSIGN OWNED BY scratch_login TO zeroui_tenant_owner;
                DROP OWNED BY scratch_login;
                DROP ROLE scratch_login;
              END IF;
            END $$
            """;

    private MigratedPlane plane;

    @BeforeEach
    void makeLogin() throws SQLException {
        plane = MigratedPlane.of(Plane.TENANT);
        plane.execute(DROP, "CREATE ROLE scratch_login LOGIN PASSWORD 'scratch'",
                "GRANT zeroui_tenant_user TO scratch_login",
                "GRANT CONNECT ON DATABASE zeroui_tenant_pg TO scratch_login");
    }

    @AfterEach
    void dropLogin() throws SQLException {
        plane.execute("ALTER DATABASE zeroui_tenant_pg OWNER TO zeroui_tenant_owner", DROP);
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void theServingLoginOfAMigratedPlaneIsFree(Plane any) throws SQLException {
        assertThat(MigratedPlane.of(any).faults()).isEmpty();
    }

    @Test
    void aPlainLoginIsFree() throws SQLException {
        assertThat(faultsOfScratch()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ALTER ROLE scratch_login SUPERUSER | is superuser",
            "ALTER ROLE scratch_login BYPASSRLS | has BYPASSRLS",
            "ALTER ROLE scratch_login CREATEROLE | has CREATEROLE",
            "GRANT zeroui_admin TO scratch_login | as a member of zeroui_admin, is superuser",
            "GRANT zeroui_tenant_owner TO scratch_login | is a member of zeroui_tenant_owner",
            "GRANT zeroui_tenant_owner TO scratch_login WITH INHERIT FALSE | is a member of zeroui_tenant_owner",
            "GRANT pg_execute_server_program TO scratch_login | reaches the server's files and programs",
            "ALTER TABLE app.chain_heads OWNER TO scratch_login | owns table app.chain_heads",
            "ALTER SCHEMA app OWNER TO scratch_login | owns schema app",
            "ALTER DATABASE zeroui_tenant_pg OWNER TO scratch_login | owns database zeroui_tenant_pg",
            "GRANT TRUNCATE ON app.outbox TO scratch_login | TRUNCATE on app.outbox"})
    void aLoginThatCouldGoAroundIsRefusedWithTheReason(String change, String reason) throws SQLException {
        plane.execute(change);
        assertThat(faultsOfScratch()).anySatisfy(fault -> assertThat(fault).contains(reason).contains("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ALTER TABLE app.outbox DISABLE ROW LEVEL SECURITY | app.outbox has no row-level security",
            "ALTER TABLE app.outbox NO FORCE ROW LEVEL SECURITY | app.outbox does not force row-level security",
            "DROP POLICY tenant_rows ON app.outbox | app.outbox has no policy by its tenant",
            "DROP POLICY plane_delete ON app.outbox | app.outbox lacks the policy by which the plane itself may DELETE",
            "CREATE POLICY easy ON app.chain_heads USING (true) | the policy easy on app.chain_heads",
            "ALTER POLICY tenant_rows ON app.chain_heads USING (true) | the policy tenant_rows on app.chain_heads",
            "CREATE TABLE app.new_thing (tenant_id text) | app.new_thing has no row-level security",
            "CREATE VIEW app.open_view AS SELECT * FROM app.outbox | the view app.open_view reads as its owner",
            "CREATE MATERIALIZED VIEW app.copied AS SELECT * FROM app.outbox | app.copied has tenants' rows"})
    void aTenantTableThatShowsMoreIsRefusedWithTheReason(String change, String reason) throws SQLException {
        plane.execute(change);
        assertThat(plane.faults()).anySatisfy(fault -> assertThat(fault).contains(reason).contains("; "));
    }

    @Test
    void aPartitionNeedsItsOwnSecurity() throws SQLException {
        List<String> secured = List.of("ENABLE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY");
        plane.execute("CREATE TABLE app.parted (tenant_id text, n int) PARTITION BY LIST (tenant_id)",
                "CREATE TABLE app.parted_a PARTITION OF app.parted FOR VALUES IN ('a')");
        for (String command : secured) {
            plane.execute("ALTER TABLE app.parted " + command);
        }
        plane.execute(policy("app.parted"));
        assertThat(plane.faults()).anySatisfy(fault -> assertThat(fault).contains("app.parted_a"))
                .noneSatisfy(fault -> assertThat(fault).contains("app.parted "));

        for (String command : secured) {
            plane.execute("ALTER TABLE app.parted_a " + command);
        }
        plane.execute(policy("app.parted_a"));
        assertThat(plane.faults()).isEmpty();
    }

    private static String policy(String table) {
        return "CREATE POLICY tenant_rows ON " + table + " USING " + TenantTables.TENANT_ROWS + " WITH CHECK "
                + TenantTables.TENANT_ROWS;
    }

    private List<String> faultsOfScratch() throws SQLException {
        String url = plane.runtime().adminUrl(Plane.TENANT);
        String scratch = "postgresql://" + LOGIN + ":scratch" + url.substring(url.indexOf('@'));
        try (Connection connection = RealRuntime.connect(scratch)) {
            return ServingLogin.faults(connection, TableCatalogue.of(Plane.TENANT));
        }
    }
}
