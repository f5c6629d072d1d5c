package io.zeroui.tenant.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.policy.EnrolledAnchor;
import io.zeroui.runtime.policy.PolicyFolder;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import io.zeroui.tenant.policy.history.PolicyHistories;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The releases of all tenants, as they were verified here. */
@ApplicationScoped
public class TenantPolicies {

    private static final Logger LOG = Logger.getLogger(TenantPolicies.class);
    private static final Duration AHEAD = Duration.ofDays(1);

    private final ZuRoot root;
    private final Region region;
    private final EnrolledAnchor anchor;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private final Map<TenantId, Place> places = new ConcurrentHashMap<>();
    private final List<Consumer<TenantId>> listeners = new CopyOnWriteArrayList<>();
    private final PolicyHistories histories;

    TenantPolicies(PlaneConfig plane, EnrolledAnchor anchor, EvidenceWorkers workers, Clock clock, PolicyHistories histories) {
        this.histories = histories;
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.anchor = anchor;
        this.workers = workers;
        this.clock = clock;
    }

    private record Place(PolicyMirror mirror, PolicyFolder folder) {
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
                if (taken == Taken.CHANGED) {
                    changed(tenant);
                }
                return new Change(taken, taken == Taken.REFUSED ? mirror.state().objection() : null,
                        taken == Taken.CHANGED ? mirror.answer(before) : List.of());
            }
        });
    }

    /**
     * What edges lack that said this, in the order of the reports; who lacks the same is given the same list. Nothing where a tenant's files cannot be read:
     * its edges ask again, and others' are not kept waiting.
     */
    Uni<List<List<PolicyDelivered>>> answer(Collection<Report> reports) {
        return workers.read(() -> reports.stream().map(this::answer).toList());
    }

    private List<PolicyDelivered> answer(Report report) {
        try {
            return mirror(report.tenant()).answer(report.said());
        } catch (IOException | RuntimeException e) {
            LOG.warnf("the edge %s of %s is not answered: %s", report.edge(), report.tenant(), e);
            return List.of();
        }
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
            histories.reported(byTenant);
            return byTenant.size();
        })
                .onFailure().invoke(failure -> LOG.warnf("what edges said of policies is not written down now: %s", failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    /** By the later of both clocks: what is held against an edge must have been so by either. An edge's counts for a day ahead at most. */
    static Reported reported(Report report) {
        Instant heard = report.heardAt();
        Instant said = report.said().at();
        Instant most = heard.plus(AHEAD);
        Instant at = said.isBefore(heard) ? heard : said.isAfter(most) ? most : said;
        return new Reported(report.edge(), report.said().targetsVersion(), at, heard);
    }

    /** Says that what a tenant's policies are is another. */
    void changed(TenantId tenant) {
        listeners.forEach(listener -> listener.accept(tenant));
    }

    /** Lets somebody know whenever another release of a tenant counts, or it adds something else; on a thread that may wait a little. */
    public void whenChanged(Consumer<TenantId> listener) {
        listeners.add(listener);
    }

    /**
     * A tenant's release as it is here.
     *
     * @param state how it stands
     * @param terms of all its versions
     */
    public record Mirrored(PolicyMirror.State state, Map<PolicyVersion, ReleaseTerms> terms, PolicyFolder folder) {

        /** Version of the targets; 0 for none. */
        public long release() {
            Targets targets = targets();
            return targets == null ? 0 : targets.version();
        }

        /**
         * What was signed of one of its policies. Blocking.
         *
         * @throws PolicyRefused when what is on the disk is not what was signed, or is not there any more
         */
        public ObjectNode snapshot(PolicyVersion policy) throws PolicyRefused {
            PolicyTrust active = state.active();
            Targets targets = targets();
            Target target = targets == null ? null : targets.targets().get(policy);
            if (active == null || target == null) {
                throw new PolicyRefused(PolicyObjection.NOT_A_TARGET, "nothing promises " + policy.id());
            }
            byte[] bytes = folder.find(policy, target.sha256());
            return active.requirePolicy(policy, bytes == null ? new byte[0] : bytes);
        }

        private @Nullable Targets targets() {
            PolicyTrust active = state.active();
            return active == null ? null : active.targets();
        }
    }

    /** A tenant's release; what follows in the same chain is on a thread that may read files. */
    public Uni<Mirrored> mirrored(TenantId tenant) {
        return workers.read(() -> {
            Place place = place(tenant);
            PolicyMirror.State state = place.mirror().opened();
            Targets targets = state.active() == null ? null : state.active().targets();
            Map<PolicyVersion, ReleaseTerms> terms = new TreeMap<>();
            if (targets != null) {
                targets.targets().forEach((policy, target) -> terms.put(policy, ReleaseTerms.read(target.custom())));
            }
            return new Mirrored(state, terms, place.folder());
        });
    }

    /** The files of a tenant's mirror. */
    PolicyFolder folder(TenantId tenant) {
        return place(tenant).folder();
    }

    /** A tenant's mirror; everything but its state blocks. */
    PolicyMirror mirror(TenantId tenant) {
        return place(tenant).mirror();
    }

    private Place place(TenantId tenant) {
        return places.computeIfAbsent(tenant, one -> {
            Path snapshots = root.tenantPolicySnapshotFolder(one, region);
            PolicyFolder folder = new PolicyFolder(root.tenantPolicyReleaseFolder(one, region), snapshots,
                    policy -> snapshots.resolve(policy.path()));
            return new Place(new PolicyMirror(one, folder, anchor, clock, histories.of(one)), folder);
        });
    }
}
