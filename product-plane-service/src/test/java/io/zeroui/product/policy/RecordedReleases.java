package io.zeroui.product.policy;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.policy.release.PolicyReleases;
import io.zeroui.product.policy.release.ReleasedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told to publish; fails as long as a test says so. */
@Alternative
@ApplicationScoped
public class RecordedReleases implements PolicyReleases {

    private final Map<TenantId, List<List<ReleasedPolicy>>> told = new ConcurrentHashMap<>();
    private final Set<TenantId> failing = ConcurrentHashMap.newKeySet();

    @Override
    public Uni<Void> publish(TenantId tenant, List<ReleasedPolicy> all) {
        return Uni.createFrom().item(() -> {
            if (failing.contains(tenant)) {
                throw new IllegalStateException("the disk of the releases is full");
            }
            told.computeIfAbsent(tenant, id -> new CopyOnWriteArrayList<>()).add(all);
            return null;
        });
    }

    /** Everything that was published for a tenant. */
    public List<List<ReleasedPolicy>> told(String tenant) {
        return told.getOrDefault(TenantId.of(tenant), List.of());
    }

    /** What was published last. */
    public List<ReleasedPolicy> last(String tenant) {
        List<List<ReleasedPolicy>> all = told(tenant);
        return all.isEmpty() ? List.of() : all.get(all.size() - 1);
    }

    /** Whether publishing for a tenant fails from now on. */
    public void fail(String tenant, boolean fails) {
        boolean changed = fails ? failing.add(TenantId.of(tenant)) : failing.remove(TenantId.of(tenant));
        assert changed;
    }

    /** Puts this in the place of what publishes. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(RecordedReleases.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.policy.publication-wait", "PT2S", "zeroui.policy.publication-retry", "PT0.05S",
                    "zeroui.policy.gates.every", "PT1S", "zeroui.policy.gates.settle", "PT0S");
        }
    }
}
