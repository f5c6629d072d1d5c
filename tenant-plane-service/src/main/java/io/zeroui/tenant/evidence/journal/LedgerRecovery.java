package io.zeroui.tenant.evidence.journal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.deadletters.EvidenceDeadLetters;
import io.zeroui.tenant.evidence.journal.LedgerFolders.EvidenceFile;
import io.zeroui.tenant.evidence.journal.TornFiles.Tail;
import io.zeroui.tenant.evidence.journal.UnjournaledLines.Found;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Brings a tenant's evidence files and journal into agreement, after a crash or a failed append; the package says which
 * states there can be. Repeating it changes nothing. A crash inside it leaves one of the same states.
 *
 * <p>
 * Only the newest journal file and evidence files of its day and later are looked at: every batch is journaled before the
 * next one begins, and a ledger's days never go back.
 */
@ApplicationScoped
public class LedgerRecovery {

    private static final Logger LOG = Logger.getLogger(LedgerRecovery.class);

    private static final int CHUNK_LINES = 4096;

    private final LedgerFolders folders;
    private final UnjournaledLines unjournaled;
    private final LedgerJournal journal;
    private final EvidenceDeadLetters deadLetters;
    private final EvidenceWorkers workers;
    private final LedgerBases bases;

    LedgerRecovery(LedgerFolders folders, UnjournaledLines unjournaled, LedgerJournal journal,
            EvidenceDeadLetters deadLetters, EvidenceWorkers workers, LedgerBases bases) {
        this.bases = bases;
        this.folders = folders;
        this.unjournaled = unjournaled;
        this.journal = journal;
        this.deadLetters = deadLetters;
        this.workers = workers;
    }

    /** Recovers and opens one ledger; a tenant without files gets an empty one. Nobody may append to it meanwhile. */
    public Uni<OpenLedger> open(TenantId tenant) {
        return workers.run(() -> findTornTails(tenant))
                .chain(tails -> cutOff(tenant, tails))
                .chain(() -> workers.run(() -> unjournaled.find(tenant)))
                .chain(found -> journalFound(tenant, found))
                .call(ledger -> workers.run(() -> bases.find(tenant))
                        .invoke(base -> base.ifPresent(one -> ledger.drop(one.base().sequence(), one.base().firstDay()))));
    }

    private List<Tail> findTornTails(TenantId tenant) throws IOException {
        List<Path> files = new ArrayList<>();
        List<LocalDate> days = folders.listJournalDays(tenant);
        LocalDate first = days.isEmpty() ? LocalDate.MIN : days.get(days.size() - 1);
        if (!days.isEmpty()) {
            files.add(folders.journal(tenant, first));
        }
        folders.listEvidenceFrom(tenant, first).stream().map(EvidenceFile::path).forEach(files::add);
        List<Tail> tails = new ArrayList<>();
        for (Path file : files) {
            TornFiles.find(file).ifPresent(tails::add);
            DurableFiles.sync(file);
        }
        return tails;
    }

    private Uni<Void> cutOff(TenantId tenant, List<Tail> tails) {
        List<DeadLetter> letters = tails.stream()
                .map(tail -> DeadLetter.fromFile(tenant, RefusalReason.TORN_LINE,
                        "an unfinished line of " + tail.length() + " bytes was cut off", tail.bytes(),
                        folders.root().relative(tail.file()), tail.offset()))
                .toList();
        return deadLetters.keep(letters).chain(() -> workers.run(() -> {
            for (Tail tail : tails) {
                LOG.warnf("%s: an unfinished line of %d bytes was cut off and kept aside", tail.file(), tail.length());
                TornFiles.cut(tail.file(), tail.offset());
            }
            return tails.size();
        })).replaceWithVoid();
    }

    private Uni<OpenLedger> journalFound(TenantId tenant, Found found) {
        OpenLedger ledger = new OpenLedger(tenant, found.lastSequence(), found.lastDay(), found.lastTime());
        if (!found.entries().isEmpty()) {
            LOG.infof("ledger of %s: %d stored receipts were not in the journal yet", tenant, found.entries().size());
        }
        return deadLetters.keep(found.refused())
                .chain(() -> writeInChunks(ledger, found.entries()))
                .chain(() -> workers.run(() -> cutRefused(found)))
                .replaceWith(ledger);
    }

    private Uni<Void> writeInChunks(OpenLedger ledger, List<JournalEntry> entries) {
        return Multi.createFrom().iterable(entries)
                .group().intoLists().of(CHUNK_LINES)
                .onItem().transformToUniAndConcatenate(chunk -> journal.write(ledger, chunk))
                .collect().last()
                .replaceWithVoid();
    }

    /** Refused lines at the end of a file are in no entry's way; they go, so that they are not found again. */
    private static int cutRefused(Found found) {
        found.cuts().forEach((file, size) -> {
            try {
                TornFiles.cut(file, size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return found.cuts().size();
    }
}
