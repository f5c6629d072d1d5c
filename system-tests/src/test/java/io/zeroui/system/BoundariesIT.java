package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that is given other planes' addresses does not use them. */
class BoundariesIT {

    @Test
    void everyServiceIgnoresTheDatabaseUrlsOfOtherPlanes() throws SQLException {
        RealRuntime runtime = RealRuntime.with(io.zeroui.testing.RuntimePart.values());
        Map<String, String> allUrls = new HashMap<>();
        for (Plane plane : Plane.values()) {
            allUrls.put(plane.databaseUrlVariable(), runtime.databaseUrl(plane));
            allUrls.put(plane.migrationUrlVariable(), runtime.migrationUrl(plane));
        }
        try (TempZuRoot fabric = TempZuRoot.create();
                RunningPlanes planes = RunningPlanes.start(fabric.path(), allUrls)) {
            for (Plane plane : Plane.values()) {
                assertThat(planes.service(plane).isReady()).isTrue();
                assertThat(logins(runtime, plane)).as("logins in the database of the " + plane.key() + " plane")
                        .allMatch(login -> login.equals("zeroui_" + plane.key() + "_user")
                                || login.equals("zeroui_" + plane.key() + "_owner"));
                assertThat(tablesOfOtherPlanes(runtime, plane)).isEmpty();
            }
        }
    }

    /** Logins never cross clusters, so the number of connections tells whether somebody else came with them. */
    private static List<String> logins(RealRuntime runtime, Plane plane) throws SQLException {
        return list(runtime, plane, """
                SELECT DISTINCT usename FROM pg_stat_activity
                 WHERE datname = current_database() AND usename <> 'zeroui_admin'
                """);
    }

    private static List<String> tablesOfOtherPlanes(RealRuntime runtime, Plane plane) throws SQLException {
        String marker = switch (plane) {
            case IDE -> "'chain_heads', 'receipt_counts', 'telemetry_reports'";
            case TENANT -> "'file_watermarks', 'receipt_counts', 'telemetry_reports'";
            case PRODUCT -> "'file_watermarks', 'chain_heads', 'telemetry_reports'";
            case SHARED -> "'file_watermarks', 'chain_heads', 'receipt_counts'";
        };
        return list(runtime, plane, "SELECT tablename FROM pg_tables WHERE tablename IN (" + marker + ")");
    }

    private static List<String> list(RealRuntime runtime, Plane plane, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = RealRuntime.connect(runtime.adminUrl(plane));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
