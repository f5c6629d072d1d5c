package io.zeroui.product.tenants;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.RegisteredEdge;
import io.zeroui.contracts.events.RegisteredKey;
import io.zeroui.contracts.events.RegisteredTenant;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changed in the registry since a version, in pages. One statement reads all tables and the version: one snapshot. */
@ApplicationScoped
class RegistryChangeStore {

    /** Most entries of one event. */
    static final int PAGE = 500;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String CHANGES = """
            SELECT s.epoch::text AS epoch, s.version AS latest, c.tenant_id, c.edge_id, c.state, c.region, c.tier, c.database_name, c.key::text AS key, c.version
              FROM (SELECT epoch, version, CASE WHEN epoch::text = $1 THEN $2::int8 ELSE 0 END AS known
                      FROM registry.state) AS s
              LEFT JOIN LATERAL (
                    SELECT tenant_id, NULL AS edge_id, state, region, tier, database_name, NULL::jsonb AS key, version FROM registry.tenants
                     WHERE version > s.known AND version <= s.version
                     UNION ALL
                    SELECT tenant_id, edge_id, state, NULL, NULL, NULL, NULL, version FROM registry.edges
                     WHERE version > s.known AND version <= s.version
                     UNION ALL
                    SELECT tenant_id, NULL, NULL, NULL, NULL, NULL,
                           jsonb_strip_nulls(jsonb_build_object('tenant_id', tenant_id, 'kid', kid,
                               'public_key', encode(public_key, 'base64'),
                               'valid_from', to_char(valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                               'valid_until', to_char(valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                               'revoked_at', to_char(revoked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                               'compromised_since', to_char(compromised_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                               'reason', reason, 'replaced_by', replaced_by, 'version', version)), version
                      FROM registry.keys
                     WHERE version > s.known AND version <= s.version
                     ORDER BY version
                     LIMIT $3) AS c ON true
             ORDER BY c.version
            """;

    private final Tenancy tenancy;

    RegistryChangeStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * One page.
     *
     * @param changed the entries
     * @param isLast whether there is no more
     */
    record Page(TenantsChanged changed, boolean isLast) {
    }

    /** The entries after a version of that epoch; all of them where the epoch is another one. */
    Uni<Page> since(@Nullable String epoch, long version) {
        return tenancy.readInPlane("an announcement is about all tenants",
                in -> in.execute(CHANGES, Tuple.of(epoch == null ? "" : epoch, version, PAGE)))
                .map(rows -> {
                    List<Row> found = new ArrayList<>();
                    rows.forEach(found::add);
                    return page(found, epoch, version);
                })
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Which registry this is. */
    Uni<String> current() {
        return tenancy.readInPlane("an announcement is about all tenants",
                in -> in.execute("SELECT epoch::text AS epoch FROM registry.state"))
                .map(rows -> rows.iterator().next().getString("epoch"))
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static Page page(List<Row> rows, @Nullable String known, long version) {
        Row first = rows.get(0);
        String epoch = first.getString("epoch");
        long latest = first.getLong("latest");
        long from = epoch.equals(known) ? Math.min(version, latest) : 0;
        List<RegisteredTenant> tenants = new ArrayList<>();
        List<RegisteredEdge> edges = new ArrayList<>();
        List<RegisteredKey> keys = new ArrayList<>();
        long to = latest;
        for (Row row : rows) {
            if (row.getLong("version") == null) {
                continue;
            }
            to = row.getLong("version");
            String key = row.getString("key");
            if (key != null) {
                keys.add(EventJson.read(key.getBytes(StandardCharsets.UTF_8), RegisteredKey.class));
                continue;
            }
            RegistryState state = RegistryState.ofKey(row.getString("state"));
            if (row.getString("edge_id") == null) {
                tenants.add(new RegisteredTenant(row.getString("tenant_id"), state, row.getString("region"),
                        IsolationTier.ofKey(row.getString("tier")), row.getString("database_name"), to));
            } else {
                edges.add(new RegisteredEdge(row.getString("edge_id"), row.getString("tenant_id"), state, to));
            }
        }
        boolean isLast = tenants.size() + edges.size() + keys.size() < PAGE;
        return new Page(new TenantsChanged(epoch, from, isLast ? latest : to, null, tenants, edges, keys), isLast);
    }
}
