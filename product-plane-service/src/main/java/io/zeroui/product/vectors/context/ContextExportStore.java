package io.zeroui.product.vectors.context;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.placement.TenantRows;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** The tables {@code app.context_exports} and {@code app.context_epoch}. */
@ApplicationScoped
class ContextExportStore implements TenantRows {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String VERSION = """
            SELECT version
            FROM app.context_exports
            WHERE tenant_id = $1 AND export_id = $2
            """;

    /** The count is of all tenants; both rows stay locked until the transaction ends, so it follows the order of commits. */
    private static final String ADVANCE = """
            WITH counted AS (
                UPDATE app.context_epoch SET changes = changes + 1 WHERE one
            )
            INSERT INTO app.context_exports AS e (tenant_id, export_id, version)
            VALUES ($1, $2, $3)
            ON CONFLICT (tenant_id, export_id)
            DO UPDATE SET version = greatest(e.version, EXCLUDED.version),
                updated_at = CASE WHEN e.version < EXCLUDED.version THEN now() ELSE e.updated_at END
            RETURNING version
            """;

    /** A server that was recovered from an archive, or that has taken the place of another, is on another timeline and may lack the last changes. */
    private static final String LIFE = """
            SELECT md5(epoch || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::uuid AS epoch, changes
            FROM app.context_epoch WHERE one
            """;

    private final Tenancy tenancy;

    /**
     * Which life of the database it is, and how far that has come.
     *
     * @param changes how many exports and withdrawals were noted in it
     */
    record Life(UUID epoch, long changes) {
    }

    ContextExportStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The version of an export that was carried out; 0 for none. */
    Uni<Integer> version(TenantId tenant, UUID exportId) {
        return tenancy.readInTenant(tenant, in -> in.execute(VERSION, Tuple.of(tenant.value(), exportId)))
                .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getInteger("version"))
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Notes a version, unless a later one is noted; the one that is noted now. */
    Uni<Integer> advance(TenantId tenant, UUID exportId, int version) {
        return tenancy.inTenant(tenant, in -> in.execute(ADVANCE, Tuple.of(tenant.value(), exportId, version)))
                .map(rows -> rows.iterator().next().getInteger("version"))
                .ifNoItem().after(TIMEOUT).fail();
    }

    @Override
    public Uni<Void> remove(TenantId tenant) {
        return tenancy.inTenant(tenant, in -> in.execute("DELETE FROM app.context_exports WHERE tenant_id = $1", Tuple.of(tenant.value())))
                .replaceWithVoid()
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Which life of the database this is. */
    Uni<Life> life() {
        return tenancy.readInPlane("an epoch belongs to the database of all tenants", in -> in.execute(LIFE))
                .map(rows -> rows.iterator().next()).map(row -> new Life(row.getUUID("epoch"), row.getLong("changes")))
                .ifNoItem().after(TIMEOUT).fail();
    }
}
