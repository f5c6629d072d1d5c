package io.zeroui.tenant.evidence.standing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.fabric.TrustFolder.Standing;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the trust folders of the tenants whose ledgers are open. A change is first said to whoever judges from now on, then
 * noted with how far the index is, and then the rows up to there are judged anew: so no row is missed, however many are written
 * meanwhile.
 */
@ApplicationScoped
public class KeyWatch {

    private static final Logger LOG = Logger.getLogger(KeyWatch.class);
    private static final int PINS_MOST = 200;
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final EmitterKeys keys;
    private final KeyEvaluationStore store;
    private final KeyEvaluation evaluation;
    private final KeyNews news;
    private final EvidenceWorkers workers;
    private final StandingConfig config;
    private final DatabaseSchema schema;
    private final Vertx vertx;
    private final Clock clock;
    private final Map<TenantId, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean isLate;
    private volatile boolean wasLate;

    KeyWatch(EmitterKeys keys, KeyEvaluationStore store, KeyEvaluation evaluation, KeyNews news, EvidenceWorkers workers,
            StandingConfig config, DatabaseSchema schema, Vertx vertx, Clock clock) {
        this.keys = keys;
        this.store = store;
        this.evaluation = evaluation;
        this.news = news;
        this.workers = workers;
        this.config = config;
        this.schema = schema;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** A tenant's files, what is known of its keys, and what of that is not noted yet. */
    private static final class Watched {
        private final KeyFiles files;
        private final Map<Kid, Hash> known = new HashMap<>();
        private final Map<Kid, KeyChange> unnoted = new ConcurrentHashMap<>();
        private final Set<Kid> unpinned = new LinkedHashSet<>();
        /** Changed since the first look, and no edge has been told. */
        private final Set<Kid> untold = ConcurrentHashMap.newKeySet();
        private boolean isFirst = true;
        /** Before the last look at the database that found nothing to be judged; null before the first. */
        private volatile @Nullable Long settledAtNanos;
        /** After something was noted last. */
        private volatile long notedAtNanos = System.nanoTime();

        Watched(KeyFiles files) {
            this.files = files;
        }
    }

    /** Follows a tenant's keys from now on. Never fails: what could not be noted is noted later. */
    public Uni<Void> opened(TenantId tenant) {
        watched.computeIfAbsent(tenant, id -> new Watched(new KeyFiles(keys.folders(id))));
        return look(tenant)
                .onFailure().invoke(failure -> LOG.warnf("the keys of %s are looked at later: %s", tenant, failure))
                .onFailure().recoverWithNull();
    }

    /** Looks at a tenant's keys now, whose files have just been written. Fails when the change could not be noted. */
    Uni<Void> changed(TenantId tenant) {
        return look(tenant);
    }

    void start(@Observes StartupEvent event) {
        schema.whenReady().subscribe().with(version -> {
            long timer = vertx.setPeriodic(config.look().toMillis(), id -> {
                if (stopped) {
                    vertx.cancelTimer(id);
                } else {
                    turn();
                }
            });
            LOG.debugf("timer %d", timer);
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void turn() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        Multi.createFrom().iterable(List.copyOf(watched.keySet()))
                .onItem().transformToUniAndConcatenate(tenant -> turn(tenant)
                        .onFailure().invoke(failure -> late(tenant, failure))
                        .onFailure().recoverWithNull())
                .collect().last()
                .onTermination().invoke(() -> {
                    wasLate = isLate;
                    isLate = false;
                    busy.set(false);
                })
                .subscribe().with(done -> {
                }, failure -> LOG.error("the keys of tenants are not followed in this turn", failure));
    }

    /** A database that is away is said once and not for every tenant every two seconds. */
    private void late(TenantId tenant, Throwable failure) {
        if (!isLate && !wasLate) {
            LOG.warnf("receipts of %s, and perhaps of others, are judged later: %s", tenant, failure);
        }
        isLate = true;
    }

    private Uni<Void> turn(TenantId tenant) {
        Watched one = watched.get(tenant);
        return one == null ? Uni.createFrom().voidItem()
                : look(tenant).chain(() -> isSettled(one) ? Uni.createFrom().voidItem() : steps(tenant, one, config.stepsInTurn()));
    }

    private static boolean isSettled(Watched one) {
        Long since = one.settledAtNanos;
        return since != null && since - one.notedAtNanos > 0 && System.nanoTime() - since < ASK_AGAIN_NANOS;
    }

    private Uni<Void> steps(TenantId tenant, Watched one, int left) {
        if (left == 0 || stopped) {
            return Uni.createFrom().voidItem();
        }
        long now = System.nanoTime();
        return evaluation.step(tenant).chain(more -> {
            one.settledAtNanos = more ? null : Long.valueOf(now);
            return more ? steps(tenant, one, left - 1) : Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> look(TenantId tenant) {
        Watched one = watched.get(tenant);
        return one == null ? Uni.createFrom().voidItem()
                : workers.run(() -> changes(tenant, one)).chain(changes -> note(tenant, one, changes))
                        .chain(() -> tell(tenant, one));
    }

    private Uni<Void> tell(TenantId tenant, Watched one) {
        List<Kid> kids = List.copyOf(one.untold);
        return kids.isEmpty() ? Uni.createFrom().voidItem()
                : news.tellAll(tenant, kids).invoke(() -> one.untold.removeAll(kids));
    }

    /** A tenant without an index has nobody who holds its writer up: its keys are noted until it has one. */
    private Uni<Void> note(TenantId tenant, Watched one, List<KeyChange> changes) {
        return changes.isEmpty() ? Uni.createFrom().voidItem()
                : store.note(tenant, changes).invoke(target -> {
                    one.notedAtNanos = System.nanoTime();
                    if (target > 0) {
                        changes.forEach(change -> one.unnoted.remove(change.kid(), change));
                    }
                }).replaceWithVoid();
    }

    private List<KeyChange> changes(TenantId tenant, Watched one) throws IOException {
        synchronized (one) {
            List<Kid> touched = one.files.changed(clock.millis());
            one.unpinned.addAll(touched);
            pin(tenant, one.unpinned);
            keys.refresh(tenant, touched);
            List<Kid> changed = new ArrayList<>();
            for (Kid kid : touched) {
                KeyChange now = state(tenant, kid);
                if (!now.digest().equals(one.known.put(kid, now.digest()))) {
                    changed.add(kid);
                    one.unnoted.put(kid, now);
                }
            }
            if (!changed.isEmpty()) {
                keys.changed(tenant, changed);
                LOG.infof("%d keys of %s are new or have changed", changed.size(), tenant);
            }
            if (!one.isFirst) {
                one.untold.addAll(changed);
            }
            one.isFirst = false;
            return List.copyOf(one.unnoted.values());
        }
    }

    /** Writes down which key it is, for keys that somebody put there without a document; some at each look. */
    private void pin(TenantId tenant, Set<Kid> unpinned) throws IOException {
        int left = PINS_MOST;
        for (Iterator<Kid> kids = unpinned.iterator(); kids.hasNext() && left > 0; kids.remove()) {
            if (keys.pin(tenant, kids.next())) {
                left--;
            }
        }
    }

    private KeyChange state(TenantId tenant, Kid kid) {
        Standing standing = keys.standing(tenant, kid);
        return new KeyChange(kid, Hash.of(standing.text().getBytes(StandardCharsets.US_ASCII)), standing.isLimited());
    }
}
