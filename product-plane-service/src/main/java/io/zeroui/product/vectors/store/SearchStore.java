package io.zeroui.product.vectors.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.FacetCount;
import io.zeroui.product.vectors.Search;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.runtime.tenancy.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Searches the partitions of {@code app.vector_points} by nearness. */
@ApplicationScoped
public class SearchStore {

    /**
     * For this transaction. A plan for any parameters would parse a filter's paths again for every row, and without a filter is as good and is there
     * already; a plan that sorts would not use the index on vectors, whatever was estimated.
     */
    private static final String SETTINGS = """
            SELECT set_config('plan_cache_mode', $6, true), set_config('statement_timeout', $1, true),
                   set_config('enable_sort', $2, true), set_config('hnsw.ef_search', $3, true),
                   set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.max_scan_tuples', $4, true),
                   set_config('ivfflat.probes', $5, true), set_config('ivfflat.iterative_scan', 'relaxed_order', true)
            """;

    private final PointStore points;
    private final ObjectMapper json;
    private final SearchConfig config;
    private final LeadStore leads;

    SearchStore(PointStore points, ObjectMapper json, SearchConfig config, LeadStore leads) {
        this.points = points;
        this.json = json;
        this.config = config;
        this.leads = leads;
    }

    /** How points were found. */
    public enum Way {
        /** All points that the filter means, or may mean by an index on payloads, were compared. */
        EXACT,
        /** By the index on vectors. */
        INDEX,
        /** By the index, which gave fewer than were wanted; then exactly. */
        SHORT
    }

    /**
     * What was found.
     *
     * @param points the nearest first, without those beyond the threshold
     */
    public record Found(List<ScoredPoint> points, Way way) {
    }

    /** Searches. All of it in one transaction that reads; its settings are the transaction's. */
    public Uni<Found> search(Statements in, TenantId tenant, PlacedCollection placed, Search search) {
        boolean indexed = !isExact(placed, search) && placed.partitions().stream().anyMatch(placed::isIndexed);
        Uni<RowSet<Row>> settings = in.execute(SETTINGS, settings(placed, search, indexed));
        if (!indexed) {
            return Uni.combine().all().unis(settings, run(in, exact(tenant, placed, search, null), placed, search))
                    .with((set, found) -> new Found(found, Way.EXACT));
        }
        return Uni.combine().all().unis(settings, leads.shortest(in, placed, search.filter())).with((set, lead) -> lead)
                .chain(lead -> lead.isEmpty() ? nearest(in, tenant, placed, search)
                        : run(in, exact(tenant, placed, search, lead.get()), placed, search).map(found -> new Found(found, Way.EXACT)));
    }

    /** Values of a field and how many points that a filter means have each. */
    public Uni<List<FacetCount>> facet(Statements in, TenantId tenant, PlacedCollection placed, KeyPath path, Filter filter, int limit) {
        SqlText sql = start(tenant, placed);
        String parts = placed.partitions().stream().map(placement -> "SELECT DISTINCT p.point_id, v FROM " + PlacedCollection.table(placement)
                + " AS p CROSS JOIN LATERAL jsonb_path_query(p.payload, " + sql.bind(path.toJsonPath() + "[*]", "text") + "::jsonpath) AS v"
                + " WHERE p.tenant_id = $1 AND p.collection_id = $2 AND " + FilterSql.of(filter, sql)
                + " AND CASE jsonb_typeof(v) WHEN 'number' THEN v::numeric = trunc(v::numeric) WHEN 'string' THEN true"
                + " WHEN 'boolean' THEN true ELSE false END").collect(Collectors.joining(" UNION ALL "));
        return in.execute("SELECT v::text AS value, count(*) AS points FROM (" + parts + ") AS p GROUP BY v ORDER BY count(*) DESC, v LIMIT "
                + sql.bind(limit, "int8"), Tuple.from(sql.values()))
                .map(rows -> PointStore.rows(rows, row -> new FacetCount(value(row.getString("value")), row.getLong("points"))));
    }

    /** How many rows of {@code app.vector_payload_values} a word has in an index, at most so many; in the order of the words. */
    Uni<List<Long>> frequencies(Statements in, long index, List<String> words, long most) {
        return in.execute("""
                SELECT (SELECT count(*) FROM (SELECT FROM app.vector_payload_values AS w
                                               WHERE w.index_id = $1 AND w.word = u.word LIMIT $3::int8) AS found)
                FROM unnest($2::text[]) WITH ORDINALITY AS u (word, i) ORDER BY u.i
                """, Tuple.of(index, words.toArray(String[]::new), most)).map(rows -> PointStore.rows(rows, row -> row.getLong(0)));
    }

    /** The candidates of the nearest points, as a query with the columns of a point; each partition in its own way. */
    static String candidates(PlacedCollection placed, Search search, SqlText sql, String vector, int most, boolean exact, int factor) {
        return placed.partitions().stream().map(placement -> {
            boolean indexed = !exact && placed.isIndexed(placement);
            return "(SELECT p.point_id, p.embedding, p.payload FROM " + PlacedCollection.table(placement) + " AS p"
                    + " WHERE p.tenant_id = $1 AND p.collection_id = $2 AND " + FilterSql.of(search.filter(), sql)
                    + " ORDER BY " + (indexed ? Distance.indexed(placed, vector) : Distance.exact(placed, "p.embedding", vector) + ", p.point_id")
                    + " LIMIT " + sql.bind(indexed ? Math.max(most + 10, most * factor) : most, "int8") + ")";
        }).collect(Collectors.joining(" UNION ALL "));
    }

