package io.zeroui.shared.providers.publication;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.OrganisationId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.rulings.RulingsEvents;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.JournalConfig;
import io.zeroui.shared.providers.RegistryChanged;
import io.zeroui.shared.providers.RegistryKeeper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rulings: after every act of the registry, when verdicts are others, and before what was published expires. One publication at a
 * time; what changes during one is in the next. What is signed is on the disk before anybody is told.
 */
@ApplicationScoped
public class RulingsPublisher {

    private static final Logger LOG = Logger.getLogger(RulingsPublisher.class);
    /** A newer document makes the others worthless. */
    private static final int KEPT_EVENTS = 4;

    private final RulingsConfig config;
    private final String organisation;
    private final Path folder;
    private final RegistryKeeper keeper;
    private final List<VerdictSource> sources;
    private final StreamPublisher publisher;
    private final Vertx vertx;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean wanted;
    private volatile boolean stopped;
    private volatile long timer;
    private volatile @Nullable RulingsDesk desk;
    /** What was told last; another hash than the current one has where telling failed. */
    private volatile Hash told = Hash.ZERO;

    RulingsPublisher(RulingsConfig config, PlaneConfig plane, JournalConfig journal, RegistryKeeper keeper, @All List<VerdictSource> sources,
            StreamPublisher publisher, Vertx vertx, Clock clock) {
        this.config = config;
        this.organisation = journal.organisation();
        this.folder = new ZuRoot(plane.fabric().root()).sharedFolder(OrganisationId.of(organisation), Region.of(plane.region()))
                .resolve(Area.PROVIDER_REGISTRY.key());
        this.keeper = keeper;
        this.sources = sources;
        this.publisher = publisher;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** @throws IllegalStateException when the key that is configured cannot be used */
    void start(@Observes StartupEvent event) {
        Optional<Path> file = config.key().filter(path -> !path.toString().isBlank());
        if (file.isEmpty()) {
            LOG.warn("no rulings are published: ZEROUI_RULINGS_KEY is not set");
            return;
        }
        try {
            desk = RulingsDesk.open(RulingsKey.read(file.get()), folder, organisation, config);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the key of the rulings (ZEROUI_RULINGS_KEY) cannot be used: " + e.getMessage(), e);
        }
        timer = vertx.setPeriodic(1, config.look().toMillis(), id -> soon());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    void changed(@Observes RegistryChanged event) {
        soon();
    }

    void changed(@Observes VerdictSource.Changed event) {
        soon();
    }

    /** The rulings that count; null while nothing was signed. */
    public @Nullable SignedRulings current() {
        RulingsDesk signing = desk;
        return signing == null ? null : signing.current();
    }

    /** Tells everybody what counts, once more. Never fails. */
    Uni<Void> tellAgain() {
        SignedRulings signed = current();
        return signed == null ? Uni.createFrom().voidItem() : tell(signed);
    }

    private void soon() {
        wanted = true;
        RulingsDesk signing = desk;
        if (signing == null || stopped || !busy.compareAndSet(false, true)) {
            return;
        }
        wanted = false;
        publish(signing).onTermination().invoke(() -> {
            busy.set(false);
            if (wanted) {
                soon();
            }
        }).subscribe().with(done -> {
        }, failure -> LOG.warnf("rulings are not published, trying again: %s", failure));
    }

    private Uni<Void> publish(RulingsDesk signing) {
        return verdicts(signing)
                .chain(verdicts -> keeper.compiled().chain(compiled -> Uni.createFrom().item(() -> signing.sign(compiled.rules(), verdicts, clock.instant()))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())))
                .chain(signed -> signed.hash().equals(told) ? Uni.createFrom().voidItem() : tell(signed));
    }

    /** Where the verdicts cannot be read, those that were published stay: a revocation does not wait for them. */
    private Uni<List<GateVerdict>> verdicts(RulingsDesk signing) {
        return Multi.createFrom().iterable(sources)
                .onItem().transformToUniAndConcatenate(VerdictSource::verdicts)
                .collect().asList()
                .map(lists -> lists.stream().flatMap(List::stream).toList())
                .onFailure().invoke(failure -> LOG.warnf("verdicts of gates cannot be read; those of before stay: %s", failure))
                .onFailure().recoverWithItem(signing::verdicts);
    }

    private Uni<Void> tell(SignedRulings signed) {
        return publisher.publishNewest(ChannelCatalogue.SHARED_REGISTRY, null, RulingsEvents.delivered(Plane.SHARED, clock.instant(), signed), KEPT_EVENTS)
                .invoke(() -> told = signed.hash())
                .onFailure().invoke(failure -> LOG.warnf("rulings are not told yet: %s", failure))
                .onFailure().recoverWithNull();
    }
}
