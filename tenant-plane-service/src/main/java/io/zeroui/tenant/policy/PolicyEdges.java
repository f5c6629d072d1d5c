package io.zeroui.tenant.policy;

import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What edges said last. Kept in memory: they say it again within half a minute. */
@ApplicationScoped
class PolicyEdges {

    private static final int MOST = 100_000;

    private final Map<StreamScope, Report> reports = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamScope, Report> eldest) {
            return size() > MOST;
        }
    };

    /**
     * What an edge said.
     *
     * @param tenant whose policies it follows
     * @param edge which one
     * @param said what it has
     * @param heardAt when this plane heard it
     */
    record Report(TenantId tenant, EdgeId edge, PolicyAsked said, Instant heardAt) {
    }

    /** Notes what an edge said; its stream is where it is told. */
    synchronized void note(StreamScope edge, Report report) {
        reports.put(edge, report);
    }

    /** The edges that follow a tenant's policies and have been heard of since a time, by their streams, and what they said. */
    synchronized Map<StreamScope, Report> heard(TenantId tenant, Instant since) {
        Map<StreamScope, Report> heard = new LinkedHashMap<>();
        reports.forEach((scope, report) -> {
            if (report.tenant().equals(tenant) && report.heardAt().isAfter(since)) {
                heard.put(scope, report);
            }
        });
        return heard;
    }

    /** What a tenant's edges said last, in the order of their ids. */
    synchronized List<Report> of(TenantId tenant) {
        List<Report> all = new ArrayList<>(reports.values());
        all.removeIf(report -> !report.tenant().equals(tenant));
        all.sort(Comparator.comparing(report -> report.edge().value()));
        return all;
    }
}
