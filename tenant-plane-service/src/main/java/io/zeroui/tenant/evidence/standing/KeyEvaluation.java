package io.zeroui.tenant.evidence.standing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import io.zeroui.tenant.evidence.standing.KeyEvaluationStore.Candidate;
import io.zeroui.tenant.evidence.standing.KeyEvaluationStore.Judged;
import io.zeroui.tenant.evidence.standing.KeyEvaluationStore.Open;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Judges the rows of changed keys anew, from the lines in the evidence files, in steps: each is one transaction that also notes
 * how far it came. A step that is lost is done again, a step that is done twice changes nothing.
 */
@ApplicationScoped
class KeyEvaluation {

    private static final Logger LOG = Logger.getLogger(KeyEvaluation.class);

    /** Ledger lines of one step, whoever signed them. */
    private static final int STEP = 2_000;

    private static final int MIN_PART = 64;

    private final KeyEvaluationStore store;
    private final LedgerFiles files;
    private final EvidenceWorkers workers;
    private final Counter changed;

    KeyEvaluation(KeyEvaluationStore store, LedgerFiles files, EvidenceWorkers workers, MeterRegistry metrics) {
        this.store = store;
        this.files = files;
        this.workers = workers;
        this.changed = Counter.builder("zeroui_ledger_signature_status_changed")
                .description("Receipts whose signature status changed after their key's files did").register(metrics);
    }

    /** Does one step for a tenant; false when there is nothing to do. Fails with {@link NotNow} when it has to wait. */
    Uni<Boolean> step(TenantId tenant) {
        return store.listOpen(tenant).chain(open -> open.isEmpty() ? Uni.createFrom().item(false)
                : step(tenant, together(open), end(open)).replaceWith(true));
    }

    private Uni<Void> step(TenantId tenant, List<Open> keys, long to) {
        List<Kid> kids = keys.stream().map(Open::kid).toList();
        return store.list(tenant, kids, keys.get(0).evaluatedTo(), to)
                .chain(rows -> judge(tenant, rows))
                .chain(judged -> store.write(tenant, keys, to, judged))
                .invoke(count -> {
                    changed.increment(count);
                    LOG.debugf("%d keys of %s: judged up to %d, %d receipts have another status", keys.size(), tenant, to, count);
                })
                .replaceWithVoid();
    }

    /** Those that are equally far. */
    private static List<Open> together(List<Open> open) {
        return open.stream().filter(key -> key.evaluatedTo() == open.get(0).evaluatedTo()).toList();
    }

    /** Where they meet the next ones, have reached the end of one of them, or have done enough. */
    private static long end(List<Open> open) {
        long from = open.get(0).evaluatedTo();
        long to = from + STEP;
        for (Open key : open) {
            to = Math.min(to, key.evaluatedTo() > from ? key.evaluatedTo() : key.target());
        }
        return to;
    }

    private Uni<List<Judged>> judge(TenantId tenant, List<Candidate> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int part = Math.max(MIN_PART, (rows.size() + cores - 1) / cores);
        List<Uni<List<Judged>>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += part) {
            List<Candidate> some = rows.subList(from, Math.min(rows.size(), from + part));
            parts.add(workers.run(() -> judgeNow(tenant, some)));
        }
        return Uni.join().all(parts).andFailFast().map(found -> found.stream().flatMap(List::stream).toList());
    }

    private List<Judged> judgeNow(TenantId tenant, List<Candidate> rows) throws IOException {
        List<Judged> judged = new ArrayList<>(rows.size());
        for (Candidate row : rows) {
            byte[] line = files.bytes(row.file(), row.offset(), row.length());
            if (ErasedLine.read(line).isEmpty()) { // its row goes in a moment
                judged.add(new Judged(row.receiptId(), files.signature(tenant, line, row.receivedAt())));
            }
        }
        return judged;
    }
}
