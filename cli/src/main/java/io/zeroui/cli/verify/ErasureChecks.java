package io.zeroui.cli.verify;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.cli.verify.JournalFiles.Place;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.ledger.acts.LedgerAct.Erasure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whether what is missing was erased lawfully: a line is gone exactly where a tombstone in the log says so. A tombstone is
 * journaled before its line goes, so in a ledger in use a line may be read before and its tombstone after; what looks wrong only
 * because of that is looked at again.
 */
final class ErasureChecks {

    private final Findings findings;
    private final FileSizes sizes;
    private final LedgerStart start;
    private final Map<Long, Gone> gone = new HashMap<>();
    private final Map<Long, Tombstone> tombstones = new HashMap<>();

    ErasureChecks(LedgerStart start, FileSizes sizes, Findings findings) {
        this.start = start;
        this.findings = findings;
        this.sizes = sizes;
    }

    /** A line that is not there any more. */
    private record Gone(ReceiptId receiptId, Path file, long offset, boolean inJournal) {
    }

    /** What says so. */
    private record Tombstone(Erasure act, long sequence, Path file, long offset) {
    }

    /** Finds out which of these journal lines are erased now. */
    interface SecondLook {
        Set<Long> erasedNow(Set<Long> sequences) throws IOException;
    }

    /** Whether the place of a line that the journal has as a receipt is blanked; then the line is looked at here. */
    boolean isBlanked(JournalEntry entry, Path file, byte[] bytes) {
        if (ErasedLine.read(bytes).isEmpty()) {
            return false;
        }
        gone.put(entry.sequence(), new Gone(entry.receiptId(), file, entry.offset(), false));
        return true;
    }

    /** Takes what stands in the place of an erased line. */
    void erased(ErasedEntry entry, Path file, byte[] bytes) {
        gone.put(entry.sequence(), new Gone(entry.receiptId(), file, entry.offset(), true));
        boolean isWhatIsLeft = ErasedLine.read(bytes)
                .filter(left -> left.receiptId().equals(entry.receiptId()) && Arrays.equals(left.bytes(bytes.length), bytes))
                .isPresent();
        if (!isWhatIsLeft) {
            findings.add(Kind.ERASURE_UNDONE, file, entry.offset(), "line " + entry.sequence() + ", receipt " + entry.receiptId()
                    + ", is erased, and something else is in its place");
        }
    }

    /** Takes an act. */
    void act(Place place, ActEntry entry) {
        if (!entry.isCommitted()) {
            findings.add(Kind.COMMITMENT, place.file(), place.offset(),
                    "the statement of line " + entry.sequence() + " does not have the commitment that the journal notes");
        }
        try {
            LedgerAct act = ActCodec.read(entry.statement());
            if (act instanceof Erasure erasure && erasure.sequence() > start.sequence()) {
                tombstones.put(erasure.sequence(), new Tombstone(erasure, entry.sequence(), place.file(), place.offset()));
            }
        } catch (IllegalArgumentException e) {
            findings.add(Kind.JOURNAL_DAMAGED, place.file(), place.offset(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Compares lines with tombstones when all was read.
     *
     * @param logged how many lines the checkpoint has
     * @return how many lines are erased lawfully
     */
    long finish(long logged, SecondLook again) throws IOException {
        Set<Long> unfinished = new HashSet<>();
        tombstones.forEach((sequence, tombstone) -> {
            Gone line = gone.get(sequence);
            if (line == null || !line.inJournal()) {
                unfinished.add(sequence);
            }
        });
        Set<Long> erasedNow = unfinished.isEmpty() ? Set.of() : again.erasedNow(unfinished);
        unfinished.removeAll(erasedNow);
        long lawful = erasedNow.size();
        for (Map.Entry<Long, Tombstone> each : tombstones.entrySet()) {
            Tombstone tombstone = each.getValue();
            if (unfinished.contains(each.getKey())) {
                findings.add(Kind.ERASURE_UNDONE, tombstone.file(), tombstone.offset(), "line " + tombstone.sequence()
                        + " says that receipt " + tombstone.act().receiptId() + " is erased, and it is still there");
            }
        }
        for (Map.Entry<Long, Gone> each : gone.entrySet()) {
            if (isLawful(each.getKey(), each.getValue(), logged)) {
                lawful += unfinished.contains(each.getKey()) || erasedNow.contains(each.getKey()) ? 0 : 1;
            }
        }
        return lawful;
    }

    private boolean isLawful(long sequence, Gone line, long logged) {
        Tombstone tombstone = tombstones.get(sequence);
        if (tombstone == null || !tombstone.act().receiptId().equals(line.receiptId()) || tombstone.sequence() <= sequence) {
            findings.add(Kind.LINE_BLANKED, line.file(), line.offset(),
                    "line " + sequence + ", receipt " + line.receiptId() + ", is blanked, and no tombstone says why");
            return false;
        }
        boolean wasThere = tombstone.offset() < sizes.of(tombstone.file());
        if (tombstone.sequence() > logged && wasThere) {
            findings.add(Kind.TOMBSTONE_UNSIGNED, tombstone.file(), tombstone.offset(),
                    "the tombstone of receipt " + line.receiptId() + " is in no signed checkpoint: anybody can have written it");
            return false;
        }
        return true;
    }
}
