package io.zeroui.ide.receipts.intake;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.ide.receipts.ReceiptCheck.Failed;
import io.zeroui.ide.receipts.ReceiptCheck.Passed;
import io.zeroui.ide.receipts.ReceiptCheck.Verdict;
import io.zeroui.ide.receipts.claims.Claim;
import io.zeroui.ide.receipts.claims.ReceiptClaims;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.runtime.intake.SubmitOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are submitted together, on their way. Every line ends with exactly one outcome. A step touches it from one
 * thread at a time.
 */
final class Submission {

    /** A checked line whose id this submission holds. */
    record Held(int place, Passed passed, Claim claim) {
    }

    /** A checked line whose id somebody else holds. */
    record Contested(int place, Passed passed, Claim first) {
    }

    private final List<byte[]> lines;
    private final List<@Nullable SubmitOutcome<StoredReceipt>> outcomes;

    Submission(List<byte[]> lines) {
        this.lines = lines;
        this.outcomes = new ArrayList<>(Collections.nCopies(lines.size(), null));
    }

    List<byte[]> lines() {
        return lines;
    }

    /** What the check let pass; the others have their outcome. */
    List<Integer> accept(List<Verdict> verdicts, List<Passed> passed) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < verdicts.size(); place++) {
            if (verdicts.get(place) instanceof Passed good) {
                places.add(place);
                passed.add(good);
            } else {
                set(place, new SubmitOutcome.Refused<>(null, ((Failed) verdicts.get(place)).refusal()));
            }
        }
        return places;
    }

    /** Takes the claims that are free and lists those that are not. */
    static void claim(ReceiptClaims claims, int place, Passed passed, List<Held> held, List<Contested> contested) {
        Claim own = claims.propose(passed.line().header().id(), passed.line().hash());
        Claim first = claims.claim(own);
        if (first == own) {
            held.add(new Held(place, passed, own));
        } else {
            contested.add(new Contested(place, passed, first));
        }
    }

    /** Gives lines that the index knows their outcome; returns those that it does not know. */
    List<Held> settleKnown(ReceiptClaims claims, List<Held> held, Optional<Map<ReceiptId, StoredReceipt>> known) {
        List<Held> fresh = new ArrayList<>();
        for (Held line : held) {
            StoredReceipt stored = known.map(found -> found.get(line.claim().id())).orElse(null);
            if (stored == null) {
                fresh.add(line);
            } else {
                claims.indexed(line.claim(), stored);
                compare(line.place(), line.passed(), stored, false);
            }
        }
        return fresh;
    }

    /** The outcome of a line whose id has been stored by somebody. */
    void compare(int place, Passed passed, StoredReceipt stored, boolean deferred) {
        ReceiptId id = passed.line().header().id();
        set(place, stored.hash().equals(passed.line().hash())
                ? new SubmitOutcome.Stored<>(id, stored, true, deferred)
                : new SubmitOutcome.Refused<>(id, new Refusal(RefusalReason.CONFLICTING_DUPLICATE,
                        "another receipt " + id + " is stored, with hash " + stored.hash(), "/receipt_id")));
    }

    void stored(Held line, StoredReceipt stored, boolean deferred) {
        set(line.place(), new SubmitOutcome.Stored<>(line.claim().id(), stored, false, deferred));
    }

    void unavailable(int place, Passed passed, String detail) {
        set(place, new SubmitOutcome.Unavailable<>(passed.line().header().id(), detail));
    }

    List<SubmitOutcome<StoredReceipt>> outcomes() {
        return outcomes.stream().map(Objects::requireNonNull).toList();
    }

    @SuppressWarnings("CheckReturnValue")
    private void set(int place, SubmitOutcome<StoredReceipt> outcome) {
        outcomes.set(place, outcome);
    }
}
