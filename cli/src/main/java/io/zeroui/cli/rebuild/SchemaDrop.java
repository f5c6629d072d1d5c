package io.zeroui.cli.rebuild;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.DatabaseAddress;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.Plane;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes a plane's database as empty as it was after its creation, with the owner's login. */
final class SchemaDrop {

    private static final int ANSWER_TIMEOUT_SECONDS = 120;
    private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Tenants' own schemas are computed from files too; the service makes them again as the registry wishes. */
    private static final String DROP_HOMES = """
            DO $$
            DECLARE
                home text;
            BEGIN
                FOR home IN SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenant\\_%' LOOP
                    EXECUTE format('DROP SCHEMA %I CASCADE', home);
                END LOOP;
            END
            $$
            """;

    /** The product plane's counts and registries are not computed from files, so only the index of policies is emptied there. */
    private static final String EMPTY_POLICIES = """
            DO $$
            BEGIN
                IF to_regclass('app.policy_watermarks') IS NOT NULL THEN
                    TRUNCATE app.policy_versions, app.policy_history, app.policy_bundles, app.policy_watermarks;
                END IF;
            END
            $$
            """;

    /** Of the shared plane only what follows journals is emptied; the service wrote down which tables these are. */
    private static final String EMPTY_JOURNALLED = """
            DO $$
            DECLARE
                following text;
            BEGIN
                IF to_regclass('app.journal_positions') IS NOT NULL THEN
                    SELECT string_agg(DISTINCT name::regclass::text, ', ') INTO following FROM app.journal_positions, unnest(tables) AS name;
                    IF following IS NOT NULL THEN
                        EXECUTE 'TRUNCATE ' || following;
                    END IF;
                    DELETE FROM app.journal_positions;
                END IF;
            END
            $$
            """;

    private static final Map<Plane, String> EMPTY = Map.of(Plane.PRODUCT, EMPTY_POLICIES, Plane.SHARED, EMPTY_JOURNALLED);

    /** What is said where not everything is emptied. */
    static final Map<Plane, String> DONE = Map.of(Plane.PRODUCT, "the index of policies in the database of the product plane is empty",
            Plane.SHARED, "what follows the journals in the database of the shared plane is empty");

    private SchemaDrop() {
    }

    /**
     * Drops the plane's schema, the views on it and its migration history in one transaction; of the product and the shared plane it
     * empties what is computed from files.
     *
     * @throws CliFailure when the owner's login is not known, somebody else is connected, or the database refuses
     */
    static void run(RunningSystem system, Plane plane) {
        DatabaseAddress owner = system.ownedDatabase(plane).orElseThrow(() -> new CliFailure(
                "the database's owner is not known: " + plane.migrationUrlVariable() + " is not set",
                "set it to the URL of the login that owns the schema"));
        DatabaseAddress serving = system.database(plane).orElse(owner);
        try (Connection connection = owner.connect(ANSWER_TIMEOUT_SECONDS);
                Statement statement = connection.createStatement()) {
            waitUntilAlone(statement, plane);
            connection.setAutoCommit(false);
            String empty = EMPTY.get(plane);
            if (empty != null) {
                statement.execute("SET LOCAL lock_timeout = '10s'");
                statement.execute(empty);
                connection.commit();
                return;
            }
            String schema = plane == Plane.IDE ? "core" : "app";
            statement.execute("SET LOCAL lock_timeout = '10s'");
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            statement.execute("DROP SCHEMA IF EXISTS analytics CASCADE");
            statement.execute(DROP_HOMES);
            statement.execute("DROP TABLE IF EXISTS public.schema_history");
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + quoted(serving.user()));
            connection.commit();
        } catch (SQLException e) {
            throw new CliFailure("cannot empty " + owner + ": " + e.getMessage(),
                    "see ./zeroui status, and that " + plane.migrationUrlVariable() + " is the owner's login");
        }
    }

    private static void waitUntilAlone(Statement statement, Plane plane) throws SQLException {
        long end = System.nanoTime() + ALONE_NANOS;
        String others = others(statement);
        while (!others.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new CliFailure("others are connected to the database of the " + plane.key() + " plane: " + others,
                        "stop them first; ./zeroui reindex " + plane.key() + " stops the service by itself");
            }
            LockSupport.parkNanos(POLL_NANOS);
            others = others(statement);
        }
    }

    private static String others(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("""
                SELECT coalesce(string_agg(DISTINCT usename || ' (' || application_name || ')', ', '), '')
                FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL
                """)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
