package io.zeroui.tenant.evidence.erasure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.ledger.acts.LedgerAct.Erasure;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.tenant.evidence.erasure.DeadLetterCopies.Copies;
import io.zeroui.tenant.evidence.erasure.ErasureIntent.Overwrite;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import io.zeroui.tenant.evidence.journal.JournalReader;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.journal.LedgerJournal;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Erases receipts in a tenant's files; the package says in which steps. Nobody may append to the ledger meanwhile. */
@ApplicationScoped
public class LineErasure {

    private static final Logger LOG = Logger.getLogger(LineErasure.class);
    private static final int READ_LINES = 1024;

    private final ErasureFiles files;
    private final DeadLetterCopies deadLetters;
    private final JournalReader journals;
    private final LedgerJournal journal;
    private final LedgerFolders folders;
    private final EvidenceWorkers workers;
    private final DerivedFiles derived;
    private volatile Runnable reached = () -> {
    };

    LineErasure(ErasureFiles files, DeadLetterCopies deadLetters, JournalReader journals, LedgerJournal journal,
            LedgerFolders folders, EvidenceWorkers workers, DerivedFiles derived) {
        this.files = files;
        this.deadLetters = deadLetters;
        this.journals = journals;
        this.journal = journal;
        this.folders = folders;
        this.workers = workers;
        this.derived = derived;
    }

    /**
     * A receipt to be erased.
     *
     * @param id the receipt
     * @param sequence of its journal line
     * @param day of its journal and evidence file
     * @param chain in which it keeps its place
     */
    public record Target(ReceiptId id, long sequence, LocalDate day, String chain) {
    }

    /** What was looked through before the ledger was taken, because it may take long. */
    public static final class Preparation {
        private final Copies copies;

        private Preparation(Copies copies) {
            this.copies = copies;
        }
    }

    /** Looks through the dead letters; may be done while others append. */
    public Uni<Preparation> prepare(TenantId tenant, Collection<ReceiptId> ids) {
        return workers.run(() -> new Preparation(deadLetters.find(tenant, ids, Copies.NONE)));
    }

    /**
     * Erases receipts.
     *
     * @param targets not empty; their lines are journaled
     * @param prepared for at least these receipts
     * @param say appends to the journal and tells those who follow it
     * @return completes when the files are done; after a failure the ledger is broken, and when it is opened again the erasure
     *         has either not begun or is finished
     */
    public Uni<Void> erase(OpenLedger ledger, List<Target> targets, Why why, Preparation prepared,
            Function<List<LedgerAct>, Uni<List<JournalLine>>> say) {
        return workers.run(() -> plan(ledger.tenant(), targets, why, prepared))
                .chain(intent -> carryOut(ledger, intent, say));
    }

    private Uni<Void> carryOut(OpenLedger ledger, ErasureIntent intent, Function<List<LedgerAct>, Uni<List<JournalLine>>> say) {
        TenantId tenant = ledger.tenant();
        return workers.run(() -> {
            files.begin(tenant, intent);
            reached.run();
            return intent;
        })
                .chain(begun -> say.apply(List.copyOf(begun.tombstones())))
                .chain(() -> workers.run(() -> {
                    reached.run();
                    if (overwrite(tenant, intent)) {
                        files.end(tenant, intent);
                    }
                    reached.run();
                    return intent.id();
                }))
                .onFailure().invoke(ledger::markBroken)
                .replaceWithVoid();
    }

