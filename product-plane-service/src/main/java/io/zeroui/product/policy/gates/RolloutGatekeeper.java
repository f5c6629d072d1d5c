package io.zeroui.product.policy.gates;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.InvalidPolicy;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.product.policy.gates.RolloutLook.Halt;
import io.zeroui.product.policy.gates.RolloutLook.Promote;
import io.zeroui.product.policy.gates.RolloutLook.Restore;
import io.zeroui.product.policy.gates.RolloutLook.Step;
import io.zeroui.product.policy.publication.ReleasePublisher;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.product.policy.registry.SeenVersion;
import io.zeroui.product.policy.registry.SnapshotSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks at all gates every few seconds and does what {@link RolloutLook} says. While a tenant's counts cannot be read it does nothing
 * there, and its status says whose gates are blind.
 */
@ApplicationScoped
public class RolloutGatekeeper {

    private static final Logger LOG = Logger.getLogger(RolloutGatekeeper.class);
    private static final int TENANTS_MOST = 100;

    private final PolicyRegistry registry;
    private final PolicyRollouts rollouts;
    private final SnapshotSigner signer;
    private final ReleasePublisher publisher;
    private final GatesConfig config;
    private final EvaluationVerdicts evaluations;
    private final TenantSight sight = new TenantSight();
    private volatile Status status = new Status(true, List.of(), 0, "the gates are not looked at yet");

    RolloutGatekeeper(PolicyRegistry registry, PolicyRollouts rollouts, SnapshotSigner signer, ReleasePublisher publisher, GatesConfig config,
            EvaluationVerdicts evaluations) {
        this.registry = registry;
        this.rollouts = rollouts;
        this.signer = signer;
        this.publisher = publisher;
        this.config = config;
        this.evaluations = evaluations;
    }

    /**
     * What came of the last look.
     *
     * @param blind whether policies or counts could not be read, so that gates halt and promote nothing
     * @param blindTenants whose, in the order of their ids, at most 100; empty where nobody's could be, or all could
     * @param versions released versions that are watched
     * @param failure why something could not be read or done; empty where there was nothing
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Status(boolean blind, List<String> blindTenants, int versions, String failure) {
    }

    /** What came of the last look at all gates. */
    public Status status() {
        return status;
    }

    /** What one look comes upon. */
    private static final class Look {
        private final Instant at = Instant.now();
        private final AtomicInteger versions = new AtomicInteger();
        private final List<String> unread = new CopyOnWriteArrayList<>();
        private final List<String> undone = new CopyOnWriteArrayList<>();
    }

    @Scheduled(every = "${zeroui.policy.gates.every:PT5S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return Uni.createFrom().deferred(() -> {
            Look look = new Look();
            return onWorker(registry::tenants)
                    .invoke(tenants -> sight.listed(tenants, look.at))
                    .onFailure().invoke(cause -> sight.unlisted())
                    .onItem().transformToMulti(tenants -> Multi.createFrom().iterable(tenants))
                    .onItem().transformToUniAndConcatenate(tenant -> tenant(look, tenant))
                    .collect().asList()
                    .onFailure().invoke(cause -> look.unread.add(String.valueOf(cause.getMessage())))
                    .onFailure().recoverWithItem(List.of())
                    .invoke(() -> settled(look))
                    .replaceWithVoid();
        });
    }

    private void settled(Look look) {
        boolean blind = !look.unread.isEmpty();
        String failure = blind ? look.unread.get(0) : look.undone.isEmpty() ? "" : look.undone.get(0);
        if (!failure.isEmpty() && !failure.equals(status.failure())) {
            LOG.warnf(blind ? "gates of policies are blind, there nothing is halted or promoted: %s" : "a gate's work is not done, trying again: %s",
                    failure);
        }
        status = new Status(blind, sight.blind(TENANTS_MOST), look.versions.get(), failure);
    }

    private Uni<Boolean> tenant(Look look, TenantId tenant) {
        return onWorker(() -> RolloutLook.watched(registry.book(tenant)))
                .invoke(versions -> look.versions.addAndGet(versions.size()))
                .chain(versions -> versions.isEmpty() ? Uni.createFrom().item(false)
                        : rollouts.counts(tenant, versions).chain(counts -> onWorker(() -> act(look, tenant, counts))))
                .invoke(() -> sight.read(tenant, look.at))
                .onFailure().invoke(cause -> {
                    sight.unread(tenant);
                    look.unread.add(tenant + ": " + cause.getMessage());
                })
                .onFailure().recoverWithItem(false)
                .chain(acted -> acted ? publisher.publish(tenant) : Uni.createFrom().item(false));
    }

    /** Does what is to be done; true when it did something. */
    private boolean act(Look look, TenantId tenant, Map<PolicyVersion, RolloutCounts> counts) {
        boolean acted = false;
        for (Step step : RolloutLook.steps(registry.book(tenant), counts, evaluations.now(), look.at)) {
            if (step instanceof Promote && !sight.isSettled(tenant, look.at, config.settle())) {
                continue;
            }
            boolean done = isDone(look, tenant, step);
            acted |= done;
            if (done && step instanceof Halt) {
                Optional<Restore> restoration = RolloutLook.restoration(registry.book(tenant), step.id());
                acted |= restoration.isPresent() && isDone(look, tenant, restoration.get());
            }
        }
        return acted;
    }

    /** Whether it is done; not where the version was changed meanwhile, or where it fails. */
    private boolean isDone(Look look, TenantId tenant, Step step) {
        try {
            Optional<PolicyEntry> entry = done(tenant, step);
            entry.ifPresent(now -> LOG.infof("policies of %s: %s %s: %s", tenant, now.id().id(), step.getClass().getSimpleName(), step.reason()));
            return entry.isPresent();
        } catch (PolicyActRefused e) {
            look.undone.add(tenant + ": " + step.id().id() + ": " + e.reason().text());
        } catch (InvalidPolicy e) {
            look.undone.add(tenant + ": " + step.id().id() + ": " + e.detail());
        } catch (RuntimeException e) {
            look.undone.add(tenant + ": " + step.id().id() + ": " + e.getMessage());
        }
        return false;
    }

    private Optional<PolicyEntry> done(TenantId tenant, Step step) throws PolicyActRefused, InvalidPolicy {
        SeenVersion seen = new SeenVersion(step.id(), step.lastAct());
        if (step instanceof Restore restore) {
            return registry.restore(tenant, restore.from(), RolloutLook.BY, step.reason(), signer, seen);
        }
        Deed deed = step instanceof Promote promotion ? new Deed.Promoted(promotion.rollout()) : new Deed.Halted();
        return registry.act(tenant, seen, RolloutLook.BY, step.reason(), deed);
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
