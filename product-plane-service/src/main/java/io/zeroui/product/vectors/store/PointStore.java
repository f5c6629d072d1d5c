package io.zeroui.product.vectors.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.tenancy.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The partitions of {@code app.vector_points}, by id; and {@code app.vector_payload_values} with them. */
@ApplicationScoped
public class PointStore {

    /** All vectors are one array, cut into as many components as each has: an array of arrays is slower to bind, texts are slower to read. */
    private static final String UPSERT = """
            INSERT INTO %1$s AS p (tenant_id, collection_id, placement, point_id, embedding, payload)
            SELECT $1, $2, %2$d, u.id, ($5::real[])[(u.i - 1) * %3$d + 1 : u.i * %3$d]::vector(%3$d), u.payload::jsonb
            FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS u (id, payload, i)
            ON CONFLICT (collection_id, point_id, placement) DO UPDATE SET embedding = excluded.embedding, payload = excluded.payload
            WHERE p.embedding <> excluded.embedding OR p.payload <> excluded.payload
            """;

    private static final String DELETE = "DELETE FROM %s AS p WHERE p.tenant_id = $1 AND p.collection_id = $2 AND p.point_id = ANY ($3::text[])";

    private static final String LOCK_PAYLOADS = "SELECT p.point_id, p.payload::text AS payload FROM %s AS p"
            + " WHERE p.tenant_id = $1 AND p.collection_id = $2 AND p.point_id = ANY ($3::text[])";

    private static final String SET_PAYLOADS = """
            UPDATE %s AS p SET payload = u.payload::jsonb FROM unnest($3::text[], $4::text[]) AS u (id, payload)
            WHERE p.tenant_id = $1 AND p.collection_id = $2 AND p.point_id = u.id
            """;

    private static final String SET_VECTORS = """
            UPDATE %1$s AS p SET embedding = ($4::real[])[(u.i - 1) * %2$d + 1 : u.i * %2$d]::vector(%2$d)
            FROM unnest($3::text[]) WITH ORDINALITY AS u (id, i)
            WHERE p.tenant_id = $1 AND p.collection_id = $2 AND p.point_id = u.id
            """;

    private static final String DELETE_KEYS = """
            DELETE FROM app.vector_payload_values WHERE tenant_id = $1 AND collection_id = $2 AND point_id = ANY ($3::text[])
            """;

    private static final String INSERT_KEYS = """
            INSERT INTO app.vector_payload_values (tenant_id, collection_id, index_id, word, number, point_id)
            SELECT $1, $2, u.index_id, u.word, u.number, u.id
            FROM unnest($3::int8[], $4::text[], $5::float8[], $6::text[]) AS u (index_id, word, number, id)
            """;

    /** Most rows for payload indexes of one call. */
    private static final int KEYS_MOST = 500_000;
    /** Most bytes of the payloads of one answer. */
    private static final int ANSWER_MOST = 16 << 20;

    private final ObjectMapper json;
    private final LeadStore leads;

