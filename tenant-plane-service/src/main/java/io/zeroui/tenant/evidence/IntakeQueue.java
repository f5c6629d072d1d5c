package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for the ledger, by tenant. While one batch of a tenant is in the ledger's lane the next one gathers, so that many
 * single receipts share a sync, and a tenant has one place in the lane however much it sends. {@link IntakeBudget} bounds what
 * waits.
 */
@ApplicationScoped
class IntakeQueue {

    /**
     * Receipts that go in together.
     *
     * @param candidates of one tenant
     * @param letters what is kept aside in any case
     * @param whole whether none goes in where one conflicts with the ledger
     */
    record Work(List<Candidate> candidates, List<DeadLetter> letters, boolean whole) {
    }

    private record Entry(Work work, UniEmitter<? super Settlement> emitter) {
    }

    private final EvidenceLedger ledger;
    private final int commitLines;
    /** Tenants with a batch in the lane, and what waits behind it. */
    private final Map<TenantId, Deque<Entry>> waiting = new HashMap<>();

    IntakeQueue(EvidenceLedger ledger, IntakeConfig config) {
        this.ledger = ledger;
        this.commitLines = config.commitLines();
    }

    /**
     * Settles the work with what else waits; fails as {@link EvidenceLedger#settle}.
     *
     * @param entered run when the work has its place in the order
     */
    Uni<Settlement> settle(TenantId tenant, Work work, Runnable entered) {
        return Uni.createFrom().emitter(emitter -> {
            Entry entry = new Entry(work, emitter);
            boolean first = enter(tenant, entry);
            entered.run();
            if (first) {
                commit(tenant, List.of(entry));
            }
        });
    }

    /** Returns whether nothing of the tenant's is in the lane: then it goes in at once. */
    private boolean enter(TenantId tenant, Entry entry) {
        synchronized (waiting) {
            Deque<Entry> before = waiting.putIfAbsent(tenant, new ArrayDeque<>());
            return before == null || !before.add(entry);
        }
    }

    private void commit(TenantId tenant, List<Entry> entries) {
        List<Candidate> candidates = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        for (Entry entry : entries) {
            candidates.addAll(entry.work().candidates());
            letters.addAll(entry.work().letters());
        }
        ledger.settle(candidates, letters, entries.get(0).work().whole()).subscribe().with(settlement -> {
            next(tenant);
            entries.forEach(entry -> entry.emitter().complete(settlement));
        }, failure -> {
            next(tenant);
            entries.forEach(entry -> entry.emitter().fail(failure));
        });
    }

    private void next(TenantId tenant) {
        List<Entry> entries = new ArrayList<>();
        synchronized (waiting) {
            Deque<Entry> queue = waiting.get(tenant);
            if (queue == null || queue.isEmpty()) {
                waiting.remove(tenant);
                return;
            }
            int lines = 0;
            do {
                Entry entry = queue.remove();
                entries.add(entry);
                lines += entry.work().candidates().size();
            } while (!queue.isEmpty() && lines < commitLines && !entries.get(0).work().whole() && !queue.peek().work().whole());
        }
        commit(tenant, entries);
    }
}
