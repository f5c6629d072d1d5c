package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.intake.ReceiptProblem;
import io.zeroui.runtime.intake.StreamOrder;
import io.zeroui.runtime.intake.SubmitOutcome;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.tenant.evidence.IntakeQueue.Work;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.Screened.Refused;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/**
 * Takes receipts in that come over HTTP: the same admission, checks, order and durability as for those from the edges, and one
 * memory of which receipts are known. What it calls stored is in the ledger, synced and journaled.
 */
@ApplicationScoped
public class ReceiptIntake {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int LOOKS_MOST = 250;
    private static final Logger LOG = Logger.getLogger(ReceiptIntake.class);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    private final LedgerStart start;
    private final TenantAdmission admission;
    private final ReceiptScreening screening;
    private final IntakeBudget budget;
    private final IntakeQueue queue;
    private final EvidenceLedger ledger;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private volatile Instant said = Instant.EPOCH;

    ReceiptIntake(LedgerStart start, TenantAdmission admission, ReceiptScreening screening, IntakeBudget budget,
            IntakeQueue queue, EvidenceLedger ledger, EvidenceWorkers workers, Clock clock) {
        this.start = start;
        this.admission = admission;
        this.screening = screening;
        this.budget = budget;
        this.queue = queue;
        this.ledger = ledger;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Takes in what somebody sends who waits for the answer. Refused with 503 when too much of the tenant's is under way.
     *
     * @param lines each without its line feed
     * @param whole whether either all go in or none; if one is refused the others are then {@link SubmitOutcome.Unavailable}
     * @return one outcome per line, in their order; fails with a problem when nothing is promised about any of them. Once
     *         subscribed the work is done even if nobody waits any more
     */
    public Uni<List<SubmitOutcome<LedgerPlace>>> submit(TenantId tenant, List<byte[]> lines, boolean whole) {
        return Uni.createFrom().deferred(() -> {
            if (!budget.tryTake(tenant, lines.size(), bytes(lines))) {
                return Uni.createFrom().failure(ReceiptProblem.unavailable("too many receipts of this tenant are under way"));
            }
            return settled(tenant, lines, whole, new StreamOrder().next());
        });
    }

    /** Takes in lines of a stream, which go in by its order; {@link #ready} says when the next ones may come. */
    public Uni<List<SubmitOutcome<LedgerPlace>>> submitBatch(TenantId tenant, List<byte[]> lines, StreamOrder order) {
        return Uni.createFrom().deferred(() -> {
            budget.take(tenant, lines.size(), bytes(lines));
            return settled(tenant, lines, false, order.next());
        });
    }

    /** Completes when more of the tenant's may come, and after some seconds in any case. */
    public Uni<Boolean> ready(TenantId tenant) {
        return ready(tenant, LOOKS_MOST);
    }

    /** Receipts of the tenant that are under way. */
    public long underWay(TenantId tenant) {
        return budget.lines(tenant);
    }

    private Uni<Boolean> ready(TenantId tenant, int looks) {
        boolean room = budget.hasRoom(tenant) && !ledger.isIndexFarBehind();
        return room || looks == 0 ? Uni.createFrom().item(room)
                : Uni.createFrom().voidItem().onItem().delayIt().by(LOOK_AGAIN).chain(() -> ready(tenant, looks - 1));
    }

    private Uni<List<SubmitOutcome<LedgerPlace>>> settled(TenantId tenant, List<byte[]> lines, boolean whole,
            StreamOrder.Turn turn) {
        Uni<List<SubmitOutcome<LedgerPlace>>> work = admitted(tenant, lines, whole, turn)
                .emitOn(workers.executor())
                .onTermination().invoke(() -> ended(tenant, lines, turn))
                .onFailure(failure -> failure instanceof TransientFailure || failure instanceof RejectedExecutionException)
                .invoke(failure -> say(tenant, failure))
                .onFailure(failure -> failure instanceof TransientFailure || failure instanceof RejectedExecutionException)
                .transform(failure -> ReceiptProblem.unavailable("the ledger cannot take receipts now; try again"));
        return Uni.createFrom().completionStage(() -> work.subscribeAsCompletionStage().copy());
    }

    /** Once in a while: the answer has no more than that it is so. */
    private void say(TenantId tenant, Throwable failure) {
        Instant now = clock.instant();
        if (now.isAfter(said.plus(SAY_AGAIN))) {
            said = now;
            LOG.warnf("receipts of %s are answered 503: %s", tenant, failure.getMessage());
        }
    }

    private void ended(TenantId tenant, List<byte[]> lines, StreamOrder.Turn turn) {
        turn.end();
        budget.giveBack(tenant, lines.size(), bytes(lines));
    }

    private Uni<List<SubmitOutcome<LedgerPlace>>> admitted(TenantId tenant, List<byte[]> lines, boolean whole,
            StreamOrder.Turn turn) {
        if (!start.isRecovered()) {
            return Uni.createFrom().failure(new TransientFailure("the ledgers are being recovered"));
        }
        return admission.admit(tenant).chain(refused -> refused.isPresent()
                ? refuseAll(tenant, lines, refused.get(), turn)
                : screening.screen(tenant, lines, clock.instant())
                        .call(() -> Uni.createFrom().completionStage(turn.before()::copy))
                        .chain(screened -> settle(tenant, screened, whole, turn)));
    }

    private Uni<List<SubmitOutcome<LedgerPlace>>> refuseAll(TenantId tenant, List<byte[]> lines,
            TenantAdmission.Refused refused, StreamOrder.Turn turn) {
        List<DeadLetter> letters = lines.stream()
                .map(line -> DeadLetter.fromHttp(refused.folder(), refused.refusal(), line)).toList();
        return queue.settle(tenant, new Work(List.of(), letters, false), turn::end)
                .map(nothing -> lines.stream().map(line -> refused(refused.refusal())).toList());
    }

    private Uni<List<SubmitOutcome<LedgerPlace>>> settle(TenantId tenant, List<Screened> screened, boolean whole,
            StreamOrder.Turn turn) {
        List<Candidate> candidates = new ArrayList<>(screened.size());
        List<DeadLetter> letters = new ArrayList<>();
        boolean allPassed = true;
        for (Screened one : screened) {
            if (one instanceof Candidate candidate) {
                candidates.add(candidate);
            } else if (one instanceof Refused refused) {
                allPassed = false;
                if (isKept(refused.letter().refusal().reason())) {
                    letters.add(refused.letter());
                }
            }
        }
        List<Candidate> taken = whole && !allPassed ? List.of() : candidates;
        if (taken.isEmpty() && letters.isEmpty()) {
            return Uni.createFrom().item(outcomes(tenant, screened, new Settlement(), whole));
        }
        return queue.settle(tenant, new Work(taken, letters, whole), turn::end)
                .map(settlement -> outcomes(tenant, screened, settlement, whole));
    }

    /** Others are answered only: whoever sends what is no receipt has it still. */
    private static boolean isKept(RefusalReason reason) {
        return reason.isMetadataOnlyRule() || reason == RefusalReason.TENANT_MISMATCH;
    }

    private static List<SubmitOutcome<LedgerPlace>> outcomes(TenantId tenant, List<Screened> screened, Settlement settlement,
            boolean whole) {
        boolean none = whole && screened.stream().anyMatch(
                one -> !(one instanceof Candidate candidate) || settlement.conflict(candidate) != null);
        return screened.stream().map(one -> outcome(tenant, one, settlement, none)).toList();
    }

    private static SubmitOutcome<LedgerPlace> outcome(TenantId tenant, Screened one, Settlement settlement, boolean none) {
        if (one instanceof Refused refused) {
            return refused(refused.letter().refusal());
        }
        Candidate candidate = (Candidate) one;
        ReceiptId id = candidate.arrival().line().header().id();
        Refusal conflict = settlement.conflict(candidate);
        if (conflict != null) {
            return new SubmitOutcome.Refused<>(id, conflict);
        }
        if (none) {
            return new SubmitOutcome.Unavailable<>(id, "another receipt of the same batch is refused");
        }
        Long sequence = settlement.sequence(candidate);
        return new SubmitOutcome.Stored<>(id, new LedgerPlace(tenant, candidate.arrival().line().hash(), sequence),
                sequence == null, false);
    }

    private static SubmitOutcome<LedgerPlace> refused(Refusal refusal) {
        return new SubmitOutcome.Refused<>(null, refusal);
    }

    private static long bytes(List<byte[]> lines) {
        return lines.stream().mapToLong(line -> line.length).sum();
    }
}
