package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The table {@code app.tenant_homes} and the functions of its migration. */
final class TenantHomeStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String ARRIVING = "arriving";

    private TenantHomeStore() {
    }

    /**
     * Where a tenant lives.
     *
     * @param tier how its rows are kept apart
     * @param name of the schema or the database
     */
    record Place(IsolationTier tier, String name) {
    }

    /** The tenants that do not live in the shared tables. */
    static Uni<Map<TenantId, Place>> list(Home shared) {
        return TenantTransaction.<Map<TenantId, Place>>run(shared, TenantTransaction.Kind.PLANE_READ, "",
                in -> in.execute("SELECT tenant_id, tier, place FROM app.tenant_homes WHERE tier <> 'arriving'").map(rows -> {
                    Map<TenantId, Place> places = new HashMap<>();
                    rows.forEach(row -> places.put(TenantId.of(row.getString("tenant_id")),
                            new Place(IsolationTier.ofKey(row.getString("tier")), row.getString("place"))));
                    return places;
                })).ifNoItem().after(TIMEOUT).fail();
    }

    /** Which database this is, on which server. */
    static Uni<String> identity(Statements in) {
        return in.execute("""
                SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid FROM pg_database
                WHERE datname = current_database()
                """).map(rows -> first(rows).getString(0));
    }

    /** Another tenant that this database has a ledger of; empty when there is none. */
    static Uni<String> otherTenant(Home home, TenantId tenant) {
        return TenantTransaction.run(home, TenantTransaction.Kind.PLANE_READ, "", in -> in.execute(
                "SELECT COALESCE(min(tenant_id), '') FROM {home}.ledger_watermarks WHERE tenant_id <> $1", Tuple.of(tenant.value()))
                .map(rows -> first(rows).getString(0)));
    }

    /** False while somebody else moves the tenant; said again, true as long as the transaction lives. */
    static Uni<Boolean> begin(Statements in, TenantId tenant) {
        return in.execute("SELECT app.begin_move($1)", Tuple.of(tenant.value())).map(rows -> first(rows).getBoolean(0));
    }

    /** Waits for the tenant's writers; later ones wait for the end of this transaction. */
    static Uni<Void> stopWriters(Statements in, TenantId tenant) {
        return in.execute("SELECT app.stop_writers($1)", Tuple.of(tenant.value())).replaceWithVoid();
    }

    /** Makes the tenant's own schema; returns its name. */
    static Uni<String> createSchema(Statements in, TenantId tenant) {
        return in.execute("SELECT app.create_home($1)", Tuple.of(tenant.value())).map(rows -> first(rows).getString(0));
    }

    /** Drops the own schema of a tenant that lives elsewhere. */
    static Uni<Void> dropSchema(Statements in, TenantId tenant) {
        return in.execute("SELECT app.drop_home($1)", Tuple.of(tenant.value())).replaceWithVoid();
    }

    /** Deletes the shared rows of a tenant that lives elsewhere. */
    static Uni<Long> forget(Statements in, TenantId tenant) {
        return in.execute("SELECT app.forget_rows($1)", Tuple.of(tenant.value())).map(rows -> first(rows).getLong(0));
    }

    /** From the end of the transaction on the tenant lives there. */
    static Uni<Void> settle(Statements in, TenantId tenant, Place place) {
        return put(in, tenant, place.tier().key(), place.name());
    }

    /** The database is being filled and is nobody's until {@link #arrived}. */
    static Uni<Void> arriving(Statements in, TenantId tenant) {
        return put(in, tenant, ARRIVING, ARRIVING);
    }

    /** The database is the tenant's. */
    static Uni<Void> arrived(Statements in, TenantId tenant) {
        return in.execute("DELETE FROM app.tenant_homes WHERE tenant_id = $1", Tuple.of(tenant.value())).replaceWithVoid();
    }

    private static Uni<Void> put(Statements in, TenantId tenant, String tier, String place) {
        return in.execute("""
                INSERT INTO app.tenant_homes (tenant_id, tier, place)
                VALUES ($1, $2, $3)
                ON CONFLICT (tenant_id) DO UPDATE SET tier = excluded.tier, place = excluded.place, created_at = now()
                """, Tuple.of(tenant.value(), tier, place)).replaceWithVoid();
    }

    private static Row first(Iterable<Row> rows) {
        return rows.iterator().next();
    }
}
