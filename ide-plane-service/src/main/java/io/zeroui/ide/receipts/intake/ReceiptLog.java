package io.zeroui.ide.receipts.intake;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.ide.receipts.ReceiptCheck;
import io.zeroui.ide.receipts.ReceiptCheck.Failed;
import io.zeroui.ide.receipts.ReceiptCheck.Passed;
import io.zeroui.ide.receipts.ReceiptCheck.Verdict;
import io.zeroui.ide.receipts.ReceiptEntry;
import io.zeroui.ide.receipts.ReceiptFiles;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.claims.CatchUp;
import io.zeroui.ide.receipts.claims.ReceiptClaims;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.ide.receipts.index.IndexQueue;
import io.zeroui.ide.receipts.index.IndexQueue.Appended;
import io.zeroui.ide.receipts.index.UniquenessLookup;
import io.zeroui.ide.receipts.intake.Submission.Contested;
import io.zeroui.ide.receipts.intake.Submission.Held;
import io.zeroui.ide.receipts.quarantine.ReceiptQuarantine;
import io.zeroui.runtime.fabric.AppendLog;
import io.zeroui.runtime.fabric.AppendRequest;
import io.zeroui.runtime.fabric.FabricBusyException;
import io.zeroui.runtime.fabric.FabricFullException;
import io.zeroui.runtime.fabric.FilePosition;
import io.zeroui.runtime.intake.StreamOrder;
import io.zeroui.runtime.intake.SubmitOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes receipts in: check, claim of the id, look into the index, durable append. What it calls stored is on the disk, byte
 * for byte, and stays this edge's receipt of that id; the index, the outbox and the rest follow behind.
 */
@ApplicationScoped
public class ReceiptLog {

    private static final int MAX_TRIES = 3;
    private static final Duration SLOW_DOWN_MOST = Duration.ofSeconds(1);

    private final ReceiptsConfig config;
    private final ReceiptCheck check;
    private final ReceiptWorkers workers;
    private final ReceiptFiles files;
    private final ReceiptClaims claims;
    private final UniquenessLookup lookup;
    private final AppendLog log;
    private final IndexQueue queue;
    private final CatchUp catchUp;
    private final ReceiptQuarantine quarantine;
    private final IntakeMetrics metrics;

    ReceiptLog(ReceiptsConfig config, ReceiptCheck check, ReceiptWorkers workers, ReceiptFiles files,
            ReceiptClaims claims, UniquenessLookup lookup, AppendLog log, IndexQueue queue, CatchUp catchUp,
            ReceiptQuarantine quarantine, IntakeMetrics metrics) {
        this.config = config;
        this.check = check;
        this.workers = workers;
        this.files = files;
        this.claims = claims;
        this.lookup = lookup;
        this.log = log;
        this.queue = queue;
        this.catchUp = catchUp;
        this.quarantine = quarantine;
        this.metrics = metrics;
    }

    /**
     * Takes lines in, each without its line feed and at most as long as configured.
     *
     * @param owner the only tenant whose receipts the caller may send; null where it may send any
     * @param order the stream that the lines are of: what was submitted in it before claims its ids before
     * @return one outcome per line, in their order; fails only when too much is under way. Once subscribed the work is
     *         done even if nobody waits for the outcome any more
     */
    public Uni<List<SubmitOutcome<StoredReceipt>>> submit(List<byte[]> lines, @Nullable TenantId owner, StreamOrder order) {
        Submission submission = new Submission(lines);
        List<Passed> passed = new ArrayList<>();
        StreamOrder.Turn turn = order.next();
        Uni<List<SubmitOutcome<StoredReceipt>>> work = workers.check(() -> check(lines, owner))
                .call(() -> Uni.createFrom().completionStage(turn.before()::copy))
                .chain(verdicts -> store(submission, submission.accept(verdicts, passed), passed, MAX_TRIES, turn))
                .onTermination().invoke(turn::end)
                .map(done -> submission.outcomes())
                .call(outcomes -> keepViolations(lines, outcomes))
                .invoke(metrics::count);
        return Uni.createFrom().completionStage(() -> work.subscribeAsCompletionStage().copy());
    }

    /** Completes when more may be submitted in bulk: slows streams down to what the index can follow. */
    public Uni<Boolean> ready() {
        return lookup.isAnswering() ? queue.room(SLOW_DOWN_MOST) : Uni.createFrom().item(true);
    }

    private List<Verdict> check(List<byte[]> lines, @Nullable TenantId owner) {
        Instant now = Instant.now();
        return lines.stream().map(line -> owned(check.check(line, now), owner)).toList();
    }

    /** A caller that works for one tenant sends this tenant's receipts only. */
    private static Verdict owned(Verdict verdict, @Nullable TenantId owner) {
        if (owner != null && verdict instanceof Passed passed && !passed.tenantId().equals(owner)) {
            return new Failed(new Refusal(RefusalReason.TENANT_MISMATCH, "the receipt is tenant " + passed.tenantId()
                    + "'s, the credential is for " + owner, "/tenant_id"));
        }
        return verdict;
    }

