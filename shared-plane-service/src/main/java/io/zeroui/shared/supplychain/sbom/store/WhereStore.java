package io.zeroui.shared.supplychain.sbom.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Select;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where components are. Every statement reads as many components as the page has places at most, in the order of an index, and of each as many places
 * as the page has at most: the cost is bounded whatever there is.
 */
@ApplicationScoped
public class WhereStore {

    /** One more than a page has, for the cursor's own component may have no place behind it. Parameters: 1 exact, 2 low, 3 high, 4 version, 5 key of the cursor, 6 its component, 7 how many. */
    private static final String HITS = """
            SELECT c.component_id AS hit_id, %1$s AS hit_key
              FROM %2$s
             WHERE %3$s AND ($4::text IS NULL OR c.version = $4) AND (%1$s, c.component_id) >= ($5::text, $6::uuid)
             ORDER BY %1$s, c.component_id
             LIMIT $7 + 1""";

    private static final String PLACES = """
            SELECT h.hit_key, o.ordinal, o.ref, o.depth, %1$s, %2$s
              FROM (%3$s) AS h
              JOIN app.components AS c ON c.component_id = h.hit_id
             CROSS JOIN LATERAL (
                SELECT p.sbom_id, p.ordinal, p.ref, p.depth
                  FROM app.sbom_components AS p
                 WHERE p.component_id = h.hit_id
                   AND (p.sbom_id, p.ordinal) > (CASE WHEN h.hit_id = $6 AND h.hit_key = $5 THEN $8::int8 ELSE -1 END,
                                                 CASE WHEN h.hit_id = $6 AND h.hit_key = $5 THEN $9::int4 ELSE -1 END)
                 ORDER BY p.sbom_id, p.ordinal
                 LIMIT $7) AS o
              JOIN app.sboms AS s ON s.sbom_id = o.sbom_id
             ORDER BY h.hit_key, h.hit_id, o.sbom_id, o.ordinal
             LIMIT $7""";

    private static final String ONCE = """
            SELECT h.hit_key, %1$s
              FROM (%2$s) AS h
              JOIN app.components AS c ON c.component_id = h.hit_id
             WHERE $8::bool OR (h.hit_key, h.hit_id) > ($5::text, $6::uuid)
             ORDER BY h.hit_key, h.hit_id
             LIMIT $7""";

    private static final String COUNT = """
            SELECT count(*) AS places
              FROM (SELECT 1 FROM (%s) AS h JOIN app.sbom_components AS p ON p.component_id = h.hit_id LIMIT $7) AS bounded""";

    private static final Select WAYS = Select.of("""
            WITH RECURSIVE up AS (
                SELECT place, sbom_id, ordinal, 0 AS step
                  FROM UNNEST ($1::int4[], $2::int8[], $3::int4[]) AS asked (place, sbom_id, ordinal)
                UNION ALL
                SELECT up.place, up.sbom_id, o.via, up.step + 1
                  FROM up
                  JOIN app.sbom_components AS o ON o.sbom_id = up.sbom_id AND o.ordinal = up.ordinal
                 WHERE o.via IS NOT NULL AND up.step < $4)
            SELECT up.place, o.ref, coalesce(c.purl, c.coordinate || coalesce('@' || c.version, '')) AS title
              FROM up
              JOIN app.sbom_components AS o ON o.sbom_id = up.sbom_id AND o.ordinal = up.ordinal
              JOIN app.components AS c ON c.component_id = o.component_id
             ORDER BY up.place, up.step DESC""");

    private static final Map<Where.By, Select> PLACES_BY = new EnumMap<>(Where.By.class);
    private static final Map<Where.By, Select> ONCE_BY = new EnumMap<>(Where.By.class);
    private static final Map<Where.By, Select> COUNT_BY = new EnumMap<>(Where.By.class);
    private static final int WAY_MOST = 200;

    static {
        for (Where.By by : Where.By.values()) {
            String hits = hits(by);
            PLACES_BY.put(by, Select.of(PLACES.formatted(StoredComponent.COLUMNS, StoredSbom.COLUMNS, hits)));
            COUNT_BY.put(by, Select.of(COUNT.formatted(hits)));
            ONCE_BY.put(by, Select.of(ONCE.formatted(StoredComponent.COLUMNS, hits)));
        }
    }

    private final Tenancy tenancy;

    WhereStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * A place where a component is.
     *
     * @param key by which the component was found
     * @param component itself
     * @param sbom the bill of materials
     * @param ordinal the place there
     * @param ref its reference there
     * @param depth length of a shortest way from the root; null where there is none
     */
    public record Occurrence(String key, StoredComponent component, StoredSbom sbom, int ordinal, String ref, @Nullable Integer depth) {

