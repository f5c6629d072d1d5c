package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.receipts.ReceiptLine;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.journal.LedgerFolders.EvidenceFile;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds lines of evidence files that the journal does not have, and makes their entries. Blocking. */
@ApplicationScoped
class UnjournaledLines {

    /**
     * What was found.
     *
     * @param lastSequence the journal's last sequence
     * @param lastDay its last day
     * @param lastTime when its last line was taken in
     * @param entries new entries, in the ledger's order, to be written to the journal
     * @param refused lines that are no receipts of this tenant
     * @param cuts files that end in refused lines, with the size they should have
     */
    record Found(long lastSequence, LocalDate lastDay, Instant lastTime, List<JournalEntry> entries, List<DeadLetter> refused,
            Map<Path, Long> cuts) {
    }

    /** A journal's last line. */
    private record Last(long sequence, Instant time) {
        static final Last NONE = new Last(0, Instant.EPOCH);
    }

    private static final int READ_LINES = 1024;
    private static final int READ_BYTES = 4 << 20;

    private final LedgerFolders folders;
    private final JournalReader journals;
    private final EmitterKeys keys;
    private final Clock clock;
    private final ReceiptInspector inspector = ReceiptInspector.withDefaults();
    private final LineReader reader = new LineReader(1 << 20);

    UnjournaledLines(LedgerFolders folders, JournalReader journals, EmitterKeys keys, Clock clock) {
        this.folders = folders;
        this.journals = journals;
        this.keys = keys;
        this.clock = clock;
    }

    Found find(TenantId tenant) throws IOException {
        List<LocalDate> days = folders.listJournalDays(tenant);
        LocalDate first = days.isEmpty() ? LocalDate.MIN : days.get(days.size() - 1);
        Map<Path, Long> journaledEnds = new HashMap<>();
        Last last = days.isEmpty() ? Last.NONE : scanDay(tenant, first, journaledEnds);
        for (int i = days.size() - 2; i >= 0 && last.sequence() == 0; i--) {
            last = scanDay(tenant, days.get(i), new HashMap<>());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Search search = new Search(tenant, last.sequence(), now.isBefore(last.time()) ? last.time() : now);
        for (EvidenceFile file : folders.listEvidenceFrom(tenant, first)) {
            search.file(file, journaledEnds.getOrDefault(file.path(), 0L));
        }
        return new Found(last.sequence(), first, last.time(), search.entries, search.refused, search.cuts);
    }

    /** The last line of one day's journal, and how far the day accounts for each evidence file. */
    private Last scanDay(TenantId tenant, LocalDate day, Map<Path, Long> ends) {
        Last last = Last.NONE;
        JournalPosition position = new JournalPosition(day, 0);
        while (true) {
            List<JournalLine> lines = journals.readDay(tenant, position, READ_LINES);
            if (lines.isEmpty()) {
                return last;
            }
            for (JournalLine line : lines) {
                JournalRecord record = line.entry();
                last = last.sequence() > record.sequence() ? last : new Last(record.sequence(), record.receivedAt());
                if (record instanceof JournalEntry entry) {
                    ends.merge(folders.evidence(tenant, entry), entry.end(), Math::max);
                } else if (record instanceof ErasedEntry erased) {
                    ends.merge(folders.evidence(tenant, erased), erased.end(), Math::max);
                }
                position = line.after();
            }
        }
    }

    /** One search through a tenant's files. */
    private final class Search {
        private final TenantId tenant;
        private final long lastSequence;
        private final Instant now;
        private final List<JournalEntry> entries = new ArrayList<>();
        private final List<DeadLetter> refused = new ArrayList<>();
        private final Map<Path, Long> cuts = new LinkedHashMap<>();

        Search(TenantId tenant, long lastSequence, Instant now) {
            this.tenant = tenant;
            this.lastSequence = lastSequence;
            this.now = now;
        }

        void file(EvidenceFile file, long journaledEnd) throws IOException {
            long next = journaledEnd;
            long goodEnd = journaledEnd;
            ReadResult result;
            do {
                result = reader.read(file.path(), next, READ_LINES, READ_BYTES);
                for (Line line : result.lines()) {
                    goodEnd = accept(file, line) ? line.end() : goodEnd;
                }
                next = result.nextOffset();
            } while (result.more());
            if (goodEnd < next) {
                cuts.put(file.path(), goodEnd);
            }
        }

        private boolean accept(EvidenceFile file, Line line) {
            if (!(line instanceof Line.Complete complete)) {
                refuse(file, line.offset(), ((Line.Oversized) line).prefix(),
                        Refusal.of(RefusalReason.TOO_LARGE, "a line of " + line.length() + " bytes"));
                return false;
            }
            if (lastSequence == 0 && ErasedLine.read(complete.bytes()).isPresent()) {
                return true; // of a journal that is gone: without its commitment it cannot be journaled again
            }
            Inspection inspection = inspector.inspectStored(complete.bytes(), keys.of(tenant), now);
            if (inspection instanceof Inspection.Accepted accepted) {
                Refusal misplaced = misplaced(file, accepted.line());
                if (misplaced == null) {
                    entries.add(entry(file, complete, accepted.line()));
                    return true;
                }
                refuse(file, line.offset(), complete.bytes(), misplaced);
                return false;
            }
            refuse(file, line.offset(), complete.bytes(), ((Inspection.Refused) inspection).refusal());
            return false;
        }

        private @Nullable Refusal misplaced(EvidenceFile file, ReceiptLine line) {
            TenantId named = line.header().tenantId();
            if (named != null && !named.equals(tenant)) {
                return Refusal.of(RefusalReason.TENANT_MISMATCH, "the receipt names another tenant");
            }
            return line.header().repoId().equals(file.repoId()) ? null
                    : Refusal.of(RefusalReason.INVALID_VALUE, "the receipt is of another repository");
        }

        private JournalEntry entry(EvidenceFile file, Line.Complete line, ReceiptLine receipt) {
            return new JournalEntry(lastSequence + 1 + entries.size(), receipt.header().id(), file.repoId(), file.day(),
                    line.offset(), line.bytes().length, receipt.hash(), now,
                    Commitment.to(line.bytes()), null);
        }

        private void refuse(EvidenceFile file, long offset, byte[] bytes, Refusal refusal) {
            refused.add(new DeadLetter(tenant, refusal, bytes,
                    new DeadLetter.Place(folders.root().relative(file.path()), offset), null, DeadLetter.Source.FILE));
        }
    }
}
