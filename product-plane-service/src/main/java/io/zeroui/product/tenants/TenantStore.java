package io.zeroui.product.tenants;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code registry.tenants} and {@code registry.edges}. A change takes the next version while it holds the row of
 * {@code registry.state}: who has seen a version has seen all before it.
 */
@ApplicationScoped
class TenantStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String REGISTRY = "the registry is about all tenants, also those that do not exist yet";

    private static final String TENANT = "tenant_id, name, state, region, tier, database_name, version, created_at, created_by, updated_at, updated_by";
    private static final String EDGE = "edge_id, tenant_id, name, state, version, created_at, created_by, updated_at, updated_by";

    private static final String NEXT = """
            WITH next AS (UPDATE registry.state SET version = version + 1 RETURNING version)
            """;

    private static final String CREATE = NEXT + """
            INSERT INTO registry.tenants (tenant_id, name, state, region, version, created_by, updated_by)
            SELECT $1, $2, 'active', $3, next.version, $4, $4 FROM next
            ON CONFLICT (tenant_id) DO NOTHING
            RETURNING\s""" + TENANT;

    private static final String MOVE = NEXT + """
            UPDATE registry.tenants AS t
               SET state = $2, version = next.version, updated_at = now(), updated_by = $3
              FROM next
             WHERE t.tenant_id = $1 AND t.state NOT IN ($2, 'deleted')
            RETURNING t.""" + TENANT.replace(", ", ", t.");

    /** Up only, and not between databases; the tiers' order is that of their names here. */
    private static final String PROMOTE = NEXT + """
            UPDATE registry.tenants AS t
               SET tier = $2, database_name = $3, version = next.version, updated_at = now(), updated_by = $4
              FROM next
             WHERE t.tenant_id = $1 AND t.state <> 'deleted'
               AND array_position(ARRAY['shared', 'schema', 'database'], t.tier) < array_position(ARRAY['shared', 'schema', 'database'], $2)
            RETURNING t.""" + TENANT.replace(", ", ", t.");

    private static final String ENROL = NEXT + """
            INSERT INTO registry.edges (edge_id, tenant_id, name, state, version, created_by, updated_by)
            SELECT $1, t.tenant_id, $3, 'active', next.version, $4, $4
              FROM next, registry.tenants t
             WHERE t.tenant_id = $2 AND t.state <> 'deleted'
            ON CONFLICT (edge_id) DO NOTHING
            RETURNING\s""" + EDGE;

    private static final String MOVE_EDGE = NEXT + """
            UPDATE registry.edges AS e
               SET state = $3, version = next.version, updated_at = now(), updated_by = $4
              FROM next
             WHERE e.edge_id = $1 AND e.tenant_id = $2 AND e.state NOT IN ($3, 'deleted')
            RETURNING e.""" + EDGE.replace(", ", ", e.");

    private final Tenancy tenancy;

    TenantStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Makes a tenant; empty where there is, or was, one of that id. */
    Uni<Optional<TenantView>> create(TenantId id, String name, Region region, String caller) {
        return change(CREATE, Tuple.of(id.value(), name, region.value(), caller), TenantStore::tenant);
    }

    /** Brings a tenant into another state; empty where there is none, it is deleted, or is in that state already. */
    Uni<Optional<TenantView>> move(TenantId id, RegistryState state, String caller) {
        return change(MOVE, Tuple.of(id.value(), state.key(), caller), TenantStore::tenant);
    }

    /** Moves a tenant to a higher tier; empty where there is none, it is deleted, or its tier is as high already. */
    Uni<Optional<TenantView>> promote(TenantId id, IsolationTier tier, @Nullable String database, String caller) {
        return change(PROMOTE, Tuple.of(id.value(), tier.key(), database, caller), TenantStore::tenant);
    }

    /** Enrols an edge; empty where the id is or was taken, or the tenant is not there. */
    Uni<Optional<EdgeView>> enrol(EdgeId id, TenantId tenant, String name, String caller) {
        return change(ENROL, Tuple.of(id.value(), tenant.value(), name, caller), TenantStore::edge);
    }

    /** Brings an edge into another state; empty where there is none, it is deleted, or is in that state already. */
    Uni<Optional<EdgeView>> moveEdge(EdgeId id, TenantId tenant, RegistryState state, String caller) {
        return change(MOVE_EDGE, Tuple.of(id.value(), tenant.value(), state.key(), caller), TenantStore::edge);
    }

    /** The tenant of that id. */
    Uni<Optional<TenantView>> find(TenantId id) {
        return read("SELECT " + TENANT + " FROM registry.tenants WHERE tenant_id = $1", Tuple.of(id.value()),
                TenantStore::tenant).map(found -> found.stream().findFirst());
    }

    /** The edge of that id, if it is the tenant's. */
    Uni<Optional<EdgeView>> findEdge(EdgeId id, TenantId tenant) {
        return read("SELECT " + EDGE + " FROM registry.edges WHERE edge_id = $1 AND tenant_id = $2",
                Tuple.of(id.value(), tenant.value()), TenantStore::edge).map(found -> found.stream().findFirst());
    }

    /** The deleted tenants. */
    Uni<List<TenantId>> listDeleted() {
        return read("SELECT tenant_id FROM registry.tenants WHERE state = 'deleted' ORDER BY tenant_id LIMIT $1", Tuple.of(100_000),
                row -> TenantId.of(row.getString("tenant_id")));
    }

    /** Tenants in the order of their ids, from behind {@code after}. */
    Uni<List<TenantView>> list(@Nullable TenantId after, int limit) {
        return read("SELECT " + TENANT + " FROM registry.tenants WHERE tenant_id > $1 ORDER BY tenant_id LIMIT $2",
                Tuple.of(after == null ? "" : after.value(), limit), TenantStore::tenant);
    }

    /** A tenant's edges in the order of their ids, from behind {@code after}. */
    Uni<List<EdgeView>> listEdges(TenantId tenant, @Nullable EdgeId after, int limit) {
        return read("SELECT " + EDGE + """
                 FROM registry.edges
                 WHERE tenant_id = $1 AND edge_id > $2
                 ORDER BY edge_id
                 LIMIT $3
                """, Tuple.of(tenant.value(), after == null ? "" : after.value(), limit), TenantStore::edge);
    }

    private <T> Uni<Optional<T>> change(String sql, Tuple values, Function<Row, T> view) {
        return tenancy.inPlane(REGISTRY, in -> in.execute(sql, values))
                .map(rows -> rows(rows, view).stream().findFirst())
                .ifNoItem().after(TIMEOUT).fail();
    }

    private <T> Uni<List<T>> read(String sql, Tuple values, Function<Row, T> view) {
        return tenancy.readInPlane(REGISTRY, in -> in.execute(sql, values))
                .map(rows -> rows(rows, view))
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static <T> List<T> rows(RowSet<Row> rows, Function<Row, T> view) {
        return StreamSupport.stream(rows.spliterator(), false).map(view).toList();
    }

    private static TenantView tenant(Row row) {
        return new TenantView(row.getString("tenant_id"), row.getString("name"),
                RegistryState.ofKey(row.getString("state")), row.getString("region"),
                IsolationTier.ofKey(row.getString("tier")), row.getString("database_name"), row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(), row.getString("created_by"),
                row.getOffsetDateTime("updated_at").toInstant(), row.getString("updated_by"));
    }

    private static EdgeView edge(Row row) {
        return new EdgeView(row.getString("edge_id"), row.getString("tenant_id"), row.getString("name"),
                RegistryState.ofKey(row.getString("state")), row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(), row.getString("created_by"),
                row.getOffsetDateTime("updated_at").toInstant(), row.getString("updated_by"));
    }
}
