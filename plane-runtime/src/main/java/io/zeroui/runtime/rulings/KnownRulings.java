package io.zeroui.runtime.rulings;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsAsked;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.streams.StreamPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The rulings that this plane knows. Tenant and product plane follow them; elsewhere nothing is ever known. */
@ApplicationScoped
public class KnownRulings {

    private static final Logger LOG = Logger.getLogger(KnownRulings.class);
    private static final int KEPT_QUESTIONS = 16;

    private final Plane plane;
    private final PinnedKeys keys;
    private final @Nullable RulingsMirror mirror;
    private final FollowConfig config;
    private final StreamPublisher publisher;
    private final Vertx vertx;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long asking;
    private volatile long looks;
    private volatile boolean stopped;

    KnownRulings(FollowConfig config, PlaneConfig plane, StreamPublisher publisher, Vertx vertx, Clock clock) {
        this.plane = Plane.ofKey(plane.plane());
        this.config = config;
        this.publisher = publisher;
        this.vertx = vertx;
        this.clock = clock;
        this.keys = new PinnedKeys(config.trust());
        Path folder = folder(this.plane, new ZuRoot(plane.fabric().root()), Region.of(plane.region()));
        this.mirror = folder == null ? null : new RulingsMirror(folder.resolve("rulings.json"), keys);
    }

    /** Where a plane that follows keeps its copy; null for the others. */
    private static @Nullable Path folder(Plane plane, ZuRoot root, Region region) {
        return switch (plane) {
            case TENANT -> root.tenantRulingsFolder(region);
            case PRODUCT -> root.productRulingsFolder(region);
            case IDE, SHARED -> null;
        };
    }

    /** What is believed now; never waits. */
    public Optional<SignedRulings> current() {
        return Optional.ofNullable(state().rulings());
    }

    /** How it stands; never waits. */
    public RulingsMirror.State state() {
        RulingsMirror own = mirror;
        return own == null ? new RulingsMirror.State(null, null, null, null) : own.state();
    }

    /** Whether what is believed has expired, or nothing is: newer rulings may have been kept from this plane. */
    public boolean isStale(Instant now) {
        return current().map(signed -> signed.rulings().isStale(now)).orElse(true);
    }

    /** Takes a delivery; it is on the disk, or refused, when the item comes. A failure means that it may come again. */
    public Uni<Void> take(RulingsDelivered delivery) {
        return onWorker(own -> {
            if (own.take(delivery)) {
                LOG.infof("rulings version %d count now", delivery.version());
            }
        });
    }

    void start(@Observes StartupEvent event) {
        if (mirror == null) {
            return;
        }
        if (!keys.isConfigured()) {
            LOG.warn("no rulings are believed: ZEROUI_RULINGS_TRUST is not set");
            return;
        }
        started(look().chain(this::ask));
        looks = vertx.setPeriodic(config.look().toMillis(), id -> {
            if (!stopped && looking.compareAndSet(false, true)) {
                started(look().onTermination().invoke(() -> looking.set(false)));
            }
        });
        asking = vertx.setPeriodic(config.ask().toMillis(), id -> {
            if (!stopped) {
                started(ask());
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(looks);
        vertx.cancelTimer(asking);
    }

    private Uni<Void> look() {
        return onWorker(RulingsMirror::look)
                .onFailure().invoke(failure -> LOG.warnf("the rulings of this plane cannot be read: %s", failure))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> ask() {
        RulingsMirror.State now = state();
        SignedRulings known = now.rulings();
        Instant at = clock.instant();
        RulingsAsked asked = new RulingsAsked(known == null ? 0 : known.rulings().epoch(), known == null ? 0 : known.rulings().version(), isStale(at),
                now.objection(), now.detail(), at);
        return publisher.publishNewest(ChannelCatalogue.rulingQuestionsOf(plane), null, RulingsEvents.asked(plane, at, asked), KEPT_QUESTIONS)
                .onFailure().invoke(failure -> LOG.debugf("rulings cannot be asked for: %s", failure))
                .onFailure().recoverWithNull();
    }

    /** Work on the mirror that may fail. */
    private interface Work {
        void on(RulingsMirror mirror) throws IOException;
    }

    private Uni<Void> onWorker(Work work) {
        RulingsMirror own = mirror;
        return own == null ? Uni.createFrom().voidItem() : Uni.createFrom().<Void> item(() -> {
            try {
                work.on(own);
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static void started(Uni<Void> work) {
        work.subscribe().with(done -> {
        }, failure -> LOG.warnf("rulings are not followed: %s", failure));
    }
}
