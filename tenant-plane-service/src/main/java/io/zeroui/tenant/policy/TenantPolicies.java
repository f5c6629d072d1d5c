package io.zeroui.tenant.policy;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.policy.EnrolledAnchor;
import io.zeroui.runtime.policy.PolicyFolder;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The releases of all tenants, as they were verified here. */
@ApplicationScoped
class TenantPolicies {

    private final ZuRoot root;
    private final Region region;
    private final EnrolledAnchor anchor;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private final Map<TenantId, PolicyMirror> mirrors = new ConcurrentHashMap<>();

    TenantPolicies(PlaneConfig plane, EnrolledAnchor anchor, EvidenceWorkers workers, Clock clock) {
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
     * @param objection why it was refused; null where it was not
     * @param changes for who had what was active before; empty where nothing changed
     */
    record Change(Taken taken, @Nullable PolicyObjection objection, List<PolicyDelivered> changes) {
    }

    /** Takes a delivery; what it changes is on the disk when this completes. */
    Uni<Change> take(TenantId tenant, PolicyDelivered delivery) {
        return workers.read(() -> {
            PolicyMirror mirror = mirror(tenant);
            synchronized (mirror) {
                PolicyAsked before = mirror.ask(null, false);
                Taken taken = mirror.take(delivery);
                return new Change(taken, taken == Taken.REFUSED ? mirror.state().objection() : null, taken == Taken.CHANGED ? mirror.answer(before) : List.of());
            }
        });
    }

    /** What edges lack that said this, in the order of the reports; who lacks the same is given the same list. */
    Uni<List<List<PolicyDelivered>>> answer(Collection<Report> reports) {
        return workers.read(() -> {
            List<List<PolicyDelivered>> answers = new ArrayList<>();
            for (Report report : reports) {
                answers.add(mirror(report.tenant()).answer(report.said()));
            }
            return answers;
        });
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

    /** A tenant's mirror; everything but its state blocks. */
    PolicyMirror mirror(TenantId tenant) {
        return mirrors.computeIfAbsent(tenant, one -> new PolicyMirror(one, folder(one), anchor, clock));
    }

    /** The files of a tenant's mirror. */
    PolicyFolder folder(TenantId tenant) {
        Path snapshots = root.tenantPolicySnapshotFolder(tenant, region);
        return new PolicyFolder(root.tenantPolicyReleaseFolder(tenant, region), snapshots, policy -> snapshots.resolve(policy.path()));
    }
}
