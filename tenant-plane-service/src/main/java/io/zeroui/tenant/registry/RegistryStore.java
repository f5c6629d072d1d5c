package io.zeroui.tenant.registry;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.events.RegisteredEdge;
import io.zeroui.contracts.events.RegisteredTenant;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The tables {@code app.registry_state}, {@code app.registry_tenants} and {@code app.registry_edges}. */
@ApplicationScoped
class RegistryStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String MIRROR = "the mirror of the registry is about all tenants";

    private static final String STATE = "SELECT epoch, version, confirmed_at FROM app.registry_state";

    private static final String PUT_TENANTS = """
            INSERT INTO app.registry_tenants AS t (tenant_id, state, region, tier, database_name, version)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[])
            ON CONFLICT (tenant_id) DO UPDATE
               SET state = EXCLUDED.state, region = EXCLUDED.region, tier = EXCLUDED.tier,
                   database_name = EXCLUDED.database_name, version = EXCLUDED.version, updated_at = now()
             WHERE t.version < EXCLUDED.version
            """;

    private static final String PUT_EDGES = """
            INSERT INTO app.registry_edges AS e (edge_id, tenant_id, state, version)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[])
            ON CONFLICT (edge_id) DO UPDATE
               SET tenant_id = EXCLUDED.tenant_id, state = EXCLUDED.state, version = EXCLUDED.version, updated_at = now()
             WHERE e.version < EXCLUDED.version
            """;

    private static final String PUT_STATE = """
            UPDATE app.registry_state
               SET epoch = $1, version = CASE WHEN epoch = $1 THEN GREATEST(version, $2) ELSE $2 END,
                   confirmed_at = GREATEST(confirmed_at, $3)
            """;

    private final Tenancy tenancy;

    RegistryStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** What is stored; {@code last} itself where nothing changed since. */
    Uni<KnownRegistry> read(KnownRegistry last) {
        return tenancy.readInPlane(MIRROR, in -> in.execute(STATE).chain(found -> {
            Row state = found.iterator().next();
            Instant confirmed = state.getOffsetDateTime("confirmed_at").toInstant();
            if (state.getString("epoch").equals(last.epoch()) && state.getLong("version") == last.version()) {
                return Uni.createFrom().item(confirmed.equals(last.confirmedAt()) ? last : last.confirmed(confirmed));
            }
            return entries(in, state, confirmed);
        })).ifNoItem().after(TIMEOUT).fail();
    }

    /** Applies a change; false where something before it is missing, and then nothing is applied. */
    Uni<Boolean> apply(TenantsChanged change) {
        return tenancy.inPlane(MIRROR, in -> in.execute(STATE + " FOR UPDATE").chain(found -> {
            Row state = found.iterator().next();
            boolean isSame = state.getString("epoch").equals(change.epoch());
            if (change.from() > (isSame ? state.getLong("version") : 0)) {
                return Uni.createFrom().item(false);
            }
            return (isSame ? Uni.createFrom().voidItem() : forget(in)).chain(() -> put(in, change)).replaceWith(true);
        })).ifNoItem().after(TIMEOUT).fail();
    }

    private static Uni<KnownRegistry> entries(Statements in, Row state, Instant confirmed) {
        return Uni.combine().all().unis(in.execute("SELECT tenant_id, state, tier, database_name FROM app.registry_tenants"),
                in.execute("SELECT edge_id, tenant_id, state FROM app.registry_edges")).asTuple().map(found -> {
                    Map<TenantId, RegistryState> tenants = new HashMap<>();
                    Map<TenantId, KnownRegistry.WishedHome> homes = new HashMap<>();
                    found.getItem1().forEach(row -> {
                        TenantId tenant = TenantId.of(row.getString("tenant_id"));
                        tenants.put(tenant, RegistryState.ofKey(row.getString("state")));
                        IsolationTier tier = IsolationTier.ofKey(row.getString("tier"));
                        if (tier != IsolationTier.SHARED) {
                            homes.put(tenant, new KnownRegistry.WishedHome(tier,
                                    Objects.requireNonNullElse(row.getString("database_name"), "")));
                        }
                    });
                    Map<EdgeId, KnownRegistry.Enrolment> edges = new HashMap<>();
                    found.getItem2().forEach(row -> edges.put(EdgeId.of(row.getString("edge_id")),
                            new KnownRegistry.Enrolment(TenantId.of(row.getString("tenant_id")),
                                    RegistryState.ofKey(row.getString("state")))));
                    return new KnownRegistry(state.getString("epoch"), state.getLong("version"), confirmed,
                            Map.copyOf(tenants), Map.copyOf(edges), Map.copyOf(homes));
                });
    }

    /** Another registry: what was known of the former one is not true any more. */
    private static Uni<Void> forget(Statements in) {
        return Uni.combine().all().unis(in.execute("DELETE FROM app.registry_edges"),
                in.execute("DELETE FROM app.registry_tenants")).discardItems();
    }

    private static Uni<Void> put(Statements in, TenantsChanged change) {
        List<RegisteredTenant> tenants = change.tenants();
        List<RegisteredEdge> edges = change.edges();
        Instant asked = Objects.requireNonNullElse(change.askedAt(), Instant.EPOCH);
        return Uni.combine().all().unis(
                in.execute(PUT_TENANTS, Tuple.tuple()
                        .addArrayOfString(tenants.stream().map(RegisteredTenant::tenantId).toArray(String[]::new))
                        .addArrayOfString(tenants.stream().map(one -> one.state().key()).toArray(String[]::new))
                        .addArrayOfString(tenants.stream().map(RegisteredTenant::region).toArray(String[]::new))
                        .addArrayOfString(tenants.stream().map(RegistryStore::tier).toArray(String[]::new))
                        .addArrayOfString(tenants.stream().map(RegisteredTenant::database).toArray(String[]::new))
                        .addArrayOfLong(tenants.stream().map(RegisteredTenant::version).toArray(Long[]::new))),
                in.execute(PUT_EDGES, Tuple.tuple()
                        .addArrayOfString(edges.stream().map(RegisteredEdge::edgeId).toArray(String[]::new))
                        .addArrayOfString(edges.stream().map(RegisteredEdge::tenantId).toArray(String[]::new))
                        .addArrayOfString(edges.stream().map(one -> one.state().key()).toArray(String[]::new))
                        .addArrayOfLong(edges.stream().map(RegisteredEdge::version).toArray(Long[]::new))),
                in.execute(PUT_STATE, Tuple.of(change.epoch(), change.to(), asked.atOffset(ZoneOffset.UTC))))
                .discardItems();
    }

    private static String tier(RegisteredTenant tenant) {
        return Objects.requireNonNullElse(tenant.tier(), IsolationTier.SHARED).key();
    }
}
