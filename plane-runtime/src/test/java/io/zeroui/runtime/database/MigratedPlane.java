package io.zeroui.runtime.database;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A plane's real database, emptied and migrated with the project's own migrations. */
public final class MigratedPlane {

    private final Plane plane;
    private final RealRuntime runtime;

    private MigratedPlane(Plane plane, RealRuntime runtime) {
        this.plane = plane;
        this.runtime = runtime;
    }

    /** Empties the plane's database and migrates it as its service does. */
    public static MigratedPlane of(Plane plane) {
        RealRuntime runtime = RealRuntime.with(RuntimePart.of(plane));
        runtime.resetDatabase(plane);
        URI owner = URI.create(runtime.migrationUrl(plane));
        String[] login = owner.getRawUserInfo().split(":", 2);
        var result = Flyway.configure().locations("classpath:db/migration/" + plane.key()).table("schema_history")
                .defaultSchema("public")
                .dataSource("jdbc:postgresql://" + owner.getHost() + ":" + owner.getPort() + owner.getPath(), login[0],
                        login[1])
                .load().migrate();
        if (!result.success) {
            throw new IllegalStateException("migration failed");
        }
        return new MigratedPlane(plane, runtime);
    }

    public RealRuntime runtime() {
        return runtime;
    }

    public Connection admin() throws SQLException {
        return RealRuntime.connect(runtime.adminUrl(plane));
    }

    public Connection serving() throws SQLException {
        return RealRuntime.connect(runtime.databaseUrl(plane));
    }

    /** The serving login's ways to the database: direct, and through the connection pool where there is one. */
    List<String> servingUrls() {
        List<String> urls = new ArrayList<>(List.of(runtime.databaseUrl(plane)));
        runtime.pooledUrl(plane).ifPresent(urls::add);
        return urls;
    }

    public Connection analytics() throws SQLException {
        return RealRuntime.connect(runtime.analyticsUrl(plane));
    }

    /** Runs statements as the administrator. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = admin(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column as the administrator sees it. */
    public List<String> list(String sql) throws SQLException {
        try (Connection connection = admin()) {
            return list(connection, sql);
        }
    }

    public static List<String> list(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    List<String> faults() throws SQLException {
        try (Connection connection = serving()) {
            return ServingLogin.faults(connection, TableCatalogue.of(plane));
        }
    }

    /** Tables with a tenant, {@code schema.name}. */
    public List<String> tenantTables() throws SQLException {
        return list("""
                SELECT c.relnamespace::regnamespace || '.' || c.relname
                FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
                ORDER BY 1
                """);
    }
}
