package io.zeroui.tenant.evidence.index;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.receipts.ReceiptRefused;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import io.zeroui.tenant.evidence.journal.JournalReader;
import io.zeroui.tenant.evidence.journal.LedgerBases;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.journal.RewriteGuard;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as its files tell it: journal lines with their receipts, checked again. A line whose receipt cannot be read
 * any more is reported and passed over: the index then has a gap that the files explain. Blocking.
 */
@ApplicationScoped
public class LedgerFiles {

    private static final Logger LOG = Logger.getLogger(LedgerFiles.class);

    private final LedgerFolders folders;
    private final JournalReader journals;
    private final EmitterKeys keys;
    private final Clock clock;
    private final RewriteGuard guard;
    private final LedgerBases bases;
    private final ReceiptInspector inspector = ReceiptInspector.withDefaults();

    LedgerFiles(LedgerFolders folders, JournalReader journals, EmitterKeys keys, Clock clock, RewriteGuard guard, LedgerBases bases) {
        this.bases = bases;
        this.folders = folders;
        this.journals = journals;
        this.keys = keys;
        this.clock = clock;
        this.guard = guard;
    }

    /** What the ledger goes on from whose oldest days were dropped; empty where none were. */
    Optional<LedgerBase> base(TenantId tenant) throws IOException {
        return bases.find(tenant).map(LedgerBases.Named::base);
    }

    /** The next readable lines behind a place in the tenant's journal; empty at its end. */
    List<LedgerLine> read(TenantId tenant, @Nullable JournalPosition from, int limit) throws IOException {
        JournalPosition position = from;
        while (true) {
            List<JournalLine> journal = journals.read(tenant, position, limit);
            List<LedgerLine> lines = lines(tenant, journal);
            if (journal.isEmpty() || !lines.isEmpty()) {
                return lines;
            }
            position = journal.get(journal.size() - 1).after();
        }
    }

    private List<LedgerLine> lines(TenantId tenant, List<JournalLine> journal) throws IOException {
        List<LedgerLine> lines = new ArrayList<>(journal.size());
        Map<Path, FileChannel> open = new HashMap<>();
        try {
            for (JournalLine line : journal) {
                LedgerLine read = line(tenant, line, open);
                if (read != null) {
                    lines.add(read);
                }
            }
        } finally {
            for (FileChannel channel : open.values()) {
                channel.close();
            }
        }
        return lines;
    }

