package io.zeroui.tenant.policy.history;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The histories of all tenants. */
@ApplicationScoped
public class PolicyHistories {

    private final ZuRoot root;
    private final Region region;
    private final Map<TenantId, TenantHistory> histories = new ConcurrentHashMap<>();

    PolicyHistories(PlaneConfig plane) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
    }

    /** A tenant's; never waits. */
    public TenantHistory of(TenantId tenant) {
        return histories.computeIfAbsent(tenant, one -> new TenantHistory(root.tenantPolicyHistory(one, region)));
    }
}
