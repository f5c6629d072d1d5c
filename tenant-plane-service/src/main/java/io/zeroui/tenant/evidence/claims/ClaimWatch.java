package io.zeroui.tenant.evidence.claims;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.AffectedClaims;
import io.zeroui.contracts.policy.claims.PolicyHistory;
import io.zeroui.contracts.policy.claims.PolicyStanding;
import io.zeroui.tenant.evidence.claims.ClaimStore.Candidate;
import io.zeroui.tenant.evidence.claims.ClaimStore.Change;
import io.zeroui.tenant.evidence.claims.ClaimStore.Judged;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.policy.history.PolicyHistories;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Follows the histories of the tenants whose ledgers are open. The writer of the index judges by the history of its moment; what it
 * wrote before a line was added is judged again, as far as the line can matter to it, and then noted. What a crash interrupts begins again.
 */
@ApplicationScoped
public class ClaimWatch {

    private static final Logger LOG = Logger.getLogger(ClaimWatch.class);

    private final PolicyHistories histories;
    private final ClaimStore store;
    private final ClaimConfig config;
    private final EvidenceWorkers workers;
    private final Vertx vertx;
    private final Counter changed;
    private final Set<TenantId> opened = ConcurrentHashMap.newKeySet();
    /** By how many lines the rows of a tenant are judged, as this process knows. */
    private final Map<TenantId, Long> settled = new ConcurrentHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long timer;
    private volatile boolean stopped;

    ClaimWatch(PolicyHistories histories, ClaimStore store, ClaimConfig config, EvidenceWorkers workers, Vertx vertx,
            MeterRegistry metrics) {
        this.workers = workers;
        this.histories = histories;
        this.store = store;
        this.config = config;
        this.vertx = vertx;
        this.changed = Counter.builder("zeroui_ledger_policy_standing_changed")
                .description("Receipts whose policies stand otherwise since the tenant's history of releases grew").register(metrics);
    }

    /** Follows a tenant's history from now on; its rows are caught up. */
    public void opened(TenantId tenant) {
        if (opened.add(tenant)) {
            LOG.debugf("the policies of %s are followed", tenant);
        }
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.look().toMillis(), id -> turn());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void turn() {
        if (stopped || !busy.compareAndSet(false, true)) {
            return;
        }
        Multi.createFrom().iterable(List.copyOf(opened))
                .onItem().transformToUniAndConcatenate(tenant -> look(tenant)
                        .onFailure().invoke(failure -> LOG.warnf("policies that receipts of %s name are judged later: %s", tenant, failure))
                        .onFailure().recoverWithNull())
                .collect().last()
                .onTermination().invoke(() -> busy.set(false))
                .subscribe().with(done -> {
                }, failure -> LOG.error("policies that receipts name are not judged in this turn", failure));
    }

    private Uni<Void> look(TenantId tenant) {
        return workers.read(() -> histories.of(tenant).open()).chain(history -> {
            long lines = history.lines();
            return lines == settled.getOrDefault(tenant, -1L) ? Uni.createFrom().voidItem()
                    : store.judged(tenant).chain(judged -> judged.isEmpty() ? Uni.createFrom().item(false)
                            : settle(tenant, history, lines, judged.get()))
                            .invoke(done -> {
                                if (done) {
                                    settled.put(tenant, lines);
                                }
                            }).replaceWithVoid();
        });
    }

    /** False when it has to wait. */
    private Uni<Boolean> settle(TenantId tenant, PolicyHistory history, long lines, Judged judged) {
        return judged.lines() == lines ? Uni.createFrom().item(true)
                : again(tenant, history, history.affectedSince(judged.lines()), 0, judged.last())
                        .chain(whole -> whole ? store.settle(tenant, judged, lines) : Uni.createFrom().item(false));
    }

    private Uni<Boolean> again(TenantId tenant, PolicyHistory history, AffectedClaims affected, long from, long to) {
        if (stopped) {
            return Uni.createFrom().item(false);
        }
        return store.list(tenant, affected, from, to).chain(rows -> {
            List<Change> changes = changes(history, rows);
            Uni<Boolean> written = changes.isEmpty() ? Uni.createFrom().item(true) : store.write(tenant, changes);
            return written.chain(free -> {
                if (free) {
                    changed.increment(changes.size());
                }
                return free && rows.size() == ClaimStore.STEP
                        ? again(tenant, history, affected, rows.get(rows.size() - 1).sequence(), to)
                        : Uni.createFrom().item(free);
            });
        });
    }

    private static List<Change> changes(PolicyHistory history, List<Candidate> rows) {
        List<Change> changes = new ArrayList<>();
        for (Candidate row : rows) {
            PolicyStanding now = history.judge(row.claim());
            if (now != row.standing()) {
                changes.add(new Change(row.receiptId(), now));
            }
        }
        return changes;
    }
}
