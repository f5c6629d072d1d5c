package io.zeroui.ide.policy;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.policy.EnrolledAnchor;
import io.zeroui.runtime.policy.PolicyFolder;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What counts on this edge. A release is verified, written, synced, and then active, in this order; the last good one stays active
 * whatever comes, and for as long as nothing comes.
 */
@ApplicationScoped
public class EdgePolicies {

    private static final Logger LOG = Logger.getLogger(EdgePolicies.class);

    private final TenantId tenant;
    private final EdgeId edge;
    private final ZuRoot root;
    private final PolicyFolder folder;
    private final PolicyMirror mirror;
    private final boolean anchored;
    private final CurrentPointers pointers;
    private final EdgeOverlay overlay;
    private final ReceiptWorkers workers;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile ActivePolicies active = ActivePolicies.NONE;
    private volatile @Nullable PolicyTrust shown;
    private volatile Set<RepoId> shownFor = Set.of();
    private volatile @Nullable TenantOverlay shownWith;

    EdgePolicies(PlaneConfig plane, EdgePolicyConfig config, EnrolledAnchor anchor, ReceiptWorkers workers, Clock clock) {
        this.tenant = TenantId.of(plane.edge().tenant().orElse(config.unenrolledTenant()));
        this.edge = EdgeId.of(plane.edge().id());
        this.root = new ZuRoot(plane.fabric().root());
        this.workers = workers;
        this.clock = clock;
        Path cache = root.idePolicyCacheFolder();
        this.folder = new PolicyFolder(root.idePolicyReleaseFolder(), cache, policy -> cache.resolve(policy.id() + ".json"));
        this.mirror = new PolicyMirror(tenant, folder, anchor, clock);
        this.anchored = anchor.isConfigured();
        this.overlay = new EdgeOverlay(root.idePolicyOverlayFolder(), tenant);
        this.pointers = new CurrentPointers(root.idePolicyCurrentFolder(), root, folder);
    }

    /** Takes a delivery; what it makes active is on the disk when this completes. */
    Uni<Taken> take(PolicyDelivered delivery) {
        return workers.read(() -> {
            boolean isOther = overlay.take(delivery);
            Taken taken = mirror.take(delivery);
            show();
            listeners.forEach(Runnable::run);
            return isOther && taken == Taken.NOTHING ? Taken.CHANGED : taken;
        });
    }

    /** Reads what was active; brings what is shown up to what this edge works on by now. */
    Uni<Boolean> look() {
        return workers.read(() -> {
            boolean anchored = mirror.open();
            show();
            listeners.forEach(Runnable::run);
            return anchored;
        });
    }

    /** Whether a root is expected. */
    boolean isAnchored() {
        return anchored;
    }

    /** What is said to the tenant plane. */
    Uni<PolicyAsked> ask(boolean whole) {
        return workers.read(() -> mirror.ask(edge, whole).following(overlay.now()));
    }

    /** What is active now; never waits. */
    public ActivePolicies active() {
        return active;
    }

    /** Whose policies they are. */
    public TenantId tenant() {
        return tenant;
    }

    /** Lets somebody know whenever a delivery was taken, or looked for; on a thread that may wait a little. */
    public void whenTaken(Runnable listener) {
        listeners.add(listener);
    }

    /** How the release stands; never waits. */
    public PolicyMirror.State state() {
        return mirror.state();
    }

    /** At a glance. */
    public PolicyStatus status() {
        return PolicyStatus.of(tenant, mirror.state(), active, clock.instant());
    }

    /** The folder, for tests that let it fail. */
    PolicyFolder folder() {
        return folder;
    }

    private synchronized void show() throws IOException {
        PolicyTrust now = mirror.state().active();
        Set<RepoId> repos = repos();
        TenantOverlay added = overlay.now();
        if (now == null || now.equals(shown) && repos.equals(shownFor) && Objects.equals(added, shownWith)) {
            return;
        }
        try {
            ActivePolicies next = ActivePolicies.of(now, folder, edge, repos, added);
            active = next;
            shown = now;
            shownFor = repos;
            shownWith = added;
            pointers.write(next, clock.instant());
        } catch (PolicyRefused | IllegalArgumentException e) {
            LOG.errorf("the release stays as it was: %s", e.getMessage());
        }
    }

    /** Repositories that this edge has receipts of. */
    private Set<RepoId> repos() throws IOException {
        Path receipts = root.ideReceiptsFolder();
        if (!Files.isDirectory(receipts)) {
            return Set.of();
        }
        Set<RepoId> repos = new HashSet<>();
        try (Stream<Path> folders = Files.list(receipts)) {
            List<String> names = folders.filter(Files::isDirectory).map(path -> String.valueOf(path.getFileName())).toList();
            names.stream().filter(EdgePolicies::isRepo).map(RepoId::of).forEach(repos::add);
        }
        return repos;
    }

    private static boolean isRepo(String name) {
        try {
            return !RepoId.of(name).value().isEmpty();
        } catch (IllegalArgumentException quarantineOrTheLike) {
            return false;
        }
    }
}
