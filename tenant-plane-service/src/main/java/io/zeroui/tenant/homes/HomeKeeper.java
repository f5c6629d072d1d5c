package io.zeroui.tenant.homes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.tenancy.Home;
import io.zeroui.runtime.tenancy.Homes;
import io.zeroui.runtime.tenancy.MovedTable;
import io.zeroui.runtime.tenancy.TenantMove;
import io.zeroui.tenant.homes.HomeReport.State;
import io.zeroui.tenant.registry.KnownRegistry.WishedHome;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Compares where tenants live with what the registry wishes, and moves one after the other. */
@ApplicationScoped
public class HomeKeeper {

    /** Every table of a home with rows of tenants. */
    static final List<MovedTable> TABLES = List.of(MovedTable.growing("receipts_index", "ledger_sequence"),
            MovedTable.growing("receipt_words", "ledger_sequence"), MovedTable.growing("ledger_acts", "ledger_sequence"),
            MovedTable.queue("outbox", "sequence"),
            MovedTable.changing("erased_receipts"), MovedTable.changing("dropped_links"),
            MovedTable.changing("chain_heads"), MovedTable.changing("ledger_watermarks"),
            MovedTable.changing("key_evaluations"), MovedTable.growing("courier_batches", "number"));

    private static final Logger LOG = Logger.getLogger(HomeKeeper.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final WishedHome SHARED = new WishedHome(IsolationTier.SHARED, "");

    private final RegistryMirror registry;
    private final Homes homes;
    private final TenantMove mover;
    private final DatabaseSchema schema;
    private final Vertx vertx;
    private final Map<TenantId, Attempt> attempts = new ConcurrentHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean stopped;

    HomeKeeper(RegistryMirror registry, Homes homes, TenantMove mover, DatabaseSchema schema, Vertx vertx) {
        this.registry = registry;
        this.homes = homes;
        this.mover = mover;
        this.schema = schema;
        this.vertx = vertx;
    }

    /**
     * The last move of a tenant.
     *
     * @param copied rows so far
     * @param failure why it failed; empty while it has not
     * @param atNanos when it began or failed
     */
    private record Attempt(long copied, String failure, long atNanos) {
    }

    /** Where the tenant is and where it is going; null where nobody knows the tenant. */
    @Nullable
    HomeReport report(TenantId tenant) {
        if (!registry.known().tenants().containsKey(tenant)) {
            return null;
        }
        Home home = homes.of(tenant);
        WishedHome wish = registry.known().homes().getOrDefault(tenant, SHARED);
        Attempt last = attempts.get(tenant);
        String failure = last == null ? "" : last.failure();
        State state = isThere(home, wish) ? State.SETTLED : failure.isEmpty() ? State.MOVING : State.FAILED;
        return new HomeReport(tenant.value(), home.tier(), home.place(), wish.tier(), wish.database(), state,
                last == null ? 0 : last.copied(), state == State.FAILED ? failure : "");
    }

    void start(@Observes StartupEvent event) {
        schema.whenReady()
                .subscribe().with(version -> {
                    long timer = vertx.setPeriodic(LOOK.toMillis(), id -> {
                        if (stopped) {
                            vertx.cancelTimer(id);
                        } else {
                            look();
                        }
                    });
                    LOG.debugf("timer %d", timer);
                });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void look() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        Optional<TenantId> next = registry.known().homes().entrySet().stream()
                .filter(wish -> !isThere(homes.of(wish.getKey()), wish.getValue()) && isDue(wish.getKey()))
                .map(Map.Entry::getKey).findFirst();
        if (next.isEmpty()) {
            busy.set(false);
            return;
        }
        move(next.get(), registry.known().homes().getOrDefault(next.get(), SHARED))
                .onTermination().invoke(() -> busy.set(false))
                .subscribe().with(done -> {
                }, failure -> LOG.error("a move ended without saying so", failure));
    }

    private Uni<Void> move(TenantId tenant, WishedHome wish) {
        attempts.put(tenant, new Attempt(0, "", System.nanoTime()));
        LOG.infof("the tenant %s moves to %s %s", tenant, wish.tier().key(), wish.database());
        return mover.move(tenant, wish.tier(), wish.database(), TABLES,
                copied -> attempts.put(tenant, new Attempt(copied, "", System.nanoTime())))
                .invoke(done -> LOG.infof("the tenant %s %s", tenant, done ? "lives in " + homes.of(tenant)
                        : "is being moved by another instance"))
                .onFailure().invoke(failure -> {
                    LOG.warnf("the tenant %s stays where it is, the next attempt follows: %s", tenant, failure);
                    attempts.put(tenant, new Attempt(0, String.valueOf(failure.getMessage()), System.nanoTime()));
                })
                .onFailure().recoverWithItem(false)
                .replaceWithVoid();
    }

    private boolean isDue(TenantId tenant) {
        Attempt last = attempts.get(tenant);
        return last == null || System.nanoTime() - last.atNanos() >= RETRY_NANOS;
    }

    /** Nobody is moved down: a registry that was restored from before a move does not undo it. */
    private static boolean isThere(Home home, WishedHome wish) {
        return home.tier().compareTo(wish.tier()) >= 0;
    }
}
