package io.zeroui.product.vectors.store;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Search;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A statement that searches, with its parameters. The same wish with other values is the same text, which sessions keep prepared.
 *
 * @param sql the text
 * @param parameters their values
 */
record SearchText(String sql, List<Object> parameters) {

    /** The number of points that the shortest lead names, in every row of {@link #led}. */
    static final String LED = "led";

    /** Compares candidates: those of an index, or all points. */
    static SearchText of(TenantId tenant, PlacedCollection placed, Search search, boolean exact, int factor) {
        SqlText sql = SearchStore.start(tenant, placed);
        String vector = SearchStore.vector(sql, search);
        String candidates = SearchStore.candidates(placed, search, sql, vector, wanted(search), exact, factor, FilterSql.of(search.filter(), sql));
        return new SearchText("SELECT p.point_id, p.distance" + columns(search) + " FROM (" + ranked(placed, candidates, vector, search, sql)
                + ") AS p ORDER BY p.distance, p.point_id", sql.values());
    }

    /**
     * Takes the points that each lead names and compares those of the shortest; where even that names more than may be compared, it does what
     * {@link #of} does. One of the two is never begun: its condition has nothing of its rows. There is always a row, without an id where nothing is found.
     *
     * @param most points that may be compared
     */
    static SearchText led(TenantId tenant, PlacedCollection placed, Search search, List<Leads.Lead> leads, int most, boolean exact, int factor) {
        SqlText sql = SearchStore.start(tenant, placed);
        String vector = SearchStore.vector(sql, search);
        String filter = FilterSql.of(search.filter(), sql);
        String may = sql.bind((long) most, "int8");
        String lists = IntStream.range(0, leads.size())
                .mapToObj(i -> "l" + i + " AS MATERIALIZED (" + leads.get(i).select(sql) + " LIMIT " + may + " + 1), ").collect(Collectors.joining());
        String counts = IntStream.range(0, leads.size()).mapToObj(i -> "(" + i + ", (SELECT count(*) FROM l" + i + "))").collect(Collectors.joining(", "));
        String shortest = IntStream.range(0, leads.size()).mapToObj(i -> "SELECT point_id FROM l" + i + " WHERE (SELECT i FROM c) = " + i)
                .collect(Collectors.joining(" UNION ALL "));
        String named = placed.partitions().stream().map(placement -> "SELECT p.point_id, p.embedding, p.payload FROM n CROSS JOIN LATERAL (SELECT * FROM "
                + PlacedCollection.table(placement) + " AS p WHERE p.tenant_id = $1 AND p.collection_id = $2 AND p.point_id = n.point_id AND " + filter
                + " OFFSET 0) AS p").collect(Collectors.joining(" UNION ALL "));
        String others = SearchStore.candidates(placed, search, sql, vector, wanted(search), exact, factor, filter + " AND (SELECT n FROM c) > " + may);
        return new SearchText("WITH " + lists + "c AS MATERIALIZED (SELECT i, n FROM (VALUES " + counts + ") AS v (i, n) ORDER BY n, i LIMIT 1), "
                + "n AS (SELECT DISTINCT point_id FROM (" + shortest + ") AS l WHERE (SELECT n FROM c) <= " + may + ") "
                + "SELECT c.n AS " + LED + ", p.point_id, p.distance" + columns(search) + " FROM c LEFT JOIN ("
                + ranked(placed, named + " UNION ALL " + others, vector, search, sql) + ") AS p ON true ORDER BY p.distance, p.point_id",
                sql.values());
    }

    private static int wanted(Search search) {
        return search.offset() + search.limit();
    }

    private static String columns(Search search) {
        return PointStore.columns(search.returning(), "p.distance, p.point_id");
    }

    /** The nearest of candidates by what is computed from all bits of both vectors. */
    private static String ranked(PlacedCollection placed, String candidates, String vector, Search search, SqlText sql) {
        return "SELECT p.*, " + Distance.exact(placed, "p.embedding", vector) + " AS distance FROM (" + candidates + ") AS p"
                + " ORDER BY distance, p.point_id LIMIT " + sql.bind(wanted(search), "int8");
    }
}
