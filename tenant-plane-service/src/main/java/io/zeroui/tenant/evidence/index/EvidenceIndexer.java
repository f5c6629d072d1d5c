package io.zeroui.tenant.evidence.index;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.runtime.tenancy.HomeUnavailable;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import io.zeroui.tenant.evidence.outbox.EvidenceOutbox;
import io.zeroui.tenant.evidence.work.EvidenceConfig;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.policy.history.PolicyHistories;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings ledger lines into the index, one transaction at a time and per tenant in the ledger's order. Lines come from
 * memory as long as they fit, else from the files. A database that is down delays it and loses nothing.
 */
@ApplicationScoped
public class EvidenceIndexer {

    private static final Logger LOG = Logger.getLogger(EvidenceIndexer.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final IndexStore store;
    private final LedgerFiles files;
    private final PolicyHistories histories;
    private final UnindexedReceipts unindexed;
    private final EvidenceOutbox outbox;
    private final EvidenceWorkers workers;
    private final EvidenceConfig config;
    private final Vertx vertx;
    private final Map<TenantId, TenantQueue> queues = new ConcurrentHashMap<>();
    /** Tenants whose histories could not be read. */
    private final Set<TenantId> unread = ConcurrentHashMap.newKeySet();
    private final Queue<TenantQueue> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean stopped;

    EvidenceIndexer(IndexStore store, LedgerFiles files, PolicyHistories histories, UnindexedReceipts unindexed, EvidenceOutbox outbox,
            EvidenceWorkers workers, EvidenceConfig config, Vertx vertx) {
        this.histories = histories;
        this.store = store;
        this.files = files;
        this.unindexed = unindexed;
        this.outbox = outbox;
        this.workers = workers;
        this.config = config;
        this.vertx = vertx;
    }

    /**
     * Completes when the index has everything that a just recovered ledger has. Waits for the database as long as it
     * takes, but fails when it is the tenant's own one that does not answer.
     */
    public Uni<Void> catchUp(OpenLedger ledger) {
        return Uni.createFrom().deferred(() -> {
            TenantQueue queue = queues.computeIfAbsent(ledger.tenant(),
                    tenant -> new TenantQueue(tenant, ledger.lastSequence()));
            queue.reread(ledger.lastSequence());
            wake(queue);
            return queue.whenCaughtUp();
        });
    }

    /** Completes when the index has everything that an opened ledger has now; waits for the database as long as it takes. */
    public Uni<Void> whenIndexed(TenantId tenant) {
        return Uni.createFrom().deferred(() -> {
            TenantQueue queue = queues.get(tenant);
            return queue == null ? Uni.createFrom().voidItem() : queue.whenCaughtUp();
        });
    }

    /**
     * Completes when the index has what an opened ledger has now, whatever comes meanwhile.
     *
     * @return fails with {@link TransientFailure} when that takes longer than {@code patience}
     */
    public Uni<Void> whenIndexedSoFar(TenantId tenant, Duration patience) {
        return Uni.createFrom().deferred(() -> {
            TenantQueue queue = queues.get(tenant);
            return queue == null ? Uni.createFrom().voidItem()
                    : follows(queue, queue.offered(), patience.dividedBy(LOOK_AGAIN));
        });
    }

    private static Uni<Void> follows(TenantQueue queue, long sequence, long looks) {
        Watermark mark = queue.indexed();
        if (mark != null && mark.sequence() >= sequence || !queue.hasWork()) {
            return Uni.createFrom().voidItem();
        }
        return looks <= 0 ? Uni.createFrom().failure(new TransientFailure("the index does not follow the ledger"))
                : Uni.createFrom().voidItem().onItem().delayIt().by(LOOK_AGAIN)
                        .chain(() -> follows(queue, sequence, looks - 1));
    }

    /** Hands over lines of a caught-up ledger that have just become durable, in the ledger's order. */
    public void offer(TenantId tenant, List<LedgerLine> lines) {
        TenantQueue queue = queues.get(tenant);
        if (queue == null) {
            throw new IllegalStateException("the ledger of " + tenant + " was not caught up");
        }
        int kept = queue.offer(lines, held.get() + lines.size() <= config.indexHeldLines());
        int now = held.addAndGet(kept);
        LOG.tracef("%d lines wait for the index", now);
        wake(queue);
    }

    /** Lines that are durable and not indexed, over all tenants. */
    public long lag() {
        return queues.values().stream().mapToLong(TenantQueue::lag).sum();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void wake(TenantQueue queue) {
        if (!queue.isResting() && !turns.contains(queue)) {
            turns.add(queue);
        }
        if (running.compareAndSet(false, true)) {
            turn();
        }
    }

    private void turn() {
        TenantQueue queue = turns.poll();
        if (queue == null || stopped) {
            running.set(false);
            if (!turns.isEmpty() && !stopped && running.compareAndSet(false, true)) {
                turn();
            }
            return;
        }
        step(queue).subscribe().with(done -> {
            queue.succeeded();
            next(queue);
        }, failure -> failed(queue, failure));
    }

    private void next(TenantQueue queue) {
        queue.settle();
        if (queue.hasWork() && !turns.contains(queue)) {
            turns.add(queue);
        }
        vertx.runOnContext(ignored -> turn());
    }

    /** The queue comes again later; the others go on: its tenant may live in a database of its own. */
    private void failed(TenantQueue queue, Throwable failure) {
        Duration pause = queue.failed(config.indexRetryFirst(), config.indexRetryMost());
        if (failure instanceof HomeUnavailable) {
            queue.giveUp(failure);
        }
        LOG.warnf("index of %s: %s; trying again in %s", queue.tenant(), failure, pause);
        LOG.debug("index", failure);
        vertx.setTimer(Math.max(1, pause.toMillis()), timer -> {
            queue.rested();
            wake(queue);
        });
        vertx.runOnContext(ignored -> turn());
    }

    private Uni<Void> step(TenantQueue queue) {
        Watermark mark = queue.indexed();
        return mark == null
                ? begin(queue.tenant()).invoke(found -> moved(queue, found)).replaceWithVoid()
                : queue.isFromFiles() ? stepFromFiles(queue, mark) : index(queue, mark, queue.peek(limit()));
    }

    /** How far the index is; one that is behind what is left of dropped days begins with that. */
    private Uni<Watermark> begin(TenantId tenant) {
        return openHistory(tenant).chain(() -> store.watermark(tenant)).chain(found -> workers.run(() -> files.base(tenant))
                .chain(base -> base.filter(one -> one.sequence() > found.sequence()).map(one -> store.goOnFrom(tenant, one))
                        .orElseGet(() -> Uni.createFrom().item(found))));
    }

    /** A history that cannot be read holds nothing up: receipts are unjudged then, and judged again as soon as somebody can read it. */
    private Uni<Void> openHistory(TenantId tenant) {
        return workers.run(() -> histories.of(tenant).open())
                .invoke(history -> unread.remove(tenant))
                .onFailure().invoke(failure -> unread(tenant, failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private void unread(TenantId tenant, Throwable failure) {
        if (unread.add(tenant)) {
            LOG.errorf("receipts of %s are unjudged until its history of releases can be read: %s", tenant, failure);
        }
    }

    /** While the database takes some lines, the next ones are read and their signatures checked: each costs about as much. */
    private Uni<Void> stepFromFiles(TenantQueue queue, Watermark mark) {
        long offered = queue.offered();
        return queue.takeAhead(mark.position()).map(lines -> Uni.createFrom().item(lines))
                .orElseGet(() -> read(queue.tenant(), mark.position(), offered))
                .invoke(lines -> {
                    if (lines.isEmpty()) {
                        queue.filesEnded(offered);
                    }
                })
                .chain(lines -> lines.size() < limit() ? index(queue, mark, lines)
                        : Uni.join().all(index(queue, mark, lines), readAhead(queue, lines, offered)).andFailFast().replaceWithVoid());
    }

    private Uni<List<LedgerLine>> read(TenantId tenant, @Nullable JournalPosition from, long offered) {
        return workers.run(() -> durable(files.read(tenant, from, limit()), offered));
    }

    private Uni<Void> readAhead(TenantQueue queue, List<LedgerLine> lines, long offered) {
        JournalPosition from = lines.get(lines.size() - 1).journal().after();
        return read(queue.tenant(), from, offered)
                .invoke(next -> queue.keepAhead(from, next))
                .onFailure().invoke(failure -> LOG.debugf("index of %s: %s", queue.tenant(), failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    /** What lies behind the last durable line may still be cut off by its writer. */
    private static List<LedgerLine> durable(List<LedgerLine> lines, long offered) {
        return lines.stream().filter(line -> line.sequence() <= offered).toList();
    }

    private Uni<Void> index(TenantQueue queue, Watermark mark, List<LedgerLine> lines) {
        if (lines.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return base(queue.tenant(), lines)
                .chain(base -> store.index(queue.tenant(), mark.sequence(), lines, base.orElse(null), some -> present(queue.tenant(), some)))
                .invoke(found -> {
                    if (found.sequence() == lines.get(lines.size() - 1).sequence()) {
                        unindexed.indexed(queue.tenant(), lines);
                        outbox.wake();
                    } else {
                        LOG.warnf("index of %s: is at line %d and not at %d; going on from there", queue.tenant(),
                                found.sequence(), mark.sequence());
                    }
                    moved(queue, found);
                }).replaceWithVoid();
    }

    private Uni<Optional<LedgerBase>> base(TenantId tenant, List<LedgerLine> lines) {
        boolean drops = lines.stream().anyMatch(line -> line instanceof LedgerLine.Act act && act.act() instanceof DaysDropped);
        return drops ? workers.run(() -> files.base(tenant)) : Uni.createFrom().item(Optional.empty());
    }

    private Uni<List<LedgerLine>> present(TenantId tenant, List<LedgerLine> lines) {
        return files.isJudgedByPresentKeys(tenant, lines) ? Uni.createFrom().item(lines)
                : workers.run(() -> files.judgedAgain(tenant, lines));
    }

    private void moved(TenantQueue queue, Watermark mark) {
        int now = held.addAndGet(-queue.moved(mark));
        LOG.tracef("%d lines wait for the index", now);
    }

    private int limit() {
        return config.indexBatchLines();
    }
}
