package io.zeroui.tenant.policy;

import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Questions that wait for an answer, of each edge the newest. Tenants take turns; those of one tenant are in the order in which its edges began to wait. In
 * memory: edges ask again.
 */
@ApplicationScoped
class PolicyQuestions {

    private static final int MOST = 100_000;

    private final Map<TenantId, Map<StreamScope, Report>> waiting = new LinkedHashMap<>();
    private int count;

    /** Lets a question wait; beyond 100,000 edges it is dropped, and comes again. */
    synchronized void add(StreamScope edge, Report report) {
        Map<StreamScope, Report> own = waiting.getOrDefault(report.tenant(), Map.of());
        if (own.containsKey(edge) || count < MOST) {
            put(edge, report);
        }
    }

    /**
     * Takes some out: of the tenant whose turn it is, and if it has fewer of the next one.
     *
     * @param except tenants whose questions stay
     */
    synchronized Map<StreamScope, Report> take(int most, Set<TenantId> except) {
        Map<StreamScope, Report> taken = new LinkedHashMap<>();
        for (TenantId tenant : List.copyOf(waiting.keySet())) {
            if (except.contains(tenant) || taken.size() == most) {
                continue;
            }
            Map<StreamScope, Report> own = waiting.remove(tenant);
            if (own != null) {
                for (Map.Entry<StreamScope, Report> one : List.copyOf(own.entrySet())) {
                    if (taken.size() < most) {
                        taken.put(one.getKey(), one.getValue());
                        own.remove(one.getKey());
                        count--;
                    }
                }
                if (!own.isEmpty()) {
                    waiting.put(tenant, own); // behind the others: it is their turn
                }
            }
        }
        return taken;
    }

    /** Puts questions back for which there is no room, before others of their tenants; what was asked meanwhile is newer. */
    synchronized void putBack(Map<StreamScope, Report> questions) {
        for (Map.Entry<StreamScope, Report> one : List.copyOf(questions.entrySet())) {
            Map<StreamScope, Report> own = waiting.get(one.getValue().tenant());
            if (own == null || !own.containsKey(one.getKey())) {
                put(one.getKey(), one.getValue());
            }
        }
        List<Map.Entry<TenantId, Map<StreamScope, Report>>> all = new ArrayList<>(waiting.entrySet());
        all.forEach(tenant -> {
            Map<StreamScope, Report> ordered = new LinkedHashMap<>();
            questions.keySet().stream().filter(tenant.getValue()::containsKey).forEach(edge -> ordered.put(edge, tenant.getValue().get(edge)));
            tenant.getValue().forEach(ordered::putIfAbsent);
            tenant.setValue(ordered);
        });
    }

    /** Whether none waits. */
    synchronized boolean isEmpty() {
        return count == 0;
    }

    private void put(StreamScope edge, Report report) {
        if (waiting.computeIfAbsent(report.tenant(), one -> new LinkedHashMap<>()).put(edge, report) == null) {
            count++;
        }
    }
}
