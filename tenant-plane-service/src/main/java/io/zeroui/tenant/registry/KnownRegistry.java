package io.zeroui.tenant.registry;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import java.time.Instant;
import java.util.Map;

/**
 * What is known of the registry.
 *
 * @param epoch which registry; empty while nothing is known
 * @param version its newest version that is known completely
 * @param confirmedAt when the newest question that was answered had been asked: nothing of before is missing
 * @param tenants states by tenant
 * @param edges enrolments by edge
 * @param homes where tenants shall live whose rows are not in the shared tables
 */
public record KnownRegistry(String epoch, long version, Instant confirmedAt, Map<TenantId, RegistryState> tenants,
        Map<EdgeId, Enrolment> edges, Map<TenantId, WishedHome> homes) {

    /** Nothing. */
    static final KnownRegistry NOTHING = new KnownRegistry("", 0, Instant.EPOCH, Map.of(), Map.of(), Map.of());

    /**
     * For whom an edge is enrolled.
     *
     * @param tenant the only tenant whose receipts it may send
     * @param state whether what it sends is taken
     */
    public record Enrolment(TenantId tenant, RegistryState state) {
    }

    /**
     * Where a tenant's rows shall be.
     *
     * @param tier above shared
     * @param database for the tier database, its name in the settings; empty for others
     */
    public record WishedHome(IsolationTier tier, String database) {
    }

    /** Whether any announcement has been heard. */
    public boolean isKnown() {
        return !epoch.isEmpty();
    }

    KnownRegistry confirmed(Instant at) {
        return new KnownRegistry(epoch, version, at, tenants, edges, homes);
    }
}