    private ErasureIntent plan(TenantId tenant, List<Target> targets, Why why, Preparation prepared) throws IOException {
        String id = UUID.randomUUID().toString();
        List<Erasure> tombstones = new ArrayList<>();
        List<Overwrite> lines = new ArrayList<>();
        List<Overwrite> journalLines = new ArrayList<>();
        for (Target target : targets) {
            JournalReader.Found found = journals.find(tenant, target.day(), target.sequence())
                    .orElseThrow(() -> new IOException("the journal does not have line " + target.sequence()));
            if (!(found.entry() instanceof JournalEntry entry) || !entry.receiptId().equals(target.id())) {
                throw new IOException("line " + target.sequence() + " of the journal is not about receipt " + target.id());
            }
            tombstones.add(new Erasure(id, target.sequence(), target.id(), why));
            lines.add(overwrite(folders.root().relative(folders.evidence(tenant, entry)), entry.offset(),
                    new ErasedLine(entry.receiptId(), target.chain()).bytes(entry.length())));
            journalLines.add(overwrite(folders.root().relative(folders.journal(tenant, entry.day())), found.offset(),
                    JournalCodec.erase(found.bytes())));
        }
        List<Overwrite> writes = new ArrayList<>(lines);
        writes.addAll(journalLines);
        writes.addAll(deadLetters.find(tenant, targets.stream().map(Target::id).toList(), prepared.copies).writes());
        return new ErasureIntent(id, journals.end(tenant), tombstones, writes);
    }

    private static Overwrite overwrite(String file, long offset, byte[] bytes) {
        return new Overwrite(file, offset, new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * False where a line of the ledger was not in its place: its file is away, and the content comes back with it. The intent
     * then stays, for the next opening. A copy in the dead letters that is gone is gone.
     */
    private boolean overwrite(TenantId tenant, ErasureIntent intent) throws IOException {
        String letters = folders.root().relative(folders.root().evidenceDeadLetterFolder(tenant, folders.region()));
        boolean done = true;
        for (Overwrite write : intent.writes()) {
            done &= files.overwrite(write) || write.file().startsWith(letters);
            reached.run();
        }
        derived.removeFrom(tenant, intent.tombstones().stream().mapToLong(Erasure::sequence).min().orElse(0));
        reached.run();
        return done;
    }

    /** Before a ledger is recovered: completes what an erasure has begun to write. */
    public Uni<Void> redo(TenantId tenant) {
        return workers.run(() -> {
            List<ErasureIntent> unfinished = files.unfinished(tenant);
            for (ErasureIntent intent : unfinished) {
                LOG.infof("ledger of %s: the erasure %s is finished", tenant, intent.id());
                if (!overwrite(tenant, intent)) {
                    LOG.errorf("ledger of %s: the erasure %s cannot be finished, its files are not there", tenant, intent.id());
                }
            }
            return unfinished.size();
        }).replaceWithVoid();
    }

    /** After a ledger was recovered: journals the tombstones that are missing, and ends those erasures. */
    public Uni<Void> finish(OpenLedger ledger) {
        return workers.run(() -> files.unfinished(ledger.tenant()))
                .chain(intents -> Multi.createFrom().iterable(intents)
                        .onItem().transformToUniAndConcatenate(intent -> finish(ledger, intent))
                        .collect().last())
                .replaceWithVoid();
    }

    private Uni<Void> finish(OpenLedger ledger, ErasureIntent intent) {
        return workers.run(() -> missing(ledger.tenant(), intent))
                .chain(missing -> missing.isEmpty() ? Uni.createFrom().voidItem()
                        : journal.appendActs(ledger, missing).replaceWithVoid())
                .chain(() -> workers.run(() -> {
                    if (overwrite(ledger.tenant(), intent)) {
                        files.end(ledger.tenant(), intent);
                    }
                    return intent.id();
                }))
                .replaceWithVoid();
    }

    /** The tombstones that a crash has kept out of the journal. */
    private List<LedgerAct> missing(TenantId tenant, ErasureIntent intent) {
        List<LedgerAct> missing = new ArrayList<>(intent.tombstones());
        JournalPosition position = intent.from();
        while (true) {
            List<JournalLine> lines = journals.read(tenant, position, READ_LINES);
            if (lines.isEmpty()) {
                return missing;
            }
            for (JournalLine line : lines) {
                position = line.after();
                if (line.entry() instanceof ActEntry act) {
                    missing.remove(ActCodec.read(act.statement()));
                }
            }
        }
    }

    /** Only for tests: called behind every step; what it throws is like a crash there. */
    void onStep(Runnable behindEveryStep) {
        reached = behindEveryStep;
    }
}