    private Uni<Void> store(Submission submission, List<Integer> places, List<Passed> passed, int tries,
            StreamOrder.Turn turn) {
        List<Held> held = new ArrayList<>();
        List<Contested> contested = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Submission.claim(claims, places.get(i), passed.get(i), held, contested);
        }
        turn.end();
        Uni<Void> own = held.isEmpty() ? Uni.createFrom().voidItem() : storeHeld(submission, held);
        return own.chain(() -> waitForOthers(submission, contested, tries, turn));
    }

    private Uni<Void> storeHeld(Submission submission, List<Held> held) {
        return lookup.find(held.stream().map(line -> line.claim().id()).toList()).chain(known -> {
            List<Held> fresh = submission.settleKnown(claims, held, known);
            Map<Path, List<Held>> byFile = new LinkedHashMap<>();
            Instant now = Instant.now();
            fresh.forEach(line -> byFile.computeIfAbsent(files.fileOf(line.passed().line().header().repoId(), now),
                    file -> new ArrayList<>()).add(line));
            List<Uni<Void>> appends = new ArrayList<>();
            byFile.forEach((file, lines) -> appends.add(append(submission, file, lines, known.isPresent())));
            return all(appends);
        });
    }

    private Uni<Void> append(Submission submission, Path file, List<Held> lines, boolean isNew) {
        String name = files.root().relative(file);
        List<AppendRequest> requests = lines.stream()
                .map(line -> new AppendRequest(file, line.passed().line().bytes())).toList();
        return Uni.createFrom().deferred(() -> {
            queue.begin(name);
            return log.append(requests);
        })
                .invoke(positions -> appended(submission, name, lines, positions, isNew))
                .replaceWithVoid()
                .onFailure().invoke(failure -> failed(submission, name, lines, failure))
                .onFailure().recoverWithNull();
    }

    private void appended(Submission submission, String file, List<Held> lines, List<FilePosition> positions,
            boolean isNew) {
        List<Appended> entries = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Held line = lines.get(i);
            FilePosition at = positions.get(i);
            ReceiptEntry entry = ReceiptEntry.of(line.passed().line(), line.passed().tenantId(),
                    new LinePosition(file, at.offset(), at.length()));
            entries.add(new Appended(entry, isNew));
            StoredReceipt stored = StoredReceipt.of(entry);
            claims.stored(line.claim(), stored);
            submission.stored(line, stored, !isNew);
        }
        queue.offer(file, entries);
    }

    private void failed(Submission submission, String file, List<Held> lines, Throwable failure) {
        queue.gaveUp(file);
        if (!(failure instanceof FabricBusyException)) {
            catchUp.fellBehind(); // some of the lines may be in the file all the same
        }
        metrics.appendFailed(failure);
        for (Held line : lines) {
            claims.release(line.claim());
            submission.unavailable(line.place(), line.passed(), explain(failure));
        }
    }

    private static String explain(Throwable failure) {
        if (failure instanceof FabricBusyException) {
            return "too much is waiting for the disk";
        }
        return failure instanceof FabricFullException ? "the disk is full" : "the receipt could not be made durable";
    }

    /** Compares with what the first one stored; tries itself where the first one gave up. */
    private Uni<Void> waitForOthers(Submission submission, List<Contested> contested, int tries, StreamOrder.Turn turn) {
        return all(contested.stream().map(line -> waitFor(submission, line, tries, turn)).toList());
    }

    private Uni<Void> waitFor(Submission submission, Contested line, int tries, StreamOrder.Turn turn) {
        return line.first().settled()
                .ifNoItem().after(config.claimTimeout()).fail()
                .chain(stored -> {
                    if (stored.isPresent()) {
                        submission.compare(line.place(), line.passed(), stored.get(), !catchUp.isComplete());
                        return Uni.createFrom().voidItem();
                    }
                    if (tries <= 1) {
                        submission.unavailable(line.place(), line.passed(), "a receipt of the same id could not be stored");
                        return Uni.createFrom().voidItem();
                    }
                    return store(submission, List.of(line.place()), List.of(line.passed()), tries - 1, turn);
                })
                .onFailure().invoke(timeout -> submission.unavailable(line.place(), line.passed(),
                        "a receipt of the same id is being stored"))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> keepViolations(List<byte[]> lines, List<SubmitOutcome<StoredReceipt>> outcomes) {
        List<Uni<Void>> kept = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof SubmitOutcome.Refused<StoredReceipt> refused
                    && refused.refusal().reason().isMetadataOnlyRule()) {
                kept.add(quarantine.keepSubmitted(lines.get(i), refused.refusal())
                        .onFailure().invoke(metrics::quarantineFailed)
                        .onFailure().recoverWithNull());
            }
        }
        return all(kept);
    }

    private static Uni<Void> all(List<Uni<Void>> parts) {
        return switch (parts.size()) {
            case 0 -> Uni.createFrom().voidItem();
            case 1 -> parts.get(0);
            default -> Multi.createFrom().iterable(parts)
                    .onItem().transformToUni(part -> part)
                    .merge(parts.size())
                    .collect().asList()
                    .replaceWithVoid();
        };
    }
}
