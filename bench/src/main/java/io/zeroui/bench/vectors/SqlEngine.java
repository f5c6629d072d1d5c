package io.zeroui.bench.vectors;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RealRuntime;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * PostgreSQL alone: the partition that the service made, with its index, read by the login with which the service reads, with the same
 * expressions and settings; one prepared statement a question, and nothing around it: tenant and settings are the session's. It writes into a
 * copy of the empty partition with the same indexes.
 */
final class SqlEngine implements Engine {

    private static final String COPY = "app.bench_points";
    private static final int BATCH = 200;
    private static final int HALVES_MOST = 4_000;
    private static final int CANDIDATES = 4;
    private static final int BINARY_CANDIDATES = 20;

    private final RealRuntime runtime;
    private final TenantId tenant;
    private final ShapedVectors data;
    private final long collection;
    private final int placement;
    private final long payloadIndex;

    /** On a collection of the service that has its own partition. */
    SqlEngine(RealRuntime runtime, TenantId tenant, String name, ShapedVectors data) throws SQLException {
        this.runtime = runtime;
        this.tenant = tenant;
        this.data = data;
        try (Connection admin = RealRuntime.connect(runtime.adminUrl(Plane.PRODUCT)); PreparedStatement find = admin.prepareStatement("""
                SELECT c.collection_id, c.placement, i.index_id FROM app.vector_collections AS c
                  JOIN app.vector_payload_indexes AS i ON i.tenant_id = c.tenant_id AND i.collection_id = c.collection_id
                 WHERE c.tenant_id = ? AND c.name = ?
                """)) {
            find.setString(1, tenant.value());
            find.setString(2, name);
            try (ResultSet found = find.executeQuery()) {
                if (!found.next() || found.getInt(2) == 0) {
                    throw new IllegalStateException("the collection " + name + " has no partition of its own");
                }
                collection = found.getLong(1);
                placement = found.getInt(2);
                payloadIndex = found.getLong(3);
            }
        }
    }

    @Override
    public String name() {
        return "PostgreSQL alone";
    }

    @Override
    public int writers() {
        return 2;
    }

    @Override
    public int batch() {
        return BATCH;
    }

    /** Makes the copy into which is written. */
    void makeCopy() throws SQLException {
        try (Connection admin = RealRuntime.connect(runtime.adminUrl(Plane.PRODUCT)); Statement statement = admin.createStatement()) {
            statement.executeUpdate("CREATE TABLE " + COPY + " (LIKE app.vector_points_" + placement + " INCLUDING ALL) WITH (toast_tuple_target = 8160)");
        }
    }

