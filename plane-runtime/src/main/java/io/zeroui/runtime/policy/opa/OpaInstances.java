package io.zeroui.runtime.policy.opa;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The OPAs that were heard of. Kept in memory: they say it again whenever a bundle is fetched. */
@ApplicationScoped
public class OpaInstances {

    private final OpaConfig config;
    private final Clock clock;
    /** In the order in which they were heard of. */
    private final Map<Key, OpaInstance> heard = new LinkedHashMap<>();
    private final Map<TenantId, Integer> counts = new HashMap<>();

    OpaInstances(OpaConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    private record Key(TenantId tenant, String id) {
    }

    /**
     * Notes a report in the form of OPA's status API.
     *
     * @throws ProblemException 413 when it is too long, 400 when it is none
     */
    public void note(TenantId tenant, byte[] report) {
        OpaInstance said = OpaReports.read(report, config.maxBytes(), clock.instant());
        note(new Key(tenant, said.id()), said);
    }

    private synchronized void note(Key key, OpaInstance said) {
        if (heard.remove(key) == null) {
            if (counts.getOrDefault(key.tenant(), 0) >= config.instancesOfTenant()) {
                forgetEldest(key.tenant());
            } else if (heard.size() >= config.instances()) {
                forgetEldest(heard.keySet().iterator().next().tenant());
            }
            counts.merge(key.tenant(), 1, Integer::sum);
        }
        heard.put(key, said);
    }

    private void forgetEldest(TenantId tenant) {
        heard.keySet().stream().filter(key -> key.tenant().equals(tenant)).findFirst().ifPresent(eldest -> {
            heard.keySet().remove(eldest);
            counts.computeIfPresent(tenant, (any, count) -> count == 1 ? null : count - 1);
        });
    }

    /** A tenant's, in the order of their ids. */
    public synchronized List<OpaInstance> of(TenantId tenant) {
        List<OpaInstance> all = new ArrayList<>();
        heard.forEach((key, said) -> {
            if (key.tenant().equals(tenant)) {
                all.add(said);
            }
        });
        all.sort(Comparator.comparing(OpaInstance::id));
        return all;
    }
}
