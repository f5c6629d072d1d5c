package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads journals in the ledger's order, over the days. Blocking: not for event loops. */
@ApplicationScoped
public class JournalReader {

    private static final Logger LOG = Logger.getLogger(JournalReader.class);
    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final int MAX_READ_BYTES = 1 << 20;

    private final LedgerFolders folders;
    private final LineReader reader = new LineReader(MAX_LINE_BYTES);

    JournalReader(LedgerFolders folders) {
        this.folders = folders;
    }

    /**
     * The next lines of a journal.
     *
     * @param from where to begin; null for the beginning of the first day
     * @param limit most lines returned
     * @return the lines in order; empty at the end of the journal
     */
    public List<JournalLine> read(TenantId tenant, @Nullable JournalPosition from, int limit) {
        List<JournalLine> lines = new ArrayList<>();
        for (LocalDate day : folders.listJournalDays(tenant)) {
            if (from != null && day.isBefore(from.day())) {
                continue;
            }
            long offset = from != null && day.equals(from.day()) ? from.offset() : 0;
            readDay(tenant, day, offset, limit - lines.size(), lines);
            if (lines.size() >= limit) {
                break;
            }
        }
        return lines;
    }

    /** The next lines of one day's journal; empty at its end. */
    List<JournalLine> readDay(TenantId tenant, JournalPosition from, int limit) {
        List<JournalLine> lines = new ArrayList<>();
        readDay(tenant, from.day(), from.offset(), limit, lines);
        return lines;
    }

    private void readDay(TenantId tenant, LocalDate day, long offset, int limit, List<JournalLine> lines) {
        Path file = folders.journal(tenant, day);
        long next = offset;
        int wanted = lines.size() + limit;
        try {
            while (lines.size() < wanted) {
                ReadResult result = reader.read(file, next, wanted - lines.size(), MAX_READ_BYTES);
                result.lines().forEach(line -> add(file, day, line, lines));
                next = result.nextOffset();
                if (!result.more()) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that is no journal line cannot come from a crash: it is left where it is, reported, and passed over. */
    private static void add(Path file, LocalDate day, Line line, List<JournalLine> lines) {
        try {
            if (line instanceof Line.Complete complete) {
                lines.add(new JournalLine(JournalCodec.read(complete.bytes()), new JournalPosition(day, line.end())));
                return;
            }
            LOG.errorf("%s: line at %d is longer than a journal line can be", file, line.offset());
        } catch (IllegalArgumentException e) {
            LOG.errorf("%s: line at %d is damaged: %s", file, line.offset(), e.getMessage());
        }
    }
}
