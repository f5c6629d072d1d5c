package io.zeroui.cli.verify;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.JournalEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tenant's evidence files, read once from front to back in the order of the journal. */
final class EvidenceFiles implements AutoCloseable {

    private static final int OPEN_MOST = 64;

    private final ZuRoot root;
    private final TenantId tenant;
    private final Region region;
    private final Findings findings;
    private final Map<Path, Long> accounted = new TreeMap<>();
    private final Map<Path, Cursor> open = new LinkedHashMap<>(16, 0.75f, true);

    EvidenceFiles(ZuRoot root, TenantId tenant, Region region, Findings findings) {
        this.root = root;
        this.tenant = tenant;
        this.region = region;
        this.findings = findings;
    }

    /** Where the journal says that a line is. */
    private record Span(Path file, long sequence, ReceiptId receiptId, long offset, int length) {

        long end() {
            return offset + length + 1;
        }
    }

    private static final class Cursor {
        private final InputStream in;
        private long at;

        Cursor(InputStream in, long at) throws IOException {
            this.in = in;
            this.at = at;
            in.skipNBytes(at);
        }
    }

    /** The bytes that the journal says are this line; empty, with a finding, where there are not so many. */
    Optional<byte[]> line(JournalEntry entry) throws IOException {
        return line(new Span(file(entry), entry.sequence(), entry.receiptId(), entry.offset(), entry.length()));
    }

    /** The bytes in the place of an erased line, likewise. */
    Optional<byte[]> line(ErasedEntry entry) throws IOException {
        return line(new Span(file(entry), entry.sequence(), entry.receiptId(), entry.offset(), entry.length()));
    }

    private Optional<byte[]> line(Span entry) throws IOException {
        Path file = entry.file();
        long expected = accounted.getOrDefault(file, 0L);
        if (entry.offset() != expected) {
            findings.add(Kind.LINE_UNKNOWN, file, Math.min(expected, entry.offset()),
                    "the journal goes on at " + entry.offset() + ", where " + expected + " is accounted for");
        }
        accounted.put(file, Math.max(expected, entry.end()));
        Cursor cursor = cursor(file, entry.offset());
        byte[] bytes = cursor == null ? new byte[0] : cursor.in.readNBytes(entry.length() + 1);
        if (cursor != null) {
            cursor.at += bytes.length;
        }
        if (bytes.length <= entry.length()) {
            findings.add(Kind.LINE_MISSING, file, entry.offset(),
                    "line " + entry.sequence() + ", receipt " + entry.receiptId() + ", is not there");
            return Optional.empty();
        }
        if (bytes[entry.length()] != '\n') {
            findings.add(Kind.LINE_CHANGED, file, entry.end() - 1, "the line does not end there");
        }
        return Optional.of(Arrays.copyOf(bytes, entry.length()));
    }

    /** The file with the place of an erased line. */
    Path file(ErasedEntry entry) {
        return root.evidenceData(tenant, region, entry.repoId(), entry.day());
    }

    /** The file of a line. */
    Path file(JournalEntry entry) {
        return root.evidenceData(tenant, region, entry.repoId(), entry.day());
    }

    /**
     * Finds what the journal does not name: bytes behind its lines, whole files.
     *
     * @param start what is of before that is not to be there at all
     * @param sizes before the journal was read; what came later the journal may not have named yet
     */
    void checkRest(LedgerStart start, FileSizes sizes) throws IOException {
        Path data = root.evidenceDataFolder(tenant, region);
        if (!Files.isDirectory(data)) {
            return;
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (isBefore(start, file)) {
                    if (start.isBeingDropped()) {
                        continue;
                    }
                    findings.add(Kind.DROP_UNDONE, file, 0, "is of a day that line " + start.act() + " drops, and is still there");
                    continue;
                }
                long known = accounted.getOrDefault(file, 0L);
                long size = Math.min(sizes.of(file), Files.size(file));
                if (size > known) {
                    findings.add(Kind.LINE_UNKNOWN, file, known, (size - known) + " bytes that no journal line names");
                }
            }
        }
    }

    /** Whether a file is of a dropped day; files that are no receipts' are not. */
    private boolean isBefore(LedgerStart start, Path file) {
        String[] names = root.evidenceDataFolder(tenant, region).relativize(file).toString().split("/", -1);
        try {
            return names.length == 3 && names[1].startsWith("dt=") && LocalDate.parse(names[1].substring(3)).isBefore(start.firstDay());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private @Nullable Cursor cursor(Path file, long offset) throws IOException {
        Cursor known = open.get(file);
        if (known != null && known.at == offset) {
            return known;
        }
        if (known != null) {
            known.in.close();
            open.remove(file);
        }
        try {
            if (Files.size(file) < offset) {
                return null;
            }
            Cursor cursor = new Cursor(new BufferedInputStream(Files.newInputStream(file), 1 << 16), offset);
            open.put(file, cursor);
            closeOldest();
            return cursor;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void closeOldest() throws IOException {
        if (open.size() > OPEN_MOST) {
            Path oldest = open.keySet().iterator().next();
            Cursor closed = open.remove(oldest);
            if (closed != null) {
                closed.in.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Cursor cursor : open.values()) {
            cursor.in.close();
        }
    }
}
