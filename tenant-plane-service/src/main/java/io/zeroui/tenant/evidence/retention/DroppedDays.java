package io.zeroui.tenant.evidence.retention;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import io.zeroui.tenant.evidence.journal.JournalReader;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The days of a ledger's files. Blocking: not for event loops. */
@ApplicationScoped
class DroppedDays {

    private final LedgerFolders folders;
    private final JournalReader journals;
    private final Clock clock;

    DroppedDays(LedgerFolders folders, JournalReader journals, Clock clock) {
        this.clock = clock;
        this.folders = folders;
        this.journals = journals;
    }

    /**
     * What goes when the days before one go. The day of the journal's last line stays, whatever its age: the ledger goes on
     * from there. The first day that stays is never a later one than was asked for, though there may be no lines on it.
     *
     * @return empty where nothing goes
     */
    Optional<Cut> cut(TenantId tenant, LocalDate before) {
        List<LocalDate> days = folders.listJournalDays(tenant);
        LocalDate kept = null;
        long sequence = 0;
        for (int i = days.size() - 1; i >= 0; i--) {
            List<JournalLine> first = journals.read(tenant, new JournalPosition(days.get(i), 0), 1);
            boolean hasLines = !first.isEmpty() && first.get(0).after().day().equals(days.get(i));
            if (kept != null && days.get(i).isBefore(before)) {
                break;
            }
            if (hasLines) {
                kept = days.get(i);
                sequence = first.get(0).entry().sequence() - 1;
            }
        }
        if (kept == null || sequence == 0 || !folders.hasBefore(tenant, kept)) {
            return Optional.empty();
        }
        return Optional.of(new Cut(sequence, kept.isBefore(before) ? kept : before));
    }

    /**
     * Removes the files of the days before that one; what is gone already is passed over. Dead letters bear the clock's days and not
     * the ledger's: while the clock is before the first day that stays, none of them goes.
     */
    void remove(TenantId tenant, LocalDate firstDay) throws IOException {
        List<Path> files = new ArrayList<>(folders.listBefore(tenant, firstDay));
        if (!LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).isBefore(firstDay)) {
            files.addAll(folders.listDeadLettersBefore(tenant, firstDay));
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
            removeEmpty(folder(file));
        }
    }

    private static Path folder(Path inside) throws IOException {
        Path folder = inside.getParent();
        if (folder == null) {
            throw new IOException(inside + " is in no folder");
        }
        return folder;
    }

    /** A day's folder. */
    private static void removeEmpty(Path day) throws IOException {
        try {
            if (Files.deleteIfExists(day)) {
                DurableFiles.syncFolder(folder(day));
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return; // somebody else's file is in it, or it went with the one before
        }
    }
}
