package io.zeroui.product.vectors.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/** Where collections' points are, and what is left to remove. Each step is a transaction; after a crash the next one goes on. */
@ApplicationScoped
public class PlacementStore {

    /** The kind of the index that the collection can have: app.has_vector_index. */
    private static final String COLUMNS = "SELECT tenant_id, collection_id, dimension, CASE WHEN app.has_vector_index(dimension, metric)"
            + " THEN index_kind ELSE 'none' END AS index_kind, placement, source, is_indexed FROM app.vector_collections";

    private static final String LIST = COLUMNS + " ORDER BY tenant_id, collection_id LIMIT 200000";

    private static final String FIND = COLUMNS + " WHERE tenant_id = $1 AND collection_id = $2";

    /** Waits for those who write to the collection; those who come later wait for the end of this transaction. */
    private static final String ALONE = "SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock(hashint8extended($1, 4117))";

    private static final String SHARED = "SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock_shared(hashint8extended($1, 4117))";

    /** False while another process does the same. */
    private static final String MINE = "SELECT pg_try_advisory_xact_lock(hashint8extended($1, 4118))";

    /** The rows themselves stay in one partition or the other at every moment; whoever writes one of them meanwhile waits for this. */
    private static final String MOVE = """
            WITH gone AS (
                DELETE FROM app.vector_points_%1$d
                WHERE tenant_id = $1 AND collection_id = $2 AND point_id = ANY (ARRAY(
                    SELECT point_id FROM app.vector_points_%1$d WHERE tenant_id = $1 AND collection_id = $2 ORDER BY point_id LIMIT $3))
                RETURNING point_id, embedding, payload
            )
            INSERT INTO app.vector_points_%2$d (tenant_id, collection_id, placement, point_id, embedding, payload)
            SELECT $1, $2, %2$d, point_id, embedding, payload FROM gone
            """;

    private static final String SETTLE = """
            UPDATE app.vector_collections SET source = placement, revision = revision + 1, updated_at = now()
            WHERE tenant_id = $1 AND collection_id = $2 AND NOT EXISTS (
                SELECT FROM app.vector_points_%d AS p WHERE p.tenant_id = $1 AND p.collection_id = $2)
            """;

    private static final String NOTE = """
            INSERT INTO app.vector_remains (tenant_id, collection_id, placement, is_deleted) VALUES ($1, $2, $3, false)
            ON CONFLICT (tenant_id, collection_id, placement) DO NOTHING
            """;

    private static final String SHARE = """
            UPDATE app.vector_collections SET placement = 0, is_indexed = false, revision = revision + 1, updated_at = now()
            WHERE tenant_id = $1 AND collection_id = $2 AND placement = source AND placement > 0
            """;

    private static final String COUNT = """
            SELECT count(*) FROM (SELECT FROM app.vector_points_%d WHERE tenant_id = $1 AND collection_id = $2 LIMIT $3) AS found
            """;

    private static final String REMAINS = "SELECT tenant_id, collection_id, placement, is_deleted FROM app.vector_remains"
            + " ORDER BY tenant_id, collection_id, placement LIMIT 10000";

    private static final String REMOVE_POINTS = """
            DELETE FROM app.vector_points_0 WHERE tenant_id = $1 AND collection_id = $2 AND point_id = ANY (ARRAY(
                SELECT point_id FROM app.vector_points_0 WHERE tenant_id = $1 AND collection_id = $2 LIMIT $3))
            """;

    private static final String REMOVE_KEYS = """
            DELETE FROM app.vector_payload_values WHERE tenant_id = $1 AND ctid = ANY (ARRAY(
                SELECT ctid FROM app.vector_payload_values WHERE tenant_id = $1 AND collection_id = $2 LIMIT $3))
            """;

    private static final String REMOVE_KEYS_OF_INDEX = """
            DELETE FROM app.vector_payload_values WHERE tenant_id = $1 AND ctid = ANY (ARRAY(
                SELECT ctid FROM app.vector_payload_values WHERE tenant_id = $1 AND index_id = $2 AND (word IS NOT NULL OR number IS NOT NULL)
                LIMIT $3))
            """;

    private static final String INDEX_REMAINS = "SELECT tenant_id, index_id FROM app.vector_index_remains ORDER BY tenant_id, index_id LIMIT 10000";

    private static final String FORGET_INDEX = "DELETE FROM app.vector_index_remains WHERE tenant_id = $1 AND index_id = $2";

