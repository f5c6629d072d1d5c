package io.zeroui.product.policy.gates;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The table {@code app.policy_counts}: reads sums, removes old minutes. */
@ApplicationScoped
class PolicyCountStore {

    private static final String SUMS = """
            SELECT w.name, coalesce(sum(c.receipts), 0)::int8 AS receipts, coalesce(sum(c.overrides), 0)::int8 AS overrides,
                coalesce(sum(c.blocks), 0)::int8 AS blocks, coalesce(sum(c.degraded), 0)::int8 AS degraded
            FROM unnest($2::text[], $3::timestamptz[]) AS w (name, since)
            LEFT JOIN app.policy_counts c ON c.tenant_id = $1 AND c.version_name = w.name AND c.minute >= w.since
            GROUP BY w.name
            """;

    private static final String TENANTS = """
            SELECT DISTINCT tenant_id FROM app.policy_counts WHERE minute < $1 ORDER BY tenant_id LIMIT 10000
            """;

    private static final String REMOVE = """
            DELETE FROM app.policy_counts
            WHERE tenant_id = $1 AND minute < $2
                AND ctid = ANY (ARRAY(SELECT ctid FROM app.policy_counts WHERE tenant_id = $1 AND minute < $2 LIMIT $3))
            """;

    private final Tenancy tenancy;

    PolicyCountStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The counts of some versions, each since the minute in which it counts. */
    Uni<Map<PolicyVersion, RolloutCounts>> sums(TenantId tenant, List<WatchedVersion> versions) {
        Map<String, PolicyVersion> ids = new HashMap<>();
        versions.forEach(version -> ids.put(version.entry().id().id(), version.entry().id()));
        Tuple parameters = Tuple.tuple().addString(tenant.value())
                .addArrayOfString(versions.stream().map(version -> version.entry().id().id()).toArray(String[]::new))
                .addArrayOfOffsetDateTime(versions.stream().map(version -> utc(version.countedSince())).toArray(OffsetDateTime[]::new));
        return tenancy.readInTenant(tenant, in -> in.execute(SUMS, parameters)).map(rows -> {
            Map<PolicyVersion, RolloutCounts> sums = new HashMap<>();
            rows.forEach(row -> sums.put(ids.get(row.getString("name")), counts(row)));
            return sums;
        });
    }

    /** Tenants that have minutes before a time. */
    Uni<List<TenantId>> tenantsBefore(Instant time) {
        return tenancy.readInPlane("old counts of all tenants are removed", in -> in.execute(TENANTS, Tuple.of(utc(time))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> TenantId.of(row.getString("tenant_id"))).toList());
    }

    /** Removes rows of a tenant's minutes before a time, at most so many; returns how many those were. */
    Uni<Integer> removeBefore(TenantId tenant, Instant time, int most) {
        return tenancy.inTenant(tenant, in -> in.execute(REMOVE, Tuple.of(tenant.value(), utc(time), most)).map(rows -> rows.rowCount()));
    }

    private static RolloutCounts counts(Row row) {
        return new RolloutCounts(row.getLong("receipts"), row.getLong("overrides"), row.getLong("blocks"), row.getLong("degraded"));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