    PointStore(ObjectMapper json, LeadStore leads) {
        this.leads = leads;
        this.json = json.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** A point's id and its payload. */
    public record Payload(PointId id, ObjectNode payload) {
    }

    /** Payloads by the ids of their points, in the order of those. */
    public static Map<PointId, ObjectNode> byId(List<Payload> payloads) {
        Map<PointId, ObjectNode> byId = new TreeMap<>();
        payloads.forEach(payload -> byId.put(payload.id(), payload.payload()));
        return byId;
    }

    /** Writes points, of which no two have the same id. */
    public Uni<Void> upsert(Statements in, TenantId tenant, PlacedCollection placed, Collection<Point> points) {
        List<Point> sorted = points.stream().sorted(Comparator.comparing(Point::id)).toList();
        String[] ids = sorted.stream().map(point -> point.id().key()).toArray(String[]::new);
        Tuple columns = Tuple.tuple().addString(tenant.value()).addLong(placed.info().id()).addArrayOfString(ids)
                .addArrayOfString(sorted.stream().map(point -> point.payload().toString()).toArray(String[]::new))
                .addArrayOfFloat(flat(sorted.stream().map(Point::vector).toList(), placed.info().spec().dimension()));
        int placement = placed.info().placement();
        String upsert = UPSERT.formatted(PlacedCollection.table(placement), placement, placed.info().spec().dimension());
        Uni<RowSet<Row>> written = placed.info().isMoving()
                ? in.execute(DELETE.formatted(PlacedCollection.table(placed.info().source())), Tuple.of(tenant.value(), placed.info().id(), ids))
                        .chain(gone -> in.execute(upsert, columns))
                : in.execute(upsert, columns);
        Map<PointId, ObjectNode> payloads = new LinkedHashMap<>();
        sorted.forEach(point -> payloads.put(point.id(), point.payload()));
        return written.chain(rows -> putKeys(in, tenant, placed, placed.indexes(), payloads));
    }

    /** Deletes those of the ids that are there and that the filter means; how many. */
    public Uni<Long> delete(Statements in, TenantId tenant, PlacedCollection placed, Collection<PointId> ids, Filter filter) {
        String[] keys = keys(ids);
        return inEachPartition(placed, placement -> {
            SqlText sql = of(tenant, placed, keys);
            return in.execute(DELETE.formatted(PlacedCollection.table(placement)) + " AND " + FilterSql.of(filter, sql) + " RETURNING p.point_id",
                    Tuple.from(sql.values())).map(rows -> rows(rows, row -> row.getString(0)));
        }).chain(gone -> placed.indexes().isEmpty() || gone.isEmpty() ? Uni.createFrom().item((long) gone.size())
                : in.execute(DELETE_KEYS, Tuple.of(tenant.value(), placed.info().id(), gone.toArray(String[]::new)))
                        .replaceWith((long) gone.size()));
    }

    /** The payloads of those of the ids that are there and that the filter means, kept from changing until the transaction ends. */
    public Uni<List<Payload>> lockPayloads(Statements in, TenantId tenant, PlacedCollection placed, Collection<PointId> ids, Filter filter) {
        return inEachPartition(placed, placement -> {
            SqlText sql = of(tenant, placed, keys(ids));
            return in.execute(LOCK_PAYLOADS.formatted(PlacedCollection.table(placement)) + " AND " + FilterSql.of(filter, sql)
                    + " ORDER BY p.point_id FOR UPDATE", Tuple.from(sql.values())).map(rows -> rows(rows, this::payload));
        });
    }

    /** Gives points other payloads. */
    public Uni<Void> setPayloads(Statements in, TenantId tenant, PlacedCollection placed, Map<PointId, ObjectNode> payloads) {
        Tuple columns = Tuple.of(tenant.value(), placed.info().id(), keys(payloads.keySet()),
                new TreeMap<>(payloads).values().stream().map(ObjectNode::toString).toArray(String[]::new));
        return inEachPartition(placed, placement -> in.execute(SET_PAYLOADS.formatted(PlacedCollection.table(placement)), columns)
                .replaceWith(List.of()))
                .chain(done -> putKeys(in, tenant, placed, placed.indexes(), payloads));
    }

    /** Puts points into a payload index that is new. */
    public Uni<Void> index(Statements in, TenantId tenant, PlacedCollection placed, Map<PointId, ObjectNode> payloads) {
        return putKeys(in, tenant, placed, placed.indexes(), payloads);
    }

    /** Gives points other vectors; how many of them are there. */
    public Uni<Integer> setVectors(Statements in, TenantId tenant, PlacedCollection placed, Map<PointId, float[]> vectors) {
        int dimension = placed.info().spec().dimension();
        Tuple columns = Tuple.tuple().addString(tenant.value()).addLong(placed.info().id()).addArrayOfString(keys(vectors.keySet()))
                .addArrayOfFloat(flat(new ArrayList<>(new TreeMap<>(vectors).values()), dimension));
        return inEachPartition(placed,
                placement -> in.execute(SET_VECTORS.formatted(PlacedCollection.table(placement), dimension), columns)
                        .map(rows -> List.of(rows.rowCount())))
                .map(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    /** Those of the ids that are there, in the order of the ids. */
    public Uni<List<StoredPoint>> get(Statements in, TenantId tenant, PlacedCollection placed, Collection<PointId> ids, Returning returning) {
        SqlText sql = of(tenant, placed, keys(ids));
        String parts = placed.partitions().stream().map(placement -> "SELECT * FROM " + PlacedCollection.table(placement) + " AS p"
                + " WHERE p.tenant_id = $1 AND p.collection_id = $2 AND p.point_id = ANY ($3::text[])").collect(Collectors.joining(" UNION ALL "));
        return in.execute("SELECT p.point_id" + columns(returning, "p.point_id") + " FROM (" + parts + ") AS p ORDER BY p.point_id", Tuple.from(sql.values()))
                .map(rows -> rows(rows, row -> point(row, returning)));
    }

    /** Points that a filter means, in the order of their ids, from one on; fewer where they would be too long an answer, at least one. */
    public Uni<Scrolled> scroll(Statements in, TenantId tenant, PlacedCollection placed, Filter filter, @Nullable PointId from, int limit,
            Returning returning) {
        return leads.shortest(in, placed, filter).chain(lead -> {
            SqlText sql = SearchStore.start(tenant, placed);
            String parts = placed.partitions().stream().map(placement -> "(SELECT * FROM " + PlacedCollection.table(placement) + " AS p"
                    + " WHERE p.tenant_id = $1 AND p.collection_id = $2" + (from == null ? "" : " AND p.point_id >= " + sql.bind(from.key(), "text"))
                    + led(lead, sql) + " AND " + FilterSql.of(filter, sql) + " ORDER BY p.point_id LIMIT " + sql.bind(limit, "int8") + ")")
                    .collect(Collectors.joining(" UNION ALL "));
            return in.execute("SELECT p.point_id" + columns(returning, "p.point_id") + " FROM (" + parts + ") AS p ORDER BY p.point_id LIMIT "
                    + sql.bind(limit, "int8"), Tuple.from(sql.values()));
        }).map(rows -> scrolled(rows, returning));
    }

    /**
     * A page.
     *
     * @param cutAt the point with which it had to end, which is not in it; null where all are
     */
    public record Scrolled(List<StoredPoint> points, @Nullable PointId cutAt) {
    }

    private Scrolled scrolled(RowSet<Row> rows, Returning returning) {
        List<StoredPoint> points = new ArrayList<>();
        for (Row row : rows) {
            if (isCut(row, returning) && !points.isEmpty()) {
                return new Scrolled(points, new PointId(row.getString("point_id")));
            }
            points.add(point(row, returning));
        }
        return new Scrolled(points, null);
    }

    /** Only the points that a lead names. */
    private static String led(Optional<Leads.Lead> lead, SqlText sql) {
        return lead.map(one -> " AND p.point_id = ANY (ARRAY(SELECT DISTINCT point_id FROM (" + one.select(sql) + ") AS led))").orElse("");
    }

    /** Points that a filter means and that have a number or a time at a path, in the order of that. */
    public Uni<List<StoredPoint>> ordered(Statements in, TenantId tenant, PlacedCollection placed, Filter filter, KeyPath path,
            boolean ascending, @Nullable BigDecimal from, int limit, Returning returning) {
        SqlText sql = new SqlText();
        sql.bind(tenant.value(), "text");
        sql.bind(placed.info().id(), "int8");
        String value = "(SELECT " + (ascending ? "min" : "max") + "(CASE WHEN jsonb_typeof(v) = 'number' THEN v::numeric ELSE app.vector_time(v)::numeric END)"
                + " FROM jsonb_path_query(p.payload, " + sql.bind(path.toJsonPath() + "[*]", "text") + "::jsonpath) AS v)";
        String parts = placed.partitions().stream().map(placement -> "SELECT p.*, " + value + " AS value FROM "
                + PlacedCollection.table(placement) + " AS p WHERE p.tenant_id = $1 AND p.collection_id = $2 AND " + FilterSql.of(filter, sql))
                .collect(Collectors.joining(" UNION ALL "));
        return in.execute("SELECT p.point_id" + columns(returning, "p.value" + (ascending ? "" : " DESC") + ", p.point_id") + " FROM (" + parts + ") AS p WHERE p.value IS NOT NULL"
                + (from == null ? "" : " AND p.value " + (ascending ? ">= " : "<= ") + sql.bind(from.toString(), "text") + "::numeric")
                + " ORDER BY p.value" + (ascending ? "" : " DESC") + ", p.point_id LIMIT " + sql.bind(limit, "int8"), Tuple.from(sql.values()))
                .map(rows -> rows(rows, row -> point(row, returning)));
    }

    /** How many points a filter means, at most so many. */
    public Uni<Long> count(Statements in, TenantId tenant, PlacedCollection placed, Filter filter, long most) {
        return leads.shortest(in, placed, filter).chain(lead -> {
            SqlText sql = SearchStore.start(tenant, placed);
            String parts = placed.partitions().stream().map(placement -> "(SELECT 1 FROM " + PlacedCollection.table(placement) + " AS p"
                    + " WHERE p.tenant_id = $1 AND p.collection_id = $2" + led(lead, sql) + " AND " + FilterSql.of(filter, sql)
                    + (most == Long.MAX_VALUE ? "" : " LIMIT " + sql.bind(most, "int8")) + ")").collect(Collectors.joining(" UNION ALL "));
            return in.execute("SELECT count(*) FROM (" + parts + ") AS found", Tuple.from(sql.values()));
        }).map(rows -> Math.min(most, rows.iterator().next().getLong(0)));
    }

    /** The columns of a point that are asked for, behind its id; in the order of the answer payloads beyond a bound are null. */
    static String columns(Returning returning, String order) {
        return (returning.payload() ? ", CASE WHEN sum(octet_length(p.payload::text)) OVER (ORDER BY " + order + ") <= " + ANSWER_MOST
                + " THEN p.payload::text END AS payload" : "") + (returning.vector() ? ", p.embedding::real[] AS embedding" : "");
    }

    /** Whether a row lacks the payload that was asked for, because the answer would be too long. */
    static boolean isCut(Row row, Returning returning) {
        return returning.payload() && row.getString("payload") == null;
    }

    /** A row with those columns. */
    StoredPoint point(Row row, Returning returning) {
        if (isCut(row, returning)) {
            throw VectorProblem.tooLarge("limit", "is too high: the payloads are more than " + ANSWER_MOST + " bytes; ask for fewer points");
        }
        return new StoredPoint(new PointId(row.getString("point_id")),
                returning.payload() ? returning.select(object(row.getString("payload"))) : null,
                returning.vector() ? vector(row.getArrayOfFloats("embedding")) : null);
    }

    /** All components one behind the other. */
    static Float[] flat(List<float[]> vectors, int dimension) {
        Float[] flat = new Float[vectors.size() * dimension];
        int at = 0;
        for (float[] vector : vectors) {
            for (float component : vector) {
                flat[at++] = component;
            }
        }
        return flat;
    }

    /** Rows as what they say. */
    static <T> List<T> rows(RowSet<Row> rows, Function<Row, T> read) {
        List<T> list = new ArrayList<>(rows.size());
        rows.forEach(row -> list.add(read.apply(row)));
        return list;
    }

    private Uni<Void> putKeys(Statements in, TenantId tenant, PlacedCollection placed, List<PayloadIndex> indexes, Map<PointId, ObjectNode> payloads) {
        if (indexes.isEmpty() || payloads.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Long> numbers = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        payloads.forEach((id, payload) -> PayloadKeys.of(payload, indexes).forEach(key -> {
            numbers.add(key.index());
            words.add(key.word());
            values.add(key.number());
            ids.add(id.key());
            if (ids.size() > KEYS_MOST) {
                throw VectorProblem.tooLarge("points", "have more than " + KEYS_MOST + " words and values for payload indexes; write fewer at once");
            }
        }));
        Tuple columns = Tuple.tuple().addString(tenant.value()).addLong(placed.info().id()).addArrayOfLong(numbers.toArray(Long[]::new))
                .addArrayOfString(words.toArray(String[]::new)).addArrayOfDouble(values.toArray(Double[]::new))
                .addArrayOfString(ids.toArray(String[]::new));
        return in.execute(DELETE_KEYS, Tuple.of(tenant.value(), placed.info().id(), keys(payloads.keySet())))
                .chain(gone -> in.execute(INSERT_KEYS, columns)).replaceWithVoid();
    }

    /** One after the other, the one first out of which points move. */
    private static <T> Uni<List<T>> inEachPartition(PlacedCollection placed, Function<Integer, Uni<List<T>>> work) {
        return Multi.createFrom().iterable(placed.partitions()).onItem().transformToUniAndConcatenate(work::apply)
                .collect().in(ArrayList<T>::new, List::addAll).map(all -> all);
    }

    private static SqlText of(TenantId tenant, PlacedCollection placed, String[] keys) {
        SqlText sql = new SqlText();
        sql.bind(tenant.value(), "text");
        sql.bind(placed.info().id(), "int8");
        sql.bind(keys, "text[]");
        return sql;
    }

    private static String[] keys(Collection<PointId> ids) {
        return new TreeSet<>(ids).stream().map(PointId::key).toArray(String[]::new);
    }

    private Payload payload(Row row) {
        return new Payload(new PointId(row.getString("point_id")), object(row.getString("payload")));
    }

    private ObjectNode object(String text) {
        try {
            return (ObjectNode) json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a payload is no JSON", e);
        }
    }

    private static float[] vector(Float[] components) {
        float[] vector = new float[components.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = components[i];
        }
        return vector;
    }
}