    private static final String DROP = "SELECT app.drop_vectors($1, $2)";

    private static final String FORGET = "DELETE FROM app.vector_remains WHERE tenant_id = $1 AND collection_id = $2 AND placement = $3";

    private static final String REMOVE_EMBEDDINGS = """
            DELETE FROM app.vector_embeddings WHERE tenant_id = $1 AND ctid = ANY (ARRAY(
                SELECT ctid FROM app.vector_embeddings WHERE tenant_id = $1 LIMIT $2))
            """;

    private static final String NAMES = "SELECT name FROM app.vector_collections WHERE tenant_id = $1 ORDER BY name";

    private final Tenancy tenancy;

    PlacementStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Where a collection's points are. */
    public record Place(TenantId tenant, long collection, int dimension, String index, int placement, int source, boolean isIndexed) {

        /** Whether points are on their way. */
        public boolean isMoving() {
            return placement != source;
        }

        /** Whether it has a partition of its own whose index is still to be made. */
        public boolean wantsIndex() {
            return placement > 0 && !isIndexed && !index.equals("none");
        }
    }

    /** What is left of a collection in a partition. */
    public record Remains(TenantId tenant, long collection, int placement, boolean isDeleted) {
    }

    /** A payload index that is gone, and may have left values. */
    public record IndexRemains(TenantId tenant, long index) {
    }

    /** The collections of all tenants. */
    public Uni<List<Place>> list() {
        return tenancy.readInPlane("points of all tenants are moved where they belong", in -> in.execute(LIST))
                .map(rows -> PointStore.rows(rows, PlacementStore::place));
    }

    /** How many points a collection has in its partition, at most so many. */
    public Uni<Long> count(Place place, long most) {
        return tenancy.readInTenant(place.tenant(), in -> in.execute(COUNT.formatted(place.placement()),
                Tuple.of(place.tenant().value(), place.collection(), most)).map(rows -> rows.iterator().next().getLong(0)));
    }

    /** Lets new points of a collection go into a new partition of its own; its present one is moved out of from then on. */
    public Uni<Void> beginOwn(TenantId tenant, long collection) {
        return alone(tenant, collection, in -> place(in, tenant, collection));
    }

    /** The same for who has the collection alone. */
    static Uni<Void> place(Statements in, TenantId tenant, long collection) {
        return in.execute("SELECT app.place_vectors($1, $2)", Tuple.of(tenant.value(), collection)).replaceWithVoid();
    }

    /** Lets new points of a collection go into the partition that small ones share. */
    public Uni<Void> beginShared(TenantId tenant, long collection) {
        return alone(tenant, collection, in -> in.execute(SHARE, Tuple.of(tenant.value(), collection)).replaceWithVoid());
    }

    /** Moves some points of a collection that is being moved; how many, 0 where none were left or somebody else does it. */
    public Uni<Integer> move(Place place, int most) {
        Tuple id = Tuple.of(place.collection());
        return tenancy.inTenant(place.tenant(), in -> in.execute(SHARED, id)
                .chain(locked -> in.execute(MINE, id))
                .chain(mine -> in.execute(FIND, Tuple.of(place.tenant().value(), place.collection()))
                        .chain(rows -> mine.iterator().next().getBoolean(0) && is(rows, place)
                                ? in.execute(MOVE.formatted(place.source(), place.placement()),
                                        Tuple.of(place.tenant().value(), place.collection(), most)).map(moved -> moved.rowCount())
                                : Uni.createFrom().item(0))));
    }

    /** Ends a move whose points have all arrived; false where some have not. */
    public Uni<Boolean> settle(Place place) {
        Tuple id = Tuple.of(place.tenant().value(), place.collection());
        return alone(place.tenant(), place.collection(), in -> in.execute(FIND, id).chain(rows -> !is(rows, place)
                ? Uni.createFrom().item(false)
                : in.execute(SETTLE.formatted(place.source()), id).chain(settled -> settled.rowCount() == 0 ? Uni.createFrom().item(false)
                        : place.source() == 0 ? Uni.createFrom().item(true)
                                : in.execute(NOTE, Tuple.of(place.tenant().value(), place.collection(), place.source())).replaceWith(true))));
    }

    /** Makes the index that a partition lacks; writers wait as long as it takes. */
    public Uni<Void> index(Place place) {
        return alone(place.tenant(), place.collection(), in -> in.execute("SELECT app.index_vectors($1, $2)",
                Tuple.of(place.tenant().value(), place.collection())).replaceWithVoid());
    }

