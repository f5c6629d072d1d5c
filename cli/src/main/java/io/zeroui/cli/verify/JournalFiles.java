package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A tenant's journal, read from its beginning to its end and checked against itself. */
final class JournalFiles {

    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final String PARTITION = "dt=";

    private final ZuRoot root;
    private final TenantId tenant;
    private final Region region;
    private final FileSizes sizes;
    private final Findings findings;
    private final Set<String> ids = new HashSet<>();
    private long next = 1;
    private Instant last = Instant.MIN;

    JournalFiles(ZuRoot root, TenantId tenant, Region region, FileSizes sizes, Findings findings) {
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
    record Place(JournalEntry entry, Path file, long offset) {
    }

    /** Takes the lines of a journal. */
    interface Lines {
        void take(Place line) throws IOException;
    }

    /** Gives every readable line, in order; what is wrong with a line or between two goes to the findings. */
    void read(Lines lines) throws IOException {
        for (LocalDate day : days()) {
            Path file = root.evidenceJournal(tenant, region, day);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                readDay(in, file, day, lines);
            }
        }
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
        long offset = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet != '\n') {
                if (line.size() < MAX_LINE_BYTES) {
                    line.write(octet);
                }
                continue;
            }
            take(line.toByteArray(), file, offset, day, lines);
            offset += line.size() + 1L;
            line.reset();
        }
        if (line.size() > 0 && offset < sizes.of(file)) {
            findings.add(Finding.Kind.JOURNAL_DAMAGED, file, offset, "the last line is torn");
        }
    }

    private void take(byte[] bytes, Path file, long offset, LocalDate day, Lines lines) throws IOException {
        JournalEntry entry;
        try {
            entry = JournalCodec.read(bytes);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.Kind.JOURNAL_DAMAGED, file, offset, String.valueOf(e.getMessage()));
            return;
        }
        if (entry.sequence() != next || !entry.day().equals(day)) {
            findings.add(Finding.Kind.JOURNAL_SEQUENCE, file, offset,
                    "line " + entry.sequence() + " of " + entry.day() + " where line " + next + " of " + day + " should be");
        }
        // Older versions, whose lines have no salt, took the clock's time as it was.
        if (entry.commitment().salt() != null && entry.receivedAt().isBefore(last)) {
            findings.add(Finding.Kind.JOURNAL_TIME, file, offset,
                    "line " + entry.sequence() + " is of " + entry.receivedAt() + ", the one before of " + last);
        }
        if (!ids.add(entry.receiptId().value())) {
            findings.add(Finding.Kind.RECEIPT_TWICE, file, offset, "receipt " + entry.receiptId() + " is there already");
        }
        next = entry.sequence() + 1;
        last = entry.receivedAt();
        lines.take(new Place(entry, file, offset));
    }
}