    /**
     * Whether all points must be compared. Also while some of them are on their way: with a filter the part that an index gives could be too
     * short without being noticed, as the other part fills it up.
     */
    static boolean isExact(PlacedCollection placed, Search search) {
        return search.exact() || placed.info().isMoving() && !search.filter().equals(Filter.EVERY);
    }

    /** Candidates per point that is wanted. */
    int factor(PlacedCollection placed) {
        return Distance.isBinary(placed) ? config.binaryOversampling() : config.oversampling();
    }

    /** The settings of a transaction that searches by the index. */
    Uni<RowSet<Row>> set(Statements in, PlacedCollection placed, Search search) {
        return in.execute(SETTINGS, settings(placed, search, true));
    }

    private Uni<Found> nearest(Statements in, TenantId tenant, PlacedCollection placed, Search search) {
        SqlText sql = start(tenant, placed);
        String vector = vector(sql, search);
        int wanted = search.offset() + search.limit();
        String text = ranked(placed, candidates(placed, search, sql, vector, wanted, false, factor(placed)), vector, search, sql);
        return in.execute(text, Tuple.from(sql.values())).chain(rows -> rows.size() >= wanted ? Uni.createFrom()
                .item(new Found(scored(rows, placed, search), Way.INDEX))
                : run(in, exact(tenant, placed, search, null), placed, search).map(found -> new Found(found, rows.size() < found.size()
                        ? Way.SHORT : Way.INDEX)));
    }

    private record Text(String text, SqlText sql) {
    }

    /** Compares all points, or those that a lead names. */
    private static Text exact(TenantId tenant, PlacedCollection placed, Search search, Leads.@Nullable Lead lead) {
        SqlText sql = start(tenant, placed);
        String vector = vector(sql, search);
        int wanted = search.offset() + search.limit();
        if (lead == null) {
            return new Text(ranked(placed, candidates(placed, search, sql, vector, wanted, true, 1), vector, search, sql), sql);
        }
        String named = "SELECT DISTINCT point_id FROM (" + lead.select(sql) + ") AS led";
        String parts = placed.partitions().stream().map(placement -> "(SELECT p.point_id, p.embedding, p.payload FROM (" + named
                + " OFFSET 0) AS n JOIN " + PlacedCollection.table(placement) + " AS p ON p.point_id = n.point_id"
                + " WHERE p.tenant_id = $1 AND p.collection_id = $2 AND " + FilterSql.of(search.filter(), sql) + ")")
                .collect(Collectors.joining(" UNION ALL "));
        return new Text(ranked(placed, parts, vector, search, sql), sql);
    }

    /** Orders candidates by what is computed from all bits of both vectors. */
    private static String ranked(PlacedCollection placed, String candidates, String vector, Search search, SqlText sql) {
        return "SELECT p.point_id, p.distance" + PointStore.columns(search.returning(), "p.distance, p.point_id") + " FROM (SELECT p.*, "
                + Distance.exact(placed, "p.embedding", vector) + " AS distance FROM (" + candidates + ") AS p"
                + " ORDER BY distance, p.point_id LIMIT " + sql.bind(search.offset() + search.limit(), "int8") + ") AS p"
                + " ORDER BY p.distance, p.point_id";
    }

    private Uni<List<ScoredPoint>> run(Statements in, Text text, PlacedCollection placed, Search search) {
        return in.execute(text.text(), Tuple.from(text.sql().values())).map(rows -> scored(rows, placed, search));
    }

    private List<ScoredPoint> scored(RowSet<Row> rows, PlacedCollection placed, Search search) {
        List<ScoredPoint> scored = new ArrayList<>();
        int at = 0;
        for (Row row : rows) {
            double score = Distance.score(placed, row.getDouble("distance"));
            if (at++ >= search.offset() && Distance.isWithin(placed, score, search.threshold())) {
                scored.add(new ScoredPoint(points.point(row, search.returning()), score));
            }
        }
        return scored;
    }

    private Tuple settings(PlacedCollection placed, Search search, boolean indexed) {
        int wanted = search.offset() + search.limit();
        int ef = search.ef() == null ? Math.max(config.ef(), Math.min(Search.EF_MOST, wanted * factor(placed))) : Math.max(search.ef(), 1);
        int lists = placed.info().spec().index() instanceof IndexSpec.IvfFlat ivf ? ivf.lists() : 1;
        int probes = Math.min(lists, Math.max(1, (int) Math.ceil(Math.sqrt(lists) * ef / config.ef())));
        return Tuple.tuple().addString(Long.toString(config.timeout().toMillis())).addString(indexed ? "off" : "on").addString(Integer.toString(ef))
                .addString(Integer.toString(config.scanMost())).addString(Integer.toString(probes))
                .addString(search.filter().equals(Filter.EVERY) ? "force_generic_plan" : "force_custom_plan");
    }

    /** The parameters, with the two that every statement begins with. */
    static SqlText start(TenantId tenant, PlacedCollection placed) {
        SqlText sql = new SqlText();
        sql.bind(tenant.value(), "text");
        sql.bind(placed.info().id(), "int8");
        return sql;
    }

    /** The vector that is searched for, as a parameter. */
    static String vector(SqlText sql, Search search) {
        return "(" + sql.bind(PointStore.flat(List.of(search.vector()), search.vector().length), "real[]") + "::vector)";
    }

    private JsonNode value(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of a payload is no JSON", e);
        }
    }
}
