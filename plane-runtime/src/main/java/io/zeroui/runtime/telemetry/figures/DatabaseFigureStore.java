package io.zeroui.runtime.telemetry.figures;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** What the plane's PostgreSQL server says of itself, in one statement over its own statistics. */
@ApplicationScoped
class DatabaseFigureStore {

    /** A login that may not read all statistics sees that there are replicas, and not how far behind they are. */
    private static final String LOOK = """
            SELECT (SELECT COALESCE(sum(s.numbackends), 0)::int8 FROM pg_stat_database AS s) AS connections,
                   current_setting('max_connections')::int8 - current_setting('superuser_reserved_connections')::int8
                       - COALESCE(current_setting('reserved_connections', true)::int8, 0) AS connections_most,
                   d.blks_hit, d.blks_read, pg_database_size(d.datid) AS bytes,
                   (SELECT count(*) FROM pg_stat_replication) AS replicas,
                   (SELECT max(CASE WHEN r.state IS NULL THEN NULL
                                    ELSE COALESCE(extract(epoch FROM r.replay_lag) * 1000, 0) END)::int8
                      FROM pg_stat_replication AS r) AS lag_millis
            FROM pg_stat_database AS d
            WHERE d.datname = current_database()
            """;

    private final Tenancy tenancy;

    DatabaseFigureStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * One look at the server.
     *
     * @param connections in use on the whole server
     * @param connectionsMost that logins without special rights may have
     * @param hits blocks found in the server's cache since its statistics began
     * @param reads blocks that were not
     * @param bytes size of the plane's database
     * @param replicas that follow the server
     * @param lagMillis how far the last of them is behind; null where that is not to be seen
     */
    record Look(long connections, long connectionsMost, long hits, long reads, long bytes, long replicas, @Nullable Long lagMillis) {
    }

    Uni<Look> look() {
        return tenancy.readInPlane("the server's statistics are about no tenant", in -> in.execute(LOOK))
                .map(rows -> look(rows.iterator().next()));
    }

    private static Look look(Row row) {
        return new Look(row.getLong("connections"), row.getLong("connections_most"), row.getLong("blks_hit"), row.getLong("blks_read"),
                row.getLong("bytes"), row.getLong("replicas"), row.getLong("lag_millis"));
    }
}
