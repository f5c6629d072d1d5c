package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads journals in the ledger's order, over the days. Blocking: not for event loops. */
@ApplicationScoped
public class JournalReader {

    private static final Logger LOG = Logger.getLogger(JournalReader.class);
    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final int MAX_READ_BYTES = 1 << 20;

    private final LedgerFolders folders;
    private final RewriteGuard guard;
    private final LineReader reader = new LineReader(MAX_LINE_BYTES);

    JournalReader(LedgerFolders folders, RewriteGuard guard) {
        this.folders = folders;
        this.guard = guard;
    }

    /**
     * A line where it lies.
     *
     * @param offset of its first byte
     * @param bytes without line feed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Found(JournalRecord entry, long offset, byte[] bytes) {
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

    /**
     * The lines from a sequence on.
     *
     * @param known the place behind the line before it; null where that is not known, then it is looked for
     */
    public List<JournalLine> readFrom(TenantId tenant, long sequence, @Nullable JournalPosition known, int limit) {
        JournalPosition position = known == null ? before(tenant, sequence) : known;
        while (true) {
            List<JournalLine> lines = read(tenant, position, limit);
            if (lines.isEmpty() || lines.get(lines.size() - 1).entry().sequence() >= sequence) {
                return lines.stream().filter(line -> line.entry().sequence() >= sequence).toList();
            }
            position = lines.get(lines.size() - 1).after();
        }
    }

    /** The beginning of the last day that begins with that line or an earlier one. */
    private @Nullable JournalPosition before(TenantId tenant, long sequence) {
        List<LocalDate> days = folders.listJournalDays(tenant);
        for (int i = days.size() - 1; i > 0; i--) {
            JournalPosition begin = new JournalPosition(days.get(i), 0);
            List<JournalLine> first = readDay(tenant, begin, 1);
            if (!first.isEmpty() && first.get(0).entry().sequence() <= sequence) {
                return begin;
            }
        }
        return null;
    }

    /** The line of that sequence in that day's journal, by binary search. */
    public Optional<Found> find(TenantId tenant, LocalDate day, long sequence) throws IOException {
        guard.reading().lock();
        try (FileChannel file = FileChannel.open(folders.journal(tenant, day), StandardOpenOption.READ)) {
            return find(file, sequence);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException("the journal of " + day + " is damaged: " + e.getMessage(), e);
        } finally {
            guard.reading().unlock();
        }
    }

    private static Optional<Found> find(FileChannel file, long sequence) throws IOException {
        long low = 0;
        long high = SeekedLine.endOfLines(file, MAX_LINE_BYTES);
        while (low < high) {
            SeekedLine line = SeekedLine.around(file, low + (high - low) / 2, MAX_LINE_BYTES);
            JournalRecord entry = JournalCodec.read(line.bytes());
            if (entry.sequence() == sequence) {
                return Optional.of(new Found(entry, line.begin(), line.bytes()));
            }
            if (entry.sequence() < sequence) {
                low = line.end();
            } else {
                high = line.begin();
            }
        }
        return Optional.empty();
    }

    /** The end of a tenant's journal: where the next line will begin, unless a new day begins first; null when there is none. */
    public @Nullable JournalPosition end(TenantId tenant) throws IOException {
        List<LocalDate> days = folders.listJournalDays(tenant);
        if (days.isEmpty()) {
            return null;
        }
        LocalDate last = days.get(days.size() - 1);
        return new JournalPosition(last, Files.size(folders.journal(tenant, last)));
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
                ReadResult result = readGuarded(file, next, wanted - lines.size());
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

    private ReadResult readGuarded(Path file, long offset, int limit) throws IOException {
        guard.reading().lock();
        try {
            return reader.read(file, offset, limit, MAX_READ_BYTES);
        } finally {
            guard.reading().unlock();
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