        /** Where the next page begins. */
        public Where.Cursor cursor() {
            return new Where.Cursor(key, component.id(), sbom.id(), ordinal);
        }
    }

    /**
     * A component that was found.
     *
     * @param key by which
     * @param component itself
     */
    public record Found(String key, StoredComponent component) {

        /** Where the next page begins. */
        public Where.Cursor cursor() {
            return new Where.Cursor(key, component.id(), -1, -1);
        }
    }

    private static String hits(Where.By by) {
        String range = "$1::text IS NOT NULL AND %1$s >= $2::text AND %1$s < $3::text";
        return switch (by) {
            case COORDINATE -> HITS.formatted("c.version_key", "app.components AS c",
                    "c.coordinate = $1::text AND c.version_key >= $2::text AND c.version_key < $3::text");
            case PURL -> HITS.formatted("c.purl", "app.components AS c", range.formatted("c.purl"));
            case NAME -> HITS.formatted("c.name_key", "app.components AS c", range.formatted("c.name_key"));
            case LICENCE -> HITS.formatted("l.licence", "app.component_licences AS l JOIN app.components AS c ON c.component_id = l.component_id",
                    "l.licence = $1::text AND l.component_id >= $6 AND $2::text <= $3::text").replace("(l.licence, c.component_id)", "(''::text, l.component_id)")
                    .replace("($5::text,", "(left($5::text, 0),").replace("ORDER BY l.licence, c.component_id", "ORDER BY l.component_id");
            case HASH -> HITS.formatted("l.hash", "app.component_hashes AS l JOIN app.components AS c ON c.component_id = l.component_id",
                    "l.hash = $1::text AND l.component_id >= $6 AND $2::text <= $3::text").replace("(l.hash, c.component_id)", "(''::text, l.component_id)")
                    .replace("($5::text,", "(left($5::text, 0),").replace("ORDER BY l.hash, c.component_id", "ORDER BY l.component_id");
        };
    }

    /** Where what is looked for is, behind a cursor; at most so many places. */
    public Uni<List<Occurrence>> places(Where where, Where.Cursor after, int most) {
        Tuple parameters = parameters(where, after, most).addLong(after.sbom()).addInteger(after.ordinal());
        return list(Objects.requireNonNull(PLACES_BY.get(where.by())), parameters)
                .map(rows -> rows.stream().map(row -> new Occurrence(row.getString("hit_key"), StoredComponent.of(row), StoredSbom.of(row),
                        row.getInteger("ordinal"), row.getString("ref"), row.getInteger("depth"))).toList());
    }

    /** The components that are looked for, each once; at most so many behind a cursor. */
    public Uni<List<Found>> components(Where where, Where.@Nullable Cursor after, int most) {
        Where.Cursor from = after == null ? Where.Cursor.start() : after;
        return list(Objects.requireNonNull(ONCE_BY.get(where.by())), parameters(where, from, most).addBoolean(after == null))
                .map(rows -> rows.stream().map(row -> new Found(row.getString("hit_key"), StoredComponent.of(row))).toList());
    }

    /** How many places there are, up to a bound. */
    public Uni<Long> count(Where where, int most) {
        return list(Objects.requireNonNull(COUNT_BY.get(where.by())), parameters(where, Where.Cursor.start(), most)).map(rows -> rows.get(0).getLong("places"));
    }

    /** For each place a shortest way to it from a root, as package URLs or names; the place itself is the last. */
    public Uni<List<List<String>>> ways(List<Occurrence> places) {
        Integer[] index = new Integer[places.size()];
        Long[] sboms = new Long[places.size()];
        Integer[] ordinals = new Integer[places.size()];
        List<List<String>> ways = new ArrayList<>();
        for (int i = 0; i < index.length; i++) {
            index[i] = i;
            sboms[i] = places.get(i).sbom().id();
            ordinals[i] = places.get(i).ordinal();
            ways.add(new ArrayList<>());
        }
        return list(WAYS, Tuple.of(index, sboms, ordinals, WAY_MOST)).map(rows -> {
            rows.forEach(row -> ways.get(row.getInteger("place")).add(row.getString("title")));
            return ways;
        });
    }

    /** A page that begins at the start begins where the range does: the index is entered at the cursor, and would be read from its first key. */
    private static Tuple parameters(Where where, Where.Cursor after, int most) {
        String key = after.key().isEmpty() ? where.low() : after.key();
        return Tuple.tuple().addString(where.exact()).addString(where.low()).addString(where.high()).addString(where.version()).addString(key)
                .addUUID(after.component()).addInteger(most);
    }

    private Uni<List<Row>> list(Select select, Tuple parameters) {
        return tenancy.listInPlane(SbomStore.WHY, select, parameters).ifNoItem().after(SbomStore.TIMEOUT).fail();
    }
}
