package io.zeroui.tenant.policy;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.policy.EnrolledAnchor;
import io.zeroui.runtime.policy.PolicyFolder;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import io.zeroui.tenant.policy.history.PolicyHistories;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The releases of all tenants, as they were verified here. */
@ApplicationScoped
class TenantPolicies {

    private static final Logger LOG = Logger.getLogger(TenantPolicies.class);

    private final ZuRoot root;
    private final Region region;
    private final EnrolledAnchor anchor;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private final PolicyHistories histories;
    private final Map<TenantId, PolicyMirror> mirrors = new ConcurrentHashMap<>();

    TenantPolicies(PlaneConfig plane, EnrolledAnchor anchor, EvidenceWorkers workers, Clock clock, PolicyHistories histories) {
        this.histories = histories;
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.anchor = anchor;
        this.workers = workers;
        this.clock = clock;
    }

    /** Whether a root is expected. */
    boolean isAnchored() {
        return anchor.isConfigured();
    }

    /**
     * What a delivery did.
     *
     * @param taken what became of it
     * @param changes for who had what was active before; empty where nothing changed
     */
    record Change(Taken taken, List<PolicyDelivered> changes) {
    }

    /** Takes a delivery; what it changes is on the disk when this completes. */
    Uni<Change> take(TenantId tenant, PolicyDelivered delivery) {
        return workers.read(() -> {
            PolicyMirror mirror = mirror(tenant);
            synchronized (mirror) {
                PolicyAsked before = mirror.ask(null, false);
                Taken taken = mirror.take(delivery);
                return new Change(taken, taken == Taken.CHANGED ? mirror.answer(before) : List.of());
            }
        });
    }

    /** What an edge lacks that said this. */
    Uni<List<PolicyDelivered>> answer(TenantId tenant, PolicyAsked asked) {
        return workers.read(() -> mirror(tenant).answer(asked));
    }

    /** What is said to the product plane. */
    Uni<PolicyAsked> ask(TenantId tenant, boolean whole) {
        return workers.read(() -> mirror(tenant).ask(null, whole));
    }

    /** How a tenant's release stands. */
    Uni<PolicyMirror.State> state(TenantId tenant) {
        return workers.read(() -> {
            PolicyMirror mirror = mirror(tenant);
            return mirror.opened();
        });
    }

    /** Notes in the tenants' histories what edges said; what cannot be written down is said again. Never fails. */
    Uni<Void> note(Collection<Report> reports) {
        Map<TenantId, List<Reported>> byTenant = reports.stream().collect(Collectors.groupingBy(Report::tenant,
                Collectors.mapping(TenantPolicies::reported, Collectors.toList())));
        return workers.read(() -> {
            for (Map.Entry<TenantId, List<Reported>> some : byTenant.entrySet()) {
                histories.of(some.getKey()).reported(some.getValue());
            }
            return byTenant.size();
        })
                .onFailure().invoke(failure -> LOG.warnf("what edges said of policies is not written down now: %s", failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    /** By the later of both clocks: what is held against an edge must have been so by either. */
    private static Reported reported(Report report) {
        Instant said = report.said().at();
        return new Reported(report.edge(), report.said().targetsVersion(), said.isAfter(report.heardAt()) ? said : report.heardAt());
    }

    private PolicyMirror mirror(TenantId tenant) {
        return mirrors.computeIfAbsent(tenant, one -> {
            Path snapshots = root.tenantPolicySnapshotFolder(one, region);
            return new PolicyMirror(one, new PolicyFolder(root.tenantPolicyReleaseFolder(one, region), snapshots,
                    policy -> snapshots.resolve(policy.path())), anchor, clock, histories.of(one));
        });
    }
}
