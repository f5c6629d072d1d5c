package io.zeroui.product.vectors.watch;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** In which state the partitions of {@code app.vector_points} are, as the server's own statistics say. */
@ApplicationScoped
class PartitionStore {

    private static final String STATES = """
            SELECT 'shared' AS collection, s.n_live_tup, s.n_dead_tup, 0::float8 AS moving, 1::float8 AS built
            FROM pg_stat_user_tables AS s WHERE s.schemaname = 'app' AND s.relname = 'vector_points_0'
            UNION ALL
            SELECT c.collection_id::text, COALESCE(s.n_live_tup, 0), COALESCE(s.n_dead_tup, 0),
                   CASE WHEN c.source = c.placement THEN 0 ELSE 1 END,
                   CASE WHEN c.is_indexed OR c.index_kind = 'none' THEN 1
                        ELSE COALESCE((SELECT max(b.tuples_done::float8 / NULLIF(b.tuples_total, 0)) FROM pg_stat_progress_create_index AS b
                                        WHERE b.relid = to_regclass('app.vector_points_' || c.placement)), 0) END
            FROM app.vector_collections AS c
            LEFT JOIN pg_stat_user_tables AS s ON s.schemaname = 'app' AND s.relname = 'vector_points_' || c.placement
            WHERE c.placement > 0 OR c.source > 0
            ORDER BY 1 LIMIT 2000
            """;

    private final Tenancy tenancy;

    PartitionStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * A partition.
     *
     * @param collection number of the collection it is of, or {@code shared}
     * @param live rows, as estimated
     * @param dead rows that wait to be vacuumed, as estimated
     * @param moving 1 while points come into it from another
     * @param built how much of its index on vectors is there, 0 to 1
     */
    record State(String collection, long live, long dead, double moving, double built) {
    }

    Uni<List<State>> states() {
        return tenancy.readInPlane("metrics are about all collections", in -> in.execute(STATES)).map(rows -> {
            List<State> states = new ArrayList<>();
            for (Row row : rows) {
                states.add(new State(row.getString("collection"), row.getLong("n_live_tup"), row.getLong("n_dead_tup"), row.getDouble("moving"),
                        row.getDouble("built")));
            }
            return states;
        });
    }
}
