package io.zeroui.tenant.evidence;

import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.tenant.evidence.KnownReceipts.Conflict;
import io.zeroui.tenant.evidence.KnownReceipts.Sorted;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.journal.JournalLine;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the candidates of a batch; each is one object, also where two have the same bytes. */
final class Settlement {

    private final Map<Candidate, Long> appended = new IdentityHashMap<>();
    private final Map<Candidate, Refusal> conflicts = new IdentityHashMap<>();

    static Settlement of(Sorted sorted) {
        Settlement settlement = new Settlement();
        for (Conflict conflict : sorted.conflicts()) {
            settlement.conflicts.put(conflict.candidate(), conflict.refusal());
        }
        return settlement;
    }

    synchronized void appended(List<Candidate> fresh, List<JournalLine> lines) {
        for (int i = 0; i < fresh.size(); i++) {
            appended.put(fresh.get(i), lines.get(i).entry().sequence());
        }
    }

    /** Its place in the ledger; null where it had been there before, or was not taken. */
    synchronized @Nullable Long sequence(Candidate candidate) {
        return appended.get(candidate);
    }

    /** Why it was not taken; null where the ledger has it. */
    @Nullable
    Refusal conflict(Candidate candidate) {
        return conflicts.get(candidate);
    }
}
