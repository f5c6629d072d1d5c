package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.JournalRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A tenant's journal, read from its beginning to its end and checked against itself. */
final class JournalFiles {

    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final int LOOKS = 3;
    private static final String PARTITION = "dt=";

    private final ZuRoot root;
    private final TenantId tenant;
    private final Region region;
    private final FileSizes sizes;
    private final Findings findings;
    private final LedgerStart start;
    private final Set<String> ids = new HashSet<>();
    private long next;
    private Instant last = Instant.MIN;

    JournalFiles(ZuRoot root, TenantId tenant, Region region, LedgerStart start, FileSizes sizes, Findings findings) {
        this.start = start;
        this.next = start.sequence() + 1;
        this.root = root;
        this.tenant = tenant;
        this.region = region;
        this.sizes = sizes;
        this.findings = findings;
    }

    /**
     * One line and where it lies.
     *
     * @param file the journal file
     * @param offset of the line in it
     */
    record Place(JournalRecord entry, Path file, long offset) {
    }

    /** Takes the lines of a journal. */
    interface Lines {
        void take(Place line) throws IOException;
    }

    /** Gives every readable line, in order; what is wrong with a line or between two goes to the findings. */
    void read(Lines lines) throws IOException {
        for (LocalDate day : days()) {
            Path file = root.evidenceJournal(tenant, region, day);
            if (day.isBefore(start.firstDay())) {
                if (sizes.of(file) > 0 && !start.isBeingDropped()) {
                    findings.add(Finding.Kind.DROP_UNDONE, file, 0, "is of a day that line " + start.act() + " drops, and is still there");
                }
                continue;
            }
            try (InputStream in = Files.newInputStream(file)) {
                readDay(in, file, day, lines);
            }
        }
    }

    /** Days with a journal file; names that are none are passed over. */
    static List<LocalDate> days(ZuRoot root, TenantId tenant, Region region) throws IOException {
        return new JournalFiles(root, tenant, region, LedgerStart.FIRST, FileSizes.NONE, new Findings(root)).days();
    }

    private List<LocalDate> days() throws IOException {
        Path folder = root.evidenceJournalFolder(tenant, region);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<LocalDate> days = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                try {
                    if (name.startsWith(PARTITION)) {
                        LocalDate day = LocalDate.parse(name.substring(PARTITION.length()));
                        if (Files.exists(root.evidenceJournal(tenant, region, day))) {
                            days.add(day);
                        }
                    }
                } catch (DateTimeException | IllegalArgumentException e) {
                    findings.add(Finding.Kind.JOURNAL_DAMAGED, entry, 0, "a folder that is no day");
                }
            }
        }
        return days;
    }

    private void readDay(InputStream in, Path file, LocalDate day, Lines lines) throws IOException {
        byte[] block = new byte[1 << 16];
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        long offset = 0;
        long length = 0;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            int begin = 0;
            for (int i = 0; i < count; i++) {
                if (block[i] == '\n') {
                    append(line, block, begin, i);
                    length += i - begin;
                    take(line.toByteArray(), file, offset, day, lines);
                    offset += length + 1;
                    length = 0;
                    line.reset();
                    begin = i + 1;
                }
            }
            append(line, block, begin, count);
            length += count - begin;
        }
        if (length > 0 && offset < sizes.of(file)) {
            findings.add(Finding.Kind.JOURNAL_DAMAGED, file, offset, "the last line is torn");
        }
    }

    /** What is longer than a line can be is left out. */
    private static void append(ByteArrayOutputStream line, byte[] block, int begin, int end) {
        line.write(block, begin, Math.min(end - begin, MAX_LINE_BYTES - line.size()));
    }

    private void take(byte[] bytes, Path file, long offset, LocalDate day, Lines lines) throws IOException {
        JournalRecord entry;
        try {
            entry = read(bytes, file, offset);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.Kind.JOURNAL_DAMAGED, file, offset, String.valueOf(e.getMessage()));
            return;
        }
        if (entry.sequence() != next || !entry.day().equals(day)) {
            findings.add(Finding.Kind.JOURNAL_SEQUENCE, file, offset,
                    "line " + entry.sequence() + " of " + entry.day() + " where line " + next + " of " + day + " should be");
        }
        // Older versions, whose lines have no salt, took the clock's time as it was.
        boolean isOld = entry instanceof JournalEntry receipt && receipt.commitment().salt() == null;
        if (!isOld && entry.receivedAt().isBefore(last)) {
            findings.add(Finding.Kind.JOURNAL_TIME, file, offset,
                    "line " + entry.sequence() + " is of " + entry.receivedAt() + ", the one before of " + last);
        }
        receiptId(entry).filter(id -> !ids.add(id.value())).ifPresent(id -> findings.add(Finding.Kind.RECEIPT_TWICE, file, offset,
                "receipt " + id + " is there already"));
        next = entry.sequence() + 1;
        last = entry.receivedAt();
        lines.take(new Place(entry, file, offset));
    }

    private static Optional<ReceiptId> receiptId(JournalRecord entry) {
        return entry instanceof JournalEntry receipt ? Optional.of(receipt.receiptId())
                : entry instanceof ErasedEntry erased ? Optional.of(erased.receiptId()) : Optional.empty();
    }

    /** A line that is being overwritten in this moment is read again. */
    private static JournalRecord read(byte[] bytes, Path file, long offset) throws IOException {
        byte[] line = bytes;
        for (int look = 1;; look++) {
            try {
                return JournalCodec.read(line);
            } catch (IllegalArgumentException e) {
                if (look == LOOKS || bytes.length >= MAX_LINE_BYTES || !FileSizes.isInUse(file)) {
                    throw e;
                }
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                ByteBuffer again = ByteBuffer.allocate(bytes.length);
                line = channel.read(again, offset) == bytes.length ? again.array() : bytes;
            }
        }
    }
}
