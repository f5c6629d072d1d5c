package io.zeroui.runtime.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whether row-level security binds the login that a service works with. What is found here is a fault of the deployment
 * or of a migration, and no service may work on such a database.
 */
final class ServingLogin {

    /** Attributes of the login and of every role it is in; the first column is empty for the login itself. */
    private static final String ROLES = """
            SELECT CASE WHEN rolname = current_user THEN '' ELSE rolname END AS via, rolsuper, rolbypassrls, rolcreaterole,
                   rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files') AS leaves
            FROM pg_roles
            WHERE (rolsuper OR rolbypassrls OR rolcreaterole
                   OR rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))
              AND pg_has_role(current_user, oid, 'MEMBER')
              AND (rolname = current_user OR NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))
            ORDER BY via, rolname
            """;

    /** What the login owns, or can own by becoming the owner. */
    private static final String OWNED = """
            SELECT thing, owner
            FROM (
                SELECT 'database ' || datname AS thing, pg_get_userbyid(datdba) AS owner, datdba AS role
                FROM pg_database WHERE datname = current_database()
                UNION ALL
                SELECT 'schema ' || nspname, pg_get_userbyid(nspowner), nspowner
                FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'
                UNION ALL
                SELECT 'table ' || relnamespace::regnamespace || '.' || relname, pg_get_userbyid(relowner), relowner
                FROM pg_class
                WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
            ) AS owned
            WHERE pg_has_role(current_user, role, 'MEMBER')
              AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
            ORDER BY thing
            LIMIT 20
            """;

    private ServingLogin() {
    }

    /**
     * What is wrong, each with its mend; empty when all is well.
     *
     * @param connection of the serving login
     */
    static List<String> faults(Connection connection, TableCatalogue catalogue) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            String login = login(statement);
            roles(statement, login, faults);
            owned(statement, login, faults);
        }
        faults.addAll(TenantTables.faults(connection, catalogue));
        return faults;
    }

    private static String login(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT current_user")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static void roles(Statement statement, String login, List<String> faults) throws SQLException {
        try (ResultSet row = statement.executeQuery(ROLES)) {
            while (row.next()) {
                String via = row.getString("via");
                String who = "the login " + login + (via.isEmpty() ? "" : ", as a member of " + via + ",");
                UnaryOperator<String> mend = attribute -> via.isEmpty() ? "; ALTER ROLE " + login + " " + attribute
                        : "; REVOKE " + via + " FROM " + login;
                add(row.getBoolean("rolsuper"), who + " is superuser" + mend.apply("NOSUPERUSER"), faults);
                add(row.getBoolean("rolbypassrls"), who + " has BYPASSRLS" + mend.apply("NOBYPASSRLS"), faults);
                add(row.getBoolean("rolcreaterole"), who + " has CREATEROLE" + mend.apply("NOCREATEROLE"), faults);
                add(row.getBoolean("leaves"), who + " reaches the server's files and programs" + mend.apply(""), faults);
            }
        }
    }

    private static void owned(Statement statement, String login, List<String> faults) throws SQLException {
        try (ResultSet row = statement.executeQuery(OWNED)) {
            while (row.next()) {
                String owner = row.getString("owner");
                boolean own = owner.equals(login);
                faults.add("the login " + login + (own ? " owns " : " is a member of " + owner + ", the owner of ")
                        + row.getString("thing") + "; "
                        + (own ? "give it to the owner's login, and this one grants only"
                                : "REVOKE " + owner + " FROM " + login));
            }
        }
    }

    private static void add(boolean present, String fault, List<String> faults) {
        if (present) {
            faults.add(fault);
        }
    }
}
