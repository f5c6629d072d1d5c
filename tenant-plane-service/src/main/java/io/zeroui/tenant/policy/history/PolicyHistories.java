package io.zeroui.tenant.policy.history;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The histories of all tenants. */
@ApplicationScoped
public class PolicyHistories {

    private static final Logger LOG = Logger.getLogger(PolicyHistories.class);

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

    /** Notes what tenants' edges said, as far as it is new. What one tenant's history does not take is said to the log. Blocking. */
    public void reported(Map<TenantId, List<Reported>> reports) {
        reports.forEach((tenant, some) -> {
            try {
                of(tenant).reported(some);
            } catch (IOException | RuntimeException e) {
                LOG.warnf("what edges of %s said of policies is not written down now: %s", tenant, e);
            }
        });
    }
}