    /**
     * The bytes at a place of an evidence file; fewer than {@code length} where the file is shorter.
     *
     * @param file relative to {@code ZU_ROOT}
     */
    public byte[] bytes(String file, long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(folders.root().resolve(file), StandardOpenOption.READ)) {
            return read(channel, offset, length);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /**
     * Outcome of the signature check of a stored line, by the keys that the tenant trusts now.
     *
     * @param takenIn when the ledger took it in
     */
    public SignatureVerdict signature(TenantId tenant, byte[] line, Instant takenIn) {
        return SignatureVerdict.of(inspector.inspectStored(line, keys.of(tenant), takenIn), clock.instant());
    }

    /** Whether the lines were all judged by the keys that the tenant has now. */
    boolean isJudgedByPresentKeys(TenantId tenant, List<LedgerLine> lines) {
        long generation = keys.generation(tenant);
        return lines.stream().allMatch(line -> !(line instanceof LedgerLine.Receipt receipt)
                || receipt.generation() == generation);
    }

    /** The same lines, judged by the keys that the tenant has now. */
    List<LedgerLine> judgedAgain(TenantId tenant, List<LedgerLine> lines) throws IOException {
        long generation = keys.generation(tenant);
        List<LedgerLine> judged = new ArrayList<>(lines.size());
        for (LedgerLine line : lines) {
            judged.add(line instanceof LedgerLine.Receipt receipt ? judgedAgain(tenant, receipt, generation) : line);
        }
        return judged;
    }

    private LedgerLine judgedAgain(TenantId tenant, LedgerLine.Receipt line, long generation) throws IOException {
        JournalEntry entry = line.entry();
        byte[] bytes = bytes(folders.root().relative(folders.evidence(tenant, entry)), entry.offset(), entry.length());
        return new LedgerLine.Receipt(line.journal(), entry, line.header(), signature(tenant, bytes, entry.receivedAt()),
                generation);
    }

    private @Nullable LedgerLine line(TenantId tenant, JournalLine journal, Map<Path, FileChannel> open)
            throws IOException {
        JournalRecord record = journal.entry();
        if (record instanceof JournalEntry entry) {
            return receipt(tenant, journal, entry, open);
        }
        if (record instanceof ErasedEntry erased) {
            return erased(tenant, journal, erased, open);
        }
        ActEntry act = (ActEntry) record;
        try {
            return new LedgerLine.Act(journal, act, ActCodec.read(act.statement()));
        } catch (IllegalArgumentException e) {
            LOG.errorf("ledger of %s: line %d says something that this version does not know: %s", tenant, act.sequence(),
                    e.getMessage());
            return null;
        }
    }

    private @Nullable LedgerLine erased(TenantId tenant, JournalLine journal, ErasedEntry entry, Map<Path, FileChannel> open)
            throws IOException {
        byte[] bytes = stored(folders.evidence(tenant, entry), entry.offset(), entry.length(), open);
        Optional<ErasedLine> left = ErasedLine.read(bytes).filter(line -> line.receiptId().equals(entry.receiptId()));
        if (left.isEmpty()) {
            LOG.errorf("ledger of %s: line %d is erased, and something else is in its place", tenant, entry.sequence());
            return null;
        }
        return new LedgerLine.Erased(journal, entry, new ChainId(left.get().chainId()));
    }

    private @Nullable LedgerLine receipt(TenantId tenant, JournalLine journal, JournalEntry entry, Map<Path, FileChannel> open)
            throws IOException {
        byte[] bytes = stored(folders.evidence(tenant, entry), entry.offset(), entry.length(), open);
        if (!Hash.of(bytes).equals(entry.hash())) {
            LOG.errorf("ledger of %s: line %d is not what was acknowledged (%s at %d)", tenant, entry.sequence(),
                    folders.evidence(tenant, entry), entry.offset());
        }
        long generation = keys.generation(tenant);
        Inspection inspection = inspector.inspectStored(bytes, keys.of(tenant), entry.receivedAt());
        SignatureVerdict verdict = SignatureVerdict.of(inspection, clock.instant());
        if (inspection instanceof Inspection.Accepted accepted) {
            return new LedgerLine.Receipt(journal, entry, accepted.line().header(), verdict, generation);
        }
        RefusalReason reason = ((Inspection.Refused) inspection).refusal().reason();
        try {
            ReceiptHeader header = ReceiptHeader.read(StrictJson.parseObject(bytes, JsonLimits.RECEIPT));
            LOG.warnf("ledger of %s: line %d no longer passes its checks: %s", tenant, entry.sequence(), reason);
            return new LedgerLine.Receipt(journal, entry, header, verdict, generation);
        } catch (InvalidJson | ReceiptRefused e) {
            LOG.errorf("ledger of %s: line %d is no receipt any more: %s", tenant, entry.sequence(), reason);
            return null;
        }
    }

    private byte[] stored(Path file, long offset, int length, Map<Path, FileChannel> open) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null) {
            try {
                channel = FileChannel.open(file, StandardOpenOption.READ);
            } catch (NoSuchFileException e) {
                return new byte[0];
            }
            open.put(file, channel);
        }
        return read(channel, offset, length);
    }

    private byte[] read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        guard.reading().lock();
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    return Arrays.copyOf(buffer.array(), buffer.position());
                }
            }
        } finally {
            guard.reading().unlock();
        }
        return buffer.array();
    }
}
