package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.contracts.ledger.bases.LedgerBaseCodec;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.fabric.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The bases of ledgers on the disk, {@code {sequence}.jsonl}. Blocking: not for event loops. */
@ApplicationScoped
public class LedgerBases {

    private static final String SUFFIX = ".jsonl";

    private final LedgerFolders folders;
    private final JournalReader journals;

    LedgerBases(LedgerFolders folders, JournalReader journals) {
        this.folders = folders;
        this.journals = journals;
    }

    /**
     * A base that the journal names.
     *
     * @param act sequence of the line that names it
     */
    public record Named(LedgerBase base, long act) {
    }

    /**
     * The base that the ledger goes on from: the newest that the journal names; empty where nothing was ever dropped.
     *
     * @throws IOException when a base cannot be read; when the journal names none of those that there are and does not begin at
     *         its first line: then a line of it is damaged, and what the ledger went on from must not be forgotten
     */
    public Optional<Named> find(TenantId tenant) throws IOException {
        SortedMap<Long, Path> files = files(tenant);
        for (Path file : files.values()) {
            byte[] bytes = Files.readAllBytes(file);
            LedgerBase base = read(file, bytes);
            long act = naming(tenant, base, Hash.of(bytes));
            if (act > 0) {
                return Optional.of(new Named(base, act));
            }
        }
        if (!files.isEmpty() && !beginsAtOne(tenant)) {
            throw new IOException("the journal of " + tenant + " does not begin with its first line, and names no base in "
                    + folder(tenant) + ": a line of it is damaged or missing");
        }
        return Optional.empty();
    }

    private static LedgerBase read(Path file, byte[] bytes) throws IOException {
        try {
            return LedgerBaseCodec.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private boolean beginsAtOne(TenantId tenant) {
        List<JournalLine> first = journals.read(tenant, null, 1);
        return !first.isEmpty() && first.get(0).entry().sequence() == 1;
    }

    /** Sequence of the line that names a base, which is the first behind what the journal was; 0 where it does not. */
    private long naming(TenantId tenant, LedgerBase base, Hash hash) {
        List<JournalLine> next = journals.read(tenant, new JournalPosition(base.actDay(), base.actOffset()), 1);
        try {
            boolean isNamed = !next.isEmpty() && next.get(0).entry() instanceof ActEntry act
                    && ActCodec.read(act.statement()) instanceof DaysDropped dropped
                    && dropped.sequence() == base.sequence() && dropped.base().equals(hash);
            return isNamed ? next.get(0).entry().sequence() : 0;
        } catch (IllegalArgumentException e) {
            return 0; // a statement that this version cannot read names nothing
        }
    }

    /** Writes a base; it counts when the journal names the hash that is returned. */
    public Hash write(LedgerBase base) throws IOException {
        byte[] bytes = LedgerBaseCodec.write(base);
        DurableFiles.replace(folder(base.tenant()).resolve(base.sequence() + SUFFIX), bytes);
        return Hash.of(bytes);
    }

    /** Removes every base but this one: those before it, and those that never counted. */
    public void removeOthers(TenantId tenant, long sequence) throws IOException {
        for (var file : files(tenant).entrySet()) {
            if (file.getKey() != sequence) {
                Files.deleteIfExists(file.getValue());
            }
        }
    }

    private Path folder(TenantId tenant) {
        return folders.root().evidenceBaseFolder(tenant, folders.region());
    }

    /** By sequence, the newest first; other names are none of the ledger's business. */
    private SortedMap<Long, Path> files(TenantId tenant) throws IOException {
        SortedMap<Long, Path> found = new TreeMap<>(Collections.reverseOrder());
        if (Files.isDirectory(folder(tenant))) {
            try (Stream<Path> entries = Files.list(folder(tenant))) {
                for (Path file : entries.toList()) {
                    String name = file.getFileName().toString();
                    if (name.matches("[1-9][0-9]{0,17}\\.jsonl")) {
                        found.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), file);
                    }
                }
            }
        }
        return found;
    }
}
