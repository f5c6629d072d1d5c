package io.zeroui.runtime.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether every table with a tenant, partitions too, shows the serving login the rows of one tenant only: row-level
 * security on and forced, exactly the policies that the catalogue knows, and no right that goes around policies.
 */
final class TenantTables {

    /** As PostgreSQL writes the expressions of the migrations. */
    static final String TENANT_ROWS =
            "(tenant_id = NULLIF(current_setting('app.current_tenant_id'::text, true), ''::text))";
    static final String PLANE_SCOPE =
            "COALESCE((current_setting('app.plane_scope'::text, true) = 'plane'::text), false)";

    private static final String TABLES = """
            SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relrowsecurity,
                   c.relforcerowsecurity, COALESCE(c.reloptions::text, '') LIKE '%security_invoker=true%' AS invoker,
                   (SELECT array_agg(p.privilege) FROM unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p (privilege)
                     WHERE has_table_privilege(c.oid, p.privilege)) AS rights
            FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND n.nspname !~ '^(pg_|information_schema$)'
            ORDER BY 1, 2
            """;

    private static final String POLICIES = """
            SELECT policyname, cmd, COALESCE(qual, '') AS qual, COALESCE(with_check, '') AS with_check, roles
            FROM pg_policies
            WHERE schemaname = ? AND tablename = ? AND permissive = 'PERMISSIVE'
            ORDER BY policyname
            """;

    /** Tables of a tenant's own schema that are not as their models are; a migration must change both. */
    private static final String DIFFERENT = """
            SELECT quote_ident(n.nspname) || '.' || c.relname AS name
            FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace AND starts_with(n.nspname, 'tenant_')
            JOIN pg_class AS model ON model.relname = c.relname AND model.relnamespace = to_regnamespace('app')
            WHERE c.relkind = 'r'
              AND (SELECT array_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated)
                                    ORDER BY attname)
                     FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
                  IS DISTINCT FROM
                  (SELECT array_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated)
                                    ORDER BY attname)
                     FROM pg_attribute WHERE attrelid = model.oid AND attnum > 0 AND NOT attisdropped)
            ORDER BY 1
            """;

    private TenantTables() {
    }

    static List<String> faults(Connection connection, TableCatalogue catalogue) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                String table = row.getString("schema") + "." + row.getString("name");
                switch (row.getString("kind")) {
                    case "v" -> {
                        if (!row.getBoolean("invoker")) {
                            faults.add("the view " + table + " reads as its owner; ALTER VIEW " + table
                                    + " SET (security_invoker = true)");
                        }
                    }
                    case "m", "f" -> faults.add(table + " has tenants' rows and can have no row-level security;"
                            + " make it a table or a view");
                    default -> {
                        List<String> own = new ArrayList<>();
                        table(connection, row, table, catalogue, own);
                        if (!own.isEmpty() && isThere(connection, row.getString("schema"), row.getString("name"))) {
                            faults.addAll(own);
                        }
                    }
                }
            }
        }
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(DIFFERENT)) {
            while (row.next()) {
                faults.add("the table " + row.getString("name") + " has other columns than its model in app;"
                        + " change both with app.alter_homes");
            }
        }
        return faults;
    }

    /** A partition may have been dropped between two questions about it; that is no fault. */
    private static boolean isThere(Connection connection, String schema, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT EXISTS (SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?)
                """)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void table(Connection connection, ResultSet row, String table, TableCatalogue catalogue,
            List<String> faults) throws SQLException {
        if (!row.getBoolean("relrowsecurity")) {
            faults.add("the table " + table + " has no row-level security; ALTER TABLE " + table
                    + " ENABLE ROW LEVEL SECURITY");
        }
        if (!row.getBoolean("relforcerowsecurity")) {
            faults.add("the table " + table + " does not force row-level security; ALTER TABLE " + table
                    + " FORCE ROW LEVEL SECURITY");
        }
        Array rights = row.getArray("rights");
        if (rights != null) {
            faults.add("the login has " + String.join(", ", (String[]) rights.getArray()) + " on " + table
                    + ", which no policy binds; REVOKE it");
        }
        TableCatalogue.Table known = catalogue.find(table);
        policies(connection, row.getString("schema"), row.getString("name"),
                known == null ? Set.of() : known.planeCommands(), faults);
    }

    private static void policies(Connection connection, String schema, String name, Set<String> planeCommands,
            List<String> faults) throws SQLException {
        String table = schema + "." + name;
        Set<String> missing = new TreeSet<>(planeCommands);
        boolean tenantRows = false;
        try (PreparedStatement statement = connection.prepareStatement(POLICIES)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String command = row.getString("cmd");
                    if (isTenantRows(row)) {
                        tenantRows = true;
                    } else if (!isPlaneScope(row) || !missing.remove(command)) {
                        faults.add("the policy " + row.getString("policyname") + " on " + table + " for " + command
                                + " is none that the table's line in tables.properties allows; drop it");
                    }
                }
            }
        }
        if (!tenantRows) {
            faults.add("the table " + table + " has no policy by its tenant; make one with USING and WITH CHECK "
                    + TENANT_ROWS);
        }
        missing.forEach(command -> faults.add("the table " + table + " lacks the policy by which the plane itself may "
                + command + "; apply the plane's migrations"));
    }

    private static boolean isTenantRows(ResultSet row) throws SQLException {
        return "ALL".equals(row.getString("cmd")) && TENANT_ROWS.equals(row.getString("qual"))
                && TENANT_ROWS.equals(row.getString("with_check")) && row.getString("roles").equals("{public}");
    }

    private static boolean isPlaneScope(ResultSet row) throws SQLException {
        String command = row.getString("cmd");
        boolean reads = !"INSERT".equals(command);
        boolean writes = "INSERT".equals(command) || "UPDATE".equals(command);
        return row.getString("qual").equals(reads ? PLANE_SCOPE : "")
                && row.getString("with_check").equals(writes ? PLANE_SCOPE : "")
                && !row.getString("roles").contains("public");
    }
}
