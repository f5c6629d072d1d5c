package io.zeroui.cli.verify;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.contracts.ledger.bases.LedgerBaseCodec;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.MerkleTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a ledger begins: with its first line, or behind days that were dropped.
 *
 * @param sequence of the last line that is dropped; 0 where none is
 * @param firstDay whose files there must be
 * @param logRoot root hash of the log's leaves that are dropped
 * @param act journal line that says so; 0 where none is dropped
 * @param saidAt when it says that it was said
 */
record LedgerStart(long sequence, LocalDate firstDay, Hash logRoot, long act, Instant saidAt) {

    /** A ledger of which nothing is dropped. */
    static final LedgerStart FIRST = new LedgerStart(0, LocalDate.MIN, MerkleTree.EMPTY_ROOT, 0, Instant.EPOCH);

    private static final int MAX_BYTES = 1 << 30;
    private static final int MAX_LINE_BYTES = 16 << 10;

    /** What an act in the journal says, and of which line. */
    private record Said(DaysDropped act, ActEntry entry) {

        long sequence() {
            return entry.sequence();
        }
    }

    /**
     * Finds the newest base that the journal names. One that it does not name counts for nothing: it is of a moment in which
     * something died.
     */
    static LedgerStart find(ZuRoot root, TenantId tenant, Region region, Findings findings) throws IOException {
        Path folder = root.evidenceBaseFolder(tenant, region);
        if (!Files.isDirectory(folder)) {
            return FIRST;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.getFileName().toString().matches("[1-9][0-9]{0,17}\\.jsonl"))
                    .sorted((one, other) -> Long.compare(sequence(other), sequence(one))).toList();
        }
        for (Path file : files) {
            try {
                byte[] bytes = BoundedFile.read(file, MAX_BYTES);
                LedgerBase base = LedgerBaseCodec.read(bytes);
                Optional<Said> said = said(root, region, tenant, base);
                if (said.isPresent() && !said.get().act().base().equals(Hash.of(bytes))) {
                    findings.add(Kind.BASE, file, 0, "is not the base that line " + said.get().sequence() + " of the journal names");
                }
                if (said.isPresent()) {
                    return new LedgerStart(base.sequence(), base.firstDay(), base.logRoot(), said.get().sequence(),
                            said.get().entry().receivedAt());
                }
            } catch (NoSuchFileException e) {
                continue; // a newer one has taken its place
            } catch (IllegalArgumentException e) {
                findings.add(Kind.BASE, file, 0, String.valueOf(e.getMessage()));
            }
        }
        return FIRST;
    }

    private static long sequence(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    /** The act is the first line behind what the journal was, that day or on the next one. */
    private static Optional<Said> said(ZuRoot root, Region region, TenantId tenant, LedgerBase base) throws IOException {
        Optional<String> line = line(root.evidenceJournal(tenant, region, base.actDay()), base.actOffset());
        for (LocalDate day : line.isPresent() ? List.<LocalDate> of() : JournalFiles.days(root, tenant, region)) {
            if (day.isAfter(base.actDay()) && line.isEmpty()) {
                line = line(root.evidenceJournal(tenant, region, day), 0);
            }
        }
        return line.flatMap(text -> said(text, base));
    }

    private static Optional<Said> said(String line, LedgerBase base) {
        try {
            return JournalCodec.read(line.getBytes(StandardCharsets.UTF_8)) instanceof ActEntry entry
                    && ActCodec.read(entry.statement()) instanceof DaysDropped act && act.sequence() == base.sequence()
                            ? Optional.of(new Said(act, entry)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // whoever reads the whole journal finds that out
        }
    }

    private static Optional<String> line(Path file, long offset) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(journal.length() - offset, MAX_LINE_BYTES))];
            journal.seek(offset);
            journal.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            return end < 0 ? Optional.empty() : Optional.of(text.substring(0, end));
        }
    }

    /** Whether the service may still be removing what is dropped: it looks every hour. */
    boolean isBeingDropped() {
        return isWithin(Duration.ofHours(2));
    }

    /** By what the line says, and a line of the future is none of now. */
    private boolean isWithin(Duration time) {
        return Duration.between(saidAt, Instant.now()).abs().compareTo(time) < 0;
    }

    /** Compares with the log when all was read; it is a moment behind the journal. */
    void finish(Path journalFolder, long logged, Findings findings) {
        if (act > logged && !isWithin(Duration.ofMinutes(1))) {
            findings.add(Kind.DROP_UNSIGNED, journalFolder, 0, "line " + act + " drops the lines up to " + sequence
                    + ", and is in no signed checkpoint: anybody can have written it");
        }
    }
}
