package io.zeroui.runtime.policy.bundles;

import io.zeroui.contracts.identity.TenantId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The bundles that were asked for last, those that are being made, and the plans whose bundles are known to be too large. Nothing here takes
 * long: bundles are made elsewhere.
 */
final class KeptBundles {

    private static final int TOO_LARGE_MOST = 64;

    private final long bytesMost;
    private final long bytesOfTenantMost;
    private final Map<BundlePlan, PolicyBundle> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<TenantId, Long> bytesOf = new HashMap<>();
    private final Map<BundlePlan, CompletableFuture<PolicyBundle>> making = new HashMap<>();
    private final Map<BundlePlan, BundleTooLarge> tooLarge = new LinkedHashMap<>();
    private long bytes;

    /**
     * Nothing is kept.
     *
     * @param bytesMost of all bundles together
     * @param bytesOfTenantMost of those of one tenant
     */
    KeptBundles(long bytesMost, long bytesOfTenantMost) {
        this.bytesMost = bytesMost;
        this.bytesOfTenantMost = bytesOfTenantMost;
    }

    /**
     * What is known of a plan's bundle, or who makes it.
     *
     * @param mine entered where it is null: then the caller makes the bundle, says {@link #made} or {@link #failed}, and completes it
     */
    synchronized @Nullable CompletableFuture<PolicyBundle> find(BundlePlan plan, CompletableFuture<PolicyBundle> mine) {
        PolicyBundle known = kept.get(plan);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        BundleTooLarge refused = tooLarge.get(plan);
        if (refused != null) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<PolicyBundle> others = making.get(plan);
        if (others == null) {
            making.put(plan, mine);
        }
        return others;
    }

    /** A bundle is made. */
    synchronized void made(BundlePlan plan, PolicyBundle bundle) {
        making.remove(plan);
        long length = bundle.bytes().length;
        if (length > bytesMost || length > bytesOfTenantMost) {
            return; // it would put out all others, and then itself
        }
        kept.put(plan, bundle);
        count(plan.tenant(), length);
        removeEldest(plan.tenant());
    }

    /** A bundle could not be made; that it is too large is remembered. */
    synchronized void failed(BundlePlan plan, Throwable failure) {
        making.remove(plan);
        if (failure instanceof BundleTooLarge refused) {
            tooLarge.put(plan, refused);
            if (tooLarge.size() > TOO_LARGE_MOST) {
                Iterator<BundlePlan> eldest = tooLarge.keySet().iterator();
                tooLarge.remove(eldest.next());
            }
        }
    }

    /** The tenant's own first, so that a tenant that asks for many does not put out the others'. */
    private void removeEldest(TenantId tenant) {
        Iterator<Map.Entry<BundlePlan, PolicyBundle>> own = kept.entrySet().iterator();
        while (own.hasNext() && bytesOf.getOrDefault(tenant, 0L) > bytesOfTenantMost) {
            Map.Entry<BundlePlan, PolicyBundle> one = own.next();
            if (one.getKey().tenant().equals(tenant)) {
                count(tenant, -one.getValue().bytes().length);
                own.remove();
            }
        }
        Iterator<Map.Entry<BundlePlan, PolicyBundle>> all = kept.entrySet().iterator();
        while (all.hasNext() && bytes > bytesMost) {
            Map.Entry<BundlePlan, PolicyBundle> one = all.next();
            count(one.getKey().tenant(), -one.getValue().bytes().length);
            all.remove();
        }
    }

    private void count(TenantId tenant, long more) {
        bytes += more;
        long now = bytesOf.getOrDefault(tenant, 0L) + more;
        if (now == 0) {
            bytesOf.remove(tenant);
        } else {
            bytesOf.put(tenant, now);
        }
    }
}
