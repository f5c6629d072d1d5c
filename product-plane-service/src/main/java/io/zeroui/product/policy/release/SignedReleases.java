package io.zeroui.product.policy.release;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.policy.PolicyFolder;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Signs releases; what it signs goes the way of everybody else's deliveries, so nothing leaves that a receiver would refuse. */
@ApplicationScoped
public class SignedReleases implements PolicyReleases {

    private static final Logger LOG = Logger.getLogger(SignedReleases.class);

    private final SigningConfig config;
    private final ZuRoot root;
    private final Region region;
    private final RootFiles roots;
    private final ReleaseNews news;
    private final Clock clock;
    private final Map<TenantId, PolicyMirror> mirrors = new ConcurrentHashMap<>();
    private volatile @Nullable PolicyKeys keys;

    SignedReleases(SigningConfig config, PlaneConfig plane, ReleaseNews news, Clock clock) {
        this.config = config;
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.roots = new RootFiles(root.policyRootFolder(region), config.rootLifetime());
        this.news = news;
        this.clock = clock;
    }

    /** @throws IllegalStateException when the keys that are configured cannot be used */
    void start(@Observes StartupEvent event) {
        Optional<Path> file = config.keys().filter(path -> !path.toString().isBlank());
        if (file.isEmpty()) {
            LOG.warn("no policies are released: ZEROUI_POLICY_KEYS is not set");
            return;
        }
        try {
            KeyFile read = KeyFile.read(file.get());
            int newest = roots.upTo(read, clock.instant()).size();
            keys = read;
            LOG.infof("policies are signed below root version %d", newest);
        } catch (IOException | PolicyRefused | IllegalArgumentException e) {
            throw new IllegalStateException("the keys of the policies (ZEROUI_POLICY_KEYS) cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Uni<Void> publish(TenantId tenant, List<ReleasedPolicy> all) {
        return onWorker(() -> signed(tenant, ReleaseSigner.targets(all), all))
                .chain(changes -> news.tell(tenant, changes));
    }

    /** Signs again what is about to expire. */
    Uni<Void> refresh(TenantId tenant) {
        return onWorker(() -> {
            PolicyMirror mirror = mirror(tenant);
            synchronized (mirror) {
                PolicyTrust active = mirror.open() ? mirror.state().active() : null;
                Targets targets = active == null ? null : active.targets();
                return targets == null ? List.<PolicyDelivered> of() : signed(tenant, targets.targets(), List.of());
            }
        }).chain(changes -> news.tell(tenant, changes));
    }

    /** What a tenant's mirror lacks that said this. */
    Uni<List<PolicyDelivered>> answer(TenantId tenant, PolicyAsked asked) {
        return onWorker(() -> Files.isDirectory(root.publishedPolicyFolder(region, tenant)) ? mirror(tenant).answer(asked) : List.of());
    }

    /** How a tenant's release stands; null where nothing was ever released. */
    public PolicyMirror.@Nullable State state(TenantId tenant) {
        PolicyMirror known = mirrors.get(tenant);
        return known == null ? null : known.state();
    }

    /** Tenants that have a release. */
    Uni<List<TenantId>> tenants() {
        return onWorker(() -> {
            Path folder = root.policyReleasesFolder(region);
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> all = Files.list(folder)) {
                return all.map(path -> TenantId.of(String.valueOf(path.getFileName())))
                        .filter(tenant -> Files.isDirectory(root.publishedPolicyFolder(region, tenant))).toList();
            }
        });
    }

    private List<PolicyDelivered> signed(TenantId tenant, Map<PolicyVersion, Target> targets, List<ReleasedPolicy> all)
            throws IOException, PolicyRefused {
        PolicyKeys signing = keys;
        if (signing == null) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Nothing can be released: the service has no keys for policies");
        }
        PolicyMirror mirror = mirror(tenant);
        synchronized (mirror) {
            List<byte[]> known = roots.upTo(signing, clock.instant());
            if (!mirror.open()) {
                throw new IllegalStateException("there is no root to sign below");
            }
            PolicyTrust active = mirror.state().active();
            if (active == null && targets.isEmpty()) {
                return List.of();
            }
            PolicyAsked before = mirror.ask(null, false);
            List<PolicyDelivered> next = new ReleaseSigner(tenant, signing, config, clock.instant()).next(active, known, targets, all);
            for (PolicyDelivered one : next) {
                if (mirror.take(one) != Taken.CHANGED) {
                    throw new IllegalStateException("what was signed for " + tenant + " would not be believed: " + mirror.state().detail());
                }
            }
            return next.isEmpty() ? List.of() : mirror.answer(before);
        }
    }

    private PolicyMirror mirror(TenantId tenant) {
        return mirrors.computeIfAbsent(tenant, one -> {
            Path folder = root.publishedPolicyFolder(region, one);
            Path snapshots = folder.resolve("snapshots");
            return new PolicyMirror(one, new PolicyFolder(folder, snapshots, policy -> snapshots.resolve(policy.path())),
                    () -> roots.read().stream().findFirst(), clock);
        });
    }

    /** Work that may fail with anything. */
    private interface Work<T> {
        T run() throws IOException, PolicyRefused;
    }

    private static <T> Uni<T> onWorker(Work<T> work) {
        return Uni.createFrom().item(() -> {
            try {
                return work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (PolicyRefused e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
