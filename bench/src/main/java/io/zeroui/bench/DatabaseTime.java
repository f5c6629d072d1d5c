package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Which statements the databases spent their time in, by {@code pg_stat_statements}. */
public final class DatabaseTime {

    private final RealRuntime runtime;

    /** @param runtime whose databases */
    public DatabaseTime(RealRuntime runtime) {
        this.runtime = runtime;
    }

    /** Forgets what was counted. */
    public void begin() throws SQLException {
        for (Plane plane : Plane.values()) {
            try (Connection connection = RealRuntime.connect(runtime.adminUrl(plane));
                    Statement statement = connection.createStatement();
                    ResultSet reset = statement.executeQuery("SELECT pg_stat_statements_reset()")) {
                assert reset.next();
            }
        }
    }

    /** Prints the five dearest statements of each database since {@link #begin}. */
    public void print() throws SQLException {
        System.err.println("bench: where the databases' time went: ms, calls, rows, statement");
        for (Plane plane : Plane.values()) {
            try (Connection connection = RealRuntime.connect(runtime.adminUrl(plane));
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT total_exec_time, calls, rows,
                                   left(regexp_replace(query, '\\s+', ' ', 'g'), 80) AS statement
                              FROM pg_stat_statements
                             WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                             ORDER BY total_exec_time DESC
                             LIMIT 5
                            """)) {
                while (rows.next()) {
                    System.err.printf(Locale.ROOT, "  %-8s %8.0f %7d %8d  %s%n", plane.key(), rows.getDouble(1),
                            rows.getLong(2), rows.getLong(3), rows.getString(4));
                }
            }
        }
    }
}