    /** What is left to remove, of all tenants. */
    public Uni<List<Remains>> remains() {
        return tenancy.readInPlane("what is left of all tenants' collections is removed", in -> in.execute(REMAINS))
                .map(rows -> PointStore.rows(rows, row -> new Remains(TenantId.of(row.getString("tenant_id")), row.getLong("collection_id"),
                        row.getInteger("placement"), row.getBoolean("is_deleted"))));
    }

    /** Payload indexes whose values are left to remove, of all tenants. */
    public Uni<List<IndexRemains>> indexRemains() {
        return tenancy.readInPlane("what is left of all tenants' payload indexes is removed", in -> in.execute(INDEX_REMAINS))
                .map(rows -> PointStore.rows(rows, row -> new IndexRemains(TenantId.of(row.getString("tenant_id")), row.getLong("index_id"))));
    }

    /** Removes some rows of a deleted collection from the shared tables; how many. */
    public Uni<Integer> removeRows(Remains remains, int most) {
        Tuple which = Tuple.of(remains.tenant().value(), remains.collection(), most);
        return alone(remains.tenant(), remains.collection(), in -> in.execute(REMOVE_KEYS, which)
                .chain(keys -> in.execute(REMOVE_POINTS, which).map(points -> keys.rowCount() + points.rowCount())));
    }

    /** Removes some values of a payload index that is gone; how many. */
    public Uni<Integer> removeKeys(IndexRemains gone, int most) {
        return tenancy.inTenant(gone.tenant(), in -> in.execute(REMOVE_KEYS_OF_INDEX, Tuple.of(gone.tenant().value(), gone.index(), most)))
                .map(rows -> rows.rowCount());
    }

    /** Nothing of it is left. */
    public Uni<Void> forget(IndexRemains gone) {
        return tenancy.inTenant(gone.tenant(), in -> in.execute(FORGET_INDEX, Tuple.of(gone.tenant().value(), gone.index()))).replaceWithVoid();
    }

    /** Drops the partition, if it is not the shared one, and forgets the remains. */
    public Uni<Void> forget(Remains remains) {
        Tuple which = Tuple.of(remains.tenant().value(), remains.collection(), remains.placement());
        return alone(remains.tenant(), remains.collection(), in -> (remains.placement() == 0 ? Uni.createFrom().voidItem()
                : in.execute(DROP, Tuple.of(remains.tenant().value(), remains.placement())).replaceWithVoid())
                .chain(dropped -> in.execute(FORGET, which))).replaceWithVoid();
    }

    /** Names of a tenant's collections. */
    public Uni<List<String>> names(TenantId tenant) {
        return tenancy.readInTenant(tenant, in -> in.execute(NAMES, Tuple.of(tenant.value())))
                .map(rows -> PointStore.rows(rows, row -> row.getString(0)));
    }

    /** Removes what is noted of ready-made collections that a tenant has deleted. */
    public Uni<Void> removeSeeds(TenantId tenant) {
        return tenancy.inTenant(tenant, in -> in.execute("DELETE FROM app.vector_seeds_deleted WHERE tenant_id = $1", Tuple.of(tenant.value())))
                .replaceWithVoid();
    }

    /** Removes some of a tenant's rows of {@code app.vector_embeddings}; how many. */
    public Uni<Integer> removeEmbeddings(TenantId tenant, int most) {
        return tenancy.inTenant(tenant, in -> in.execute(REMOVE_EMBEDDINGS, Tuple.of(tenant.value(), most))).map(rows -> rows.rowCount());
    }

    private <T> Uni<T> alone(TenantId tenant, long collection, Function<Statements, Uni<T>> work) {
        return tenancy.inTenant(tenant, in -> in.execute(ALONE, Tuple.of(collection)).chain(locked -> work.apply(in)));
    }

    private static boolean is(Iterable<Row> rows, Place place) {
        for (Row row : rows) {
            Place now = place(row);
            return now.placement() == place.placement() && now.source() == place.source();
        }
        return false;
    }

    private static Place place(Row row) {
        return new Place(TenantId.of(row.getString("tenant_id")), row.getLong("collection_id"), row.getInteger("dimension"),
                row.getString("index_kind"), row.getInteger("placement"), row.getInteger("source"), row.getBoolean("is_indexed"));
    }
}
