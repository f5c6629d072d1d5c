package io.zeroui.product.vectors.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.HybridSearch;
import io.zeroui.product.vectors.Search;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.PayloadValues;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.runtime.tenancy.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Searches by nearness and by words at once: reciprocal rank fusion of two lists, in one statement. */
@ApplicationScoped
public class HybridStore {

    private static final int WORDS_MOST = 32;
    /** A word that more points have says little; it is looked for only where all words are such. */
    private static final long FREQUENT = 20_000;
    private static final int DEPTH_LEAST = 100;

    private static final String FUSED = """
            WITH near AS MATERIALIZED (
                SELECT n.point_id, row_number() OVER (ORDER BY n.distance, n.point_id) AS rank
                FROM (SELECT p.point_id, %1$s AS distance FROM (%2$s) AS p ORDER BY distance, p.point_id LIMIT %3$s) AS n
            ), worded AS MATERIALIZED (
                SELECT w.point_id, row_number() OVER (ORDER BY w.weight DESC, w.point_id) AS rank
                FROM (
                    SELECT v.point_id, sum(u.weight) AS weight
                    FROM unnest(%4$s, %5$s) AS u (word, weight)
                    JOIN app.vector_payload_values AS v ON v.index_id = %6$s AND v.word = u.word
                    WHERE %7$s
                    GROUP BY v.point_id ORDER BY weight DESC, v.point_id LIMIT %3$s
                ) AS w
            ), fused AS (
                SELECT l.point_id, sum(1.0::float8 / (60 + l.rank)) AS score
                FROM (SELECT * FROM near UNION ALL SELECT * FROM worded) AS l
                GROUP BY l.point_id
            )
            SELECT p.point_id, f.score, (SELECT count(*) FROM near) AS nearest%8$s
            FROM fused AS f JOIN (%9$s) AS p ON p.point_id = f.point_id
            ORDER BY f.score DESC, p.point_id LIMIT %10$s
            """;

    private final SearchStore searches;
    private final PointStore points;

    HybridStore(SearchStore searches, PointStore points) {
        this.searches = searches;
        this.points = points;
    }

    /** Searches; the index has words of the field. */
    public Uni<List<ScoredPoint>> search(Statements in, TenantId tenant, PlacedCollection placed, HybridSearch search, PayloadIndex index) {
        List<String> words = PayloadValues.words(search.text()).stream().map(PayloadKeys::cut).distinct().limit(WORDS_MOST).toList();
        Search nearest = search.search();
        int depth = Math.min(Search.LIMIT_MOST, Math.max(DEPTH_LEAST, 4 * (nearest.offset() + nearest.limit())));
        Uni<List<Long>> frequencies = searches.frequencies(in, index.id(), words, FREQUENT);
        return Uni.combine().all().unis(searches.set(in, placed, nearest), frequencies).with((set, found) -> weights(words, found))
                .chain(weights -> run(in, tenant, placed, search, index, weights, depth, SearchStore.isExact(placed, nearest))
                        .chain(rows -> SearchStore.isExact(placed, nearest) || nearest(rows) >= depth ? Uni.createFrom().item(rows)
                                : run(in, tenant, placed, search, index, weights, depth, true)))
                .map(rows -> scored(rows, nearest));
    }

    /** Words and how much each says. */
    private record Weights(List<String> words, List<Double> weights) {
    }

    private static Weights weights(List<String> words, List<Long> frequencies) {
        boolean anyRare = frequencies.stream().anyMatch(count -> count > 0 && count < FREQUENT);
        Weights weights = new Weights(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < words.size(); i++) {
            long count = frequencies.get(i);
            if (count > 0 && (!anyRare || count < FREQUENT)) {
                weights.words().add(words.get(i));
                weights.weights().add(Math.log1p((double) FREQUENT / count));
            }
        }
        return weights;
    }

    private Uni<RowSet<Row>> run(Statements in, TenantId tenant, PlacedCollection placed, HybridSearch search, PayloadIndex index,
            Weights weights, int depth, boolean exact) {
        Search nearest = search.search();
        SqlText sql = SearchStore.start(tenant, placed);
        String vector = SearchStore.vector(sql, nearest);
        String candidates = SearchStore.candidates(placed, nearest, sql, vector, depth, exact, searches.factor(placed),
                FilterSql.of(nearest.filter(), sql));
        String meant = nearest.filter().equals(Filter.EVERY) ? "true" : "v.point_id IN (SELECT p.point_id FROM (" + rows(placed) + ") AS p WHERE "
                + FilterSql.of(nearest.filter(), sql) + ")";
        String text = FUSED.formatted(Distance.exact(placed, "p.embedding", vector), candidates, sql.bind(depth, "int8"),
                sql.bind(weights.words().toArray(String[]::new), "text[]"), sql.bind(weights.weights().toArray(Double[]::new), "float8[]"),
                sql.bind(index.id(), "int8"), meant, PointStore.columns(nearest.returning(), "f.score DESC, p.point_id"), rows(placed),
                sql.bind(nearest.offset() + nearest.limit(), "int8"));
        return in.execute(text, Tuple.from(sql.values()));
    }

    private static String rows(PlacedCollection placed) {
        return placed.partitions().stream().map(placement -> "SELECT * FROM " + PlacedCollection.table(placement) + " AS p"
                + " WHERE p.tenant_id = $1 AND p.collection_id = $2").collect(Collectors.joining(" UNION ALL "));
    }

    private static long nearest(RowSet<Row> rows) {
        return rows.size() == 0 ? 0 : rows.iterator().next().getLong("nearest");
    }

    private List<ScoredPoint> scored(RowSet<Row> rows, Search nearest) {
        List<ScoredPoint> scored = new ArrayList<>();
        int at = 0;
        for (Row row : rows) {
            double score = row.getDouble("score");
            if (at++ >= nearest.offset() && (nearest.threshold() == null || score >= nearest.threshold())) {
                scored.add(new ScoredPoint(points.point(row, nearest.returning()), score));
            }
        }
        return scored;
    }
}
