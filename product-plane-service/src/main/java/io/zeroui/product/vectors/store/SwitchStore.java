package io.zeroui.product.vectors.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.runtime.tenancy.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lets an alias mean another collection in the moment in which that has all that the first one has: nobody writes to either meanwhile. */
@ApplicationScoped
public class SwitchStore {

    /** Waits for those who write to one of the two; those who come later wait, and find then that the alias means something else. */
    private static final String ALONE = """
            SELECT set_config('lock_timeout', '5s', true), set_config('statement_timeout', '60s', true),
                   pg_advisory_xact_lock(hashint8extended(c.collection_id, 4117))
            FROM (SELECT collection_id FROM app.vector_collections WHERE tenant_id = $1 AND name IN ($2, $3) ORDER BY collection_id) AS c
            """;

    private static final String PLACES = """
            SELECT name, collection_id, placement, source FROM app.vector_collections WHERE tenant_id = $1 AND name IN ($2, $3)
            """;

    /** White space is what Java's strip() takes for it. */
    private static final String DIFFERS = """
            SELECT EXISTS (
                SELECT FROM (%s) AS one FULL JOIN (%s) AS other USING (point_id)
                WHERE one.payload IS NULL OR one.payload - $4::text <> other.payload - $4::text
                   OR other.payload IS NULL AND jsonb_typeof(one.payload -> $5::text) IN ('string', 'number', 'boolean')
                      AND one.payload ->> $5::text ~ '[^\\t-\\r\\u001c-\\u0020\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]')
            """;

    private static final String SWITCH = """
            UPDATE app.vector_aliases SET collection_id = $3, updated_at = now() WHERE tenant_id = $1 AND alias = $2 AND collection_id = $4
            """;

    private final CollectionStore collections;

    SwitchStore(CollectionStore collections) {
        this.collections = collections;
    }

    /** What may be otherwise in a collection that takes the place of another: one member of the payloads, and points without a text are not in it. */
    public record Likeness(String member, String text) {
    }

    /** Switches an alias from one collection to another; false, and nothing is changed, where they differ or the alias means something else. */
    public Uni<Boolean> replace(TenantId tenant, CollectionName alias, CollectionName from, CollectionName to, Likeness like) {
        Tuple names = Tuple.of(tenant.value(), from.value(), to.value());
        return collections.naming(tenant, in -> in.execute(ALONE, names)
                .chain(alone -> in.execute(PLACES, names))
                .chain(rows -> {
                    Map<String, Row> places = new HashMap<>();
                    rows.forEach(row -> places.put(row.getString("name"), row));
                    Row one = places.get(from.value());
                    Row other = places.get(to.value());
                    return one == null || other == null ? Uni.createFrom().item(false) : replace(in, tenant, alias, one, other, like);
                }));
    }

    private static Uni<Boolean> replace(Statements in, TenantId tenant, CollectionName alias, Row from, Row to, Likeness like) {
        Uni<RowSet<Row>> compared = in.execute(DIFFERS.formatted(rows(from, "$2"), rows(to, "$3")), Tuple.of(tenant.value(),
                from.getLong("collection_id"), to.getLong("collection_id"), like.member(), like.text()));
        return compared.chain(rows -> rows.iterator().next().getBoolean(0) ? Uni.createFrom().item(false)
                : in.execute(SWITCH, Tuple.of(tenant.value(), alias.value(), to.getLong("collection_id"), from.getLong("collection_id")))
                        .map(switched -> switched.rowCount() > 0));
    }

    private static String rows(Row place, String collection) {
        return IntStream.of(place.getInteger("placement"), place.getInteger("source")).distinct()
                .mapToObj(placement -> "SELECT point_id, payload FROM " + PlacedCollection.table(placement)
                        + " WHERE tenant_id = $1 AND collection_id = " + collection)
                .collect(Collectors.joining(" UNION ALL "));
    }
}
