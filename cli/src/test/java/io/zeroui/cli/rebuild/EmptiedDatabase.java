package io.zeroui.cli.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;

/** The least that a service leaves in its database: a migration history that the serving login may read, and a table. */
public final class EmptiedDatabase {

    private EmptiedDatabase() {
    }

    /** Empties the database, then does as if a service had migrated it. */
    public static void migrateALittle(RealRuntime runtime, Plane plane) throws SQLException {
        runtime.resetDatabase(plane);
        String schema = plane == Plane.IDE ? "core" : "app";
        String user = "zeroui_" + plane.key() + "_user";
        try (Connection connection = RealRuntime.connect(runtime.migrationUrl(plane));
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE public.schema_history (installed_rank int, version text, success boolean);
                    INSERT INTO public.schema_history VALUES (1, '202600000001', true);
                    GRANT SELECT ON public.schema_history TO %1$s;
                    CREATE TABLE %2$s.things (a int);
                    GRANT SELECT ON %2$s.things TO %1$s;
                    """.formatted(user, schema));
        }
    }
}
