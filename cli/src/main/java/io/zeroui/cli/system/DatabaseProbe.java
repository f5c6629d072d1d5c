package io.zeroui.cli.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.Plane;

/** Asks a plane's database, with the serving login, what it is and how far its schema got. */
public final class DatabaseProbe {

    private static final int ANSWER_TIMEOUT_SECONDS = 5;
    private static final String UNDEFINED_TABLE = "42P01";

    private DatabaseProbe() {
    }

    /**
     * What a database answered.
     *
     * @param plane whose it is
     * @param address where it is; empty when nothing says so
     * @param version server version, for example {@code 17.6}; empty when it does not answer
     * @param schema version of its schema; empty when it has none
     * @param vector version of the vector extension; empty when it is not there
     * @param cause why it does not answer; empty when it does
     */
    public record Answer(Plane plane, Optional<DatabaseAddress> address, String version, String schema, String vector,
            String cause) {

        /** Whether it answers. */
        public boolean isUp() {
            return cause.isEmpty();
        }

        /** {@code up} or {@code down}. */
        public String state() {
            return isUp() ? "up" : "down";
        }

        static Answer silent(Plane plane, Optional<DatabaseAddress> address, String cause) {
            return new Answer(plane, address, "", "", "", cause);
        }
    }

    /** Never fails: a database that does not answer is an answer too. */
    public static Answer ask(RunningSystem system, Plane plane) {
        Optional<DatabaseAddress> address;
        try {
            address = system.database(plane);
        } catch (CliFailure e) {
            return Answer.silent(plane, Optional.empty(), String.valueOf(e.getMessage()));
        }
        if (address.isEmpty()) {
            return Answer.silent(plane, address, plane.databaseUrlVariable() + " is not set");
        }
        try (Connection connection = address.get().connect(ANSWER_TIMEOUT_SECONDS);
                Statement statement = connection.createStatement()) {
            String version = text(statement, "SELECT current_setting('server_version')");
            String vector = text(statement, "SELECT extversion FROM pg_extension WHERE extname = 'vector'");
            return new Answer(plane, address, version.split(" ", 2)[0], schemaVersion(statement), vector, "");
        } catch (SQLException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
            return Answer.silent(plane, address, message);
        }
    }

    private static String schemaVersion(Statement statement) throws SQLException {
        try {
            return text(statement, """
                    SELECT version FROM public.schema_history
                    WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1
                    """);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return "";
            }
            throw e;
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)).orElse("") : "";
        }
    }
}
