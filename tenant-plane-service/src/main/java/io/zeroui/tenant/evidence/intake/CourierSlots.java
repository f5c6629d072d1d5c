package io.zeroui.tenant.evidence.intake;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How many courier batches are in memory: a few of each tenant, so that slow couriers of one hold up nobody else's. */
@ApplicationScoped
class CourierSlots {

    private final int perTenant;
    private final int most;
    private final Map<TenantId, Integer> taken = new HashMap<>();
    private int total;

    CourierSlots(IntakeConfig config) {
        this.perTenant = config.couriersPerTenant();
        this.most = config.couriers();
    }

    synchronized boolean tryTake(TenantId tenant) {
        int own = taken.getOrDefault(tenant, 0);
        if (own >= perTenant || total >= most) {
            return false;
        }
        taken.put(tenant, own + 1);
        total++;
        return true;
    }

    synchronized void giveBack(TenantId tenant) {
        total--;
        int own = taken.getOrDefault(tenant, 0) - 1;
        if (own > 0) {
            taken.put(tenant, own);
        } else {
            taken.remove(tenant);
        }
    }
}