    @Override
    public Writer writer() throws SQLException {
        Connection connection = RealRuntime.connect(runtime.adminUrl(Plane.PRODUCT));
        PreparedStatement insert = connection.prepareStatement("INSERT INTO " + COPY + """
                 (tenant_id, collection_id, placement, point_id, embedding, payload)
                SELECT ?, ?, ?, u.id, (?::real[])[(u.i - 1) * %1$d + 1 : u.i * %1$d]::vector(%1$d), u.payload::jsonb
                  FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS u (id, payload, i)
                """.formatted(data.dimension()));
        return new Writer() {
            @Override
            public void write(int from, int to) throws SQLException {
                insert.setString(1, tenant.value());
                insert.setLong(2, collection);
                insert.setInt(3, placement);
                float[] vectors = new float[(to - from) * data.dimension()];
                IntStream.range(from, to)
                        .forEach(i -> System.arraycopy(data.vector(i), 0, vectors, (i - from) * data.dimension(), data.dimension()));
                insert.setArray(4, floats(connection, vectors));
                insert.setArray(5, texts(connection, IntStream.range(from, to).mapToObj(SqlEngine::key).toArray(String[]::new)));
                insert.setArray(6, texts(connection, IntStream.range(from, to)
                        .mapToObj(i -> "{\"tenant\":\"" + ShapedVectors.tenantName(data.tenant(i)) + "\"}").toArray(String[]::new)));
                if (insert.executeUpdate() != to - from) {
                    throw new SQLException("not all were written");
                }
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    private static Array texts(Connection connection, String[] texts) throws SQLException {
        return connection.createArrayOf("text", texts);
    }

    private static Array floats(Connection connection, float[] floats) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf("float4", floats);
    }

    private static String key(int id) {
        return String.format(Locale.ROOT, "n%020d", id);
    }

    /** The database's own housekeeping, as it would come by itself in time. */
    @Override
    public void settle(int size) throws SQLException {
        try (Connection admin = RealRuntime.connect(runtime.adminUrl(Plane.PRODUCT)); Statement statement = admin.createStatement()) {
            statement.executeUpdate("VACUUM (ANALYZE) app.vector_points_" + placement);
            statement.executeUpdate("VACUUM (ANALYZE) app.vector_payload_values");
        }
    }

    @Override
    public Caller caller(Asked asked) throws SQLException {
        Connection connection = RealRuntime.connect(runtime.databaseUrl(Plane.PRODUCT));
        boolean isFiltered = asked.tenant() >= 0;
        set(connection, "app.current_tenant_id", tenant.value());
        set(connection, "enable_sort", isFiltered ? "on" : "off");
        set(connection, "hnsw.ef_search", Integer.toString(asked.effort()));
        set(connection, "hnsw.iterative_scan", "relaxed_order");
        set(connection, "hnsw.max_scan_tuples", "20000");
        PreparedStatement search = connection.prepareStatement(isFiltered ? filtered() : unfiltered());
        search.unwrap(PGStatement.class).setPrepareThreshold(1);
        return new Caller() {
            @Override
            public int[] ask(int question) throws SQLException {
                Array vector = floats(connection, asked.questions()[question]);
                search.setArray(1, vector);
                if (isFiltered) {
                    search.setString(2, ShapedVectors.tenantName(asked.tenant()));
                } else {
                    search.setArray(2, vector);
                }
                int[] ids = new int[Neighbours.WANTED];
                int count = 0;
                try (ResultSet rows = search.executeQuery()) {
                    for (; rows.next(); count++) {
                        ids[count] = Integer.parseInt(rows.getString(1).substring(1));
                    }
                }
                return Arrays.copyOf(ids, count);
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    private static void set(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
            set.setString(1, name);
            set.setString(2, value);
            try (ResultSet done = set.executeQuery()) {
                assert done.next();
            }
        }
    }

    private String unfiltered() {
        int dimension = data.dimension();
        boolean isBinary = dimension > HALVES_MOST;
        String order = isBinary ? "((binary_quantize(p.embedding))::bit(" + dimension + ")) <~> ((binary_quantize(q.v))::bit(" + dimension + "))"
                : "((p.embedding)::halfvec(" + dimension + ")) <=> ((q.v)::halfvec(" + dimension + "))";
        return ranked("SELECT p.point_id, p.embedding FROM app.vector_points_" + placement + " AS p WHERE " + own() + " ORDER BY "
                + order.replace("q.v", "(?::real[]::vector)") + " LIMIT " + Neighbours.WANTED * (isBinary ? BINARY_CANDIDATES : CANDIDATES));
    }

    private String filtered() {
        return ranked("SELECT p.point_id, p.embedding FROM (SELECT DISTINCT point_id FROM app.vector_payload_values WHERE index_id = "
                + payloadIndex + " AND word = ? OFFSET 0) AS n JOIN app.vector_points_" + placement + " AS p ON p.point_id = n.point_id WHERE "
                + own());
    }

    private String own() {
        return "p.tenant_id = '" + tenant.value() + "' AND p.collection_id = " + collection;
    }

    private static String ranked(String candidates) {
        return "SELECT p.point_id, p.embedding <=> (?::real[]::vector) AS distance FROM (" + candidates + ") AS p ORDER BY distance, p.point_id LIMIT "
                + Neighbours.WANTED;
    }

    /** Removes the copy. */
    @Override
    public void close() throws SQLException {
        try (Connection admin = RealRuntime.connect(runtime.adminUrl(Plane.PRODUCT)); Statement statement = admin.createStatement()) {
            statement.executeUpdate("DROP TABLE IF EXISTS " + COPY);
        }
    }
}
