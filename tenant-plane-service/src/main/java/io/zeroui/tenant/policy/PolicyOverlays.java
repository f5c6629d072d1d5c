package io.zeroui.tenant.policy;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.policy.OverlayBook.Change;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What tenants add to their policies. A change is on the disk before edges are told. */
@ApplicationScoped
public class PolicyOverlays {

    private static final Logger LOG = Logger.getLogger(PolicyOverlays.class);

    private final ZuRoot root;
    private final Region region;
    private final TenantPolicies policies;
    private final PolicyNews news;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private final Map<TenantId, OverlayBook> books = new ConcurrentHashMap<>();

    PolicyOverlays(PlaneConfig plane, TenantPolicies policies, PolicyNews news, EvidenceWorkers workers, Clock clock) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.policies = policies;
        this.news = news;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * What is added, and how it came to be.
     *
     * @param overlay null for nothing
     * @param changes the last ones, the newest first
     */
    record Added(@Nullable TenantOverlay overlay, List<Change> changes) {
    }

    /** What a tenant adds. */
    Uni<Added> get(TenantId tenant, int changes) {
        return workers.read(() -> new Added(book(tenant).now(), book(tenant).changes(changes)));
    }

    /**
     * What is added now; null for nothing. Blocking.
     *
     * @throws IOException when the newest addition cannot be read: an older one would be more lenient
     */
    public @Nullable TenantOverlay now(TenantId tenant) throws IOException {
        return book(tenant).now();
    }

    /**
     * Of each edge that said this the additions that it does not follow yet, in the order of the reports; empty where it does. One that cannot be
     * read now does not keep releases away: edges go on with what they have.
     */
    Uni<List<Optional<PolicyDelivered>>> missing(Collection<Report> reports) {
        return workers.read(() -> reports.stream().map(this::missing).toList());
    }

    private Optional<PolicyDelivered> missing(Report report) {
        try {
            TenantOverlay now = book(report.tenant()).now();
            return now == null || now.id().equals(report.said().overlay()) ? Optional.empty()
                    : Optional.of(PolicyDelivered.of(report.tenant(), now));
        } catch (IOException e) {
            LOG.errorf("what %s adds to its policies cannot be read: %s", report.tenant(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Adds something to a policy; refused with 404 and 409 where no release has the policy, or nothing of it would be stricter. */
    Uni<TenantOverlay> add(TenantId tenant, OverlayRule rule, String by, String reason) {
        return workers.run(() -> {
            requireStricter(policies.mirror(tenant).opened().active(), tenant, rule);
            return book(tenant).change(rule.policyId(), rule, by, clock.instant().truncatedTo(ChronoUnit.MILLIS), reason);
        }).call(overlay -> tell(tenant, overlay));
    }

    /** Takes back what was added to a policy; refused with 404 where nothing was. */
    Uni<TenantOverlay> takeBack(TenantId tenant, String policyId, String by, String reason) {
        return workers.run(() -> {
            TenantOverlay now = book(tenant).now();
            if (now == null || now.of(policyId).isEmpty()) {
                throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "Nothing is added to that policy");
            }
            return book(tenant).change(policyId, null, by, clock.instant().truncatedTo(ChronoUnit.MILLIS), reason);
        }).call(overlay -> tell(tenant, overlay));
    }

    private Uni<Void> tell(TenantId tenant, TenantOverlay overlay) {
        policies.changed(tenant);
        return news.tellAll(tenant, List.of(PolicyDelivered.of(tenant, overlay)));
    }

    private void requireStricter(@Nullable PolicyTrust active, TenantId tenant, OverlayRule rule) throws IOException {
        Targets targets = active == null ? null : active.targets();
        boolean isThere = false;
        if (active != null && targets != null) {
            for (Map.Entry<PolicyVersion, Target> one : targets.targets().entrySet()) {
                if (one.getKey().policyId().equals(rule.policyId())) {
                    isThere = true;
                    if (rule.isStricterThan(enforcement(active, tenant, one.getKey(), one.getValue()),
                            ReleaseTerms.read(one.getValue().custom()).failMode())) {
                        return;
                    }
                }
            }
        }
        if (!isThere) {
            throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "No release has that policy");
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, 409, "No version of that policy would be stricter than it was signed",
                Map.of("reason", "NOT_STRICTER"));
    }

    /** As it was signed; where that cannot be read, the least. */
    private Enforcement enforcement(PolicyTrust active, TenantId tenant, PolicyVersion policy, Target target) throws IOException {
        byte[] snapshot = policies.folder(tenant).find(policy, target.sha256());
        try {
            return snapshot == null ? Enforcement.OBSERVE
                    : Enforcement.ofKey(active.requirePolicy(policy, snapshot).path("metadata").path("enforcement").asText());
        } catch (PolicyRefused e) {
            throw new IOException("a snapshot of " + policy.id() + " that is not the one that was signed", e);
        } catch (IllegalArgumentException withoutLabels) {
            return Enforcement.OBSERVE;
        }
    }

    private OverlayBook book(TenantId tenant) {
        return books.computeIfAbsent(tenant, one -> new OverlayBook(root.tenantPolicyOverlayFolder(one, region)));
    }
}
