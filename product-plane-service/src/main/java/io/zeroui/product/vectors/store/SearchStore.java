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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Searches the partitions of {@code app.vector_points} by nearness. */
@ApplicationScoped
public class SearchStore {

    /**
     * For this transaction. Without a sort a plan uses the index on vectors, and without reading whole tables those on ids and payload values,
     * whatever was estimated. One plan for any parameters is good then and is there already: to make one takes longer than most searches.
     */
    private static final String SETTINGS = """
            SELECT set_config('plan_cache_mode', $7, true), set_config('statement_timeout', $1, true),
                   set_config('enable_sort', $2, true), set_config('enable_seqscan', $6, true), set_config('hnsw.ef_search', $3, true),
                   set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.max_scan_tuples', $4, true),
                   set_config('ivfflat.probes', $5, true), set_config('ivfflat.iterative_scan', 'relaxed_order', true)
            """;

    /** What {@link #SETTINGS} forbid, for all points of a partition. */
    private static final String WHOLE = "SELECT set_config('enable_seqscan', 'on', true)";

    private final PointStore points;
    private final ObjectMapper json;
    private final SearchConfig config;

    SearchStore(PointStore points, ObjectMapper json, SearchConfig config) {
        this.points = points;
        this.json = json;
        this.config = config;
    }

    /** How points were found. */
    public enum Way {
        /** All points that the filter means, or may mean by an index on payloads, were compared. */
        EXACT,
        /** By the index on vectors, which gave as many as were wanted. */
        INDEX,
        /** The index gave fewer than there are; so all points were compared. */
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
        boolean indexed = isIndexed(placed, search);
        boolean whole = !indexed && placed.partitions().stream().anyMatch(placement -> placement != 0);
        List<Leads.Lead> leads = search.exact() || whole ? List.of() : Leads.of(search.filter(), placed.indexes());
        Uni<RowSet<Row>> set = in.execute(SETTINGS, settings(placed, search, indexed, whole, true));
        Uni<Found> found = leads.isEmpty() ? nearest(in, tenant, placed, search, indexed) : led(in, tenant, placed, search, indexed, leads);
        return Uni.combine().all().unis(set, found).with((done, item) -> item);
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

    /** The candidates of the nearest points that a condition means, as a query with the columns of a point; each partition in its own way. */
    static String candidates(PlacedCollection placed, Search search, SqlText sql, String vector, int most, boolean exact, int factor, String filter) {
        return placed.partitions().stream().map(placement -> {
            boolean indexed = !exact && placed.isIndexed(placement);
            return "(SELECT p.point_id, p.embedding, p.payload FROM " + PlacedCollection.table(placement) + " AS p"
                    + " WHERE p.tenant_id = $1 AND p.collection_id = $2 AND " + filter
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

    /** The settings of a transaction that searches by the index and does something else beside. */
    Uni<RowSet<Row>> set(Statements in, PlacedCollection placed, Search search) {
        return in.execute(SETTINGS, settings(placed, search, true, true, search.filter().equals(Filter.EVERY)));
    }

    private static boolean isIndexed(PlacedCollection placed, Search search) {
        return !isExact(placed, search) && placed.partitions().stream().anyMatch(placed::isIndexed);
    }

    private Uni<Found> nearest(Statements in, TenantId tenant, PlacedCollection placed, Search search, boolean indexed) {
        SearchText text = SearchText.of(tenant, placed, search, !indexed, factor(placed));
        return in.execute(text.sql(), Tuple.from(text.parameters())).chain(rows -> indexed ? complete(in, tenant, placed, search, rows)
                : Uni.createFrom().item(new Found(scored(rows, placed, search), Way.EXACT)));
    }

    private Uni<Found> led(Statements in, TenantId tenant, PlacedCollection placed, Search search, boolean indexed, List<Leads.Lead> leads) {
        SearchText text = SearchText.led(tenant, placed, search, leads, config.leadMost(), !indexed, factor(placed));
        return in.execute(text.sql(), Tuple.from(text.parameters()))
                .chain(rows -> indexed && rows.iterator().next().getLong(SearchText.LED) > config.leadMost() ? complete(in, tenant, placed, search, rows)
                        : Uni.createFrom().item(new Found(scored(rows, placed, search), Way.EXACT)));
    }

    /** What an index gave, if that is enough; else all points are compared. */
    private Uni<Found> complete(Statements in, TenantId tenant, PlacedCollection placed, Search search, RowSet<Row> rows) {
        long given = rows(rows).count();
        if (given >= search.offset() + search.limit()) {
            return Uni.createFrom().item(new Found(scored(rows, placed, search), Way.INDEX));
        }
        SearchText text = SearchText.of(tenant, placed, search, true, 1);
        return Uni.combine().all().unis(in.execute(WHOLE), in.execute(text.sql(), Tuple.from(text.parameters())))
                .with((set, all) -> new Found(scored(all, placed, search), given < all.size() ? Way.SHORT : Way.EXACT));
    }

    /** Those with a point. */
    private static Stream<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).filter(row -> row.getString("point_id") != null);
    }

    private List<ScoredPoint> scored(RowSet<Row> rows, PlacedCollection placed, Search search) {
        List<ScoredPoint> scored = new ArrayList<>();
        int at = 0;
        for (Row row : (Iterable<Row>) rows(rows)::iterator) {
            double score = Distance.score(placed, row.getDouble("distance"));
            if (at++ >= search.offset() && Distance.isWithin(placed, score, search.threshold())) {
                scored.add(new ScoredPoint(points.point(row, search.returning()), score));
            }
        }
        return scored;
    }

    /**
     * The parameters of {@link #SETTINGS}.
     *
     * @param indexed whether the index on vectors is asked
     * @param whole whether a plan may read a partition whole
     * @param general whether a plan is for any parameters
     */
    private Tuple settings(PlacedCollection placed, Search search, boolean indexed, boolean whole, boolean general) {
        int wanted = search.offset() + search.limit();
        int ef = search.ef() == null ? Math.max(config.ef(), Math.min(Search.EF_MOST, wanted * factor(placed))) : Math.max(search.ef(), 1);
        int lists = placed.info().spec().index() instanceof IndexSpec.IvfFlat ivf ? ivf.lists() : 1;
        int probes = Math.min(lists, Math.max(1, (int) Math.ceil(Math.sqrt(lists) * ef / config.ef())));
        return Tuple.tuple().addString(Long.toString(config.timeout().toMillis())).addString(indexed ? "off" : "on").addString(Integer.toString(ef))
                .addString(Integer.toString(config.scanMost())).addString(Integer.toString(probes)).addString(whole ? "on" : "off")
                .addString(general ? "force_generic_plan" : "force_custom_plan");
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
        return sql.once(PointStore.flat(List.of(search.vector()), search.vector().length), "real[]", "vector");
    }

    private JsonNode value(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of a payload is no JSON", e);
        }
    }
}
