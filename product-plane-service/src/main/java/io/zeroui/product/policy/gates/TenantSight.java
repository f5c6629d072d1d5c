package io.zeroui.product.policy.gates;

import io.zeroui.contracts.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Since when looks can read what gates decide by, of each tenant for itself: one that cannot be read holds up no other. */
final class TenantSight {

    /** Since when it is known which tenants there are; null while that cannot be read. */
    private @Nullable Instant listedSince;
    /** Since when those can be read again that could not be once. */
    private final Map<TenantId, Instant> again = new HashMap<>();
    private final Set<TenantId> blind = new HashSet<>();

    /** A look found these tenants; what is known of others is forgotten. */
    synchronized void listed(Collection<TenantId> tenants, Instant at) {
        if (listedSince == null) {
            listedSince = at;
        }
        again.keySet().retainAll(tenants);
        blind.retainAll(tenants);
    }

    /** A look could not find out which tenants there are: then nobody is seen. */
    synchronized void unlisted() {
        listedSince = null;
        again.clear();
        blind.clear();
    }

    /** A look read a tenant's policies and counts. */
    synchronized void read(TenantId tenant, Instant at) {
        if (blind.remove(tenant)) {
            again.put(tenant, at);
        }
    }

    /** A look could not read a tenant's policies or counts. */
    synchronized void unread(TenantId tenant) {
        blind.add(tenant);
        again.remove(tenant);
    }

    /** Whether a tenant could be read for so long without a break. */
    synchronized boolean isSettled(TenantId tenant, Instant now, Duration settle) {
        Instant listed = listedSince;
        Instant since = again.getOrDefault(tenant, Instant.MIN);
        Instant latest = now.minus(settle);
        return listed != null && !blind.contains(tenant) && !latest.isBefore(listed) && !latest.isBefore(since);
    }

    /** The tenants that the last look could not read, in the order of their ids, at most so many. */
    synchronized List<String> blind(int most) {
        return blind.stream().map(TenantId::value).sorted(Comparator.naturalOrder()).limit(most).toList();
    }
}
