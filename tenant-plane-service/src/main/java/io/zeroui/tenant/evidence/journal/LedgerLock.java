package io.zeroui.tenant.evidence.journal;

import io.quarkus.runtime.ShutdownEvent;
import io.zeroui.runtime.fabric.DurableFiles;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one process at a time writes a region's ledgers: a lock on {@code tenant/.evidence-{region}.lock}, which
 * the operating system releases whatever happens to its holder.
 */
@ApplicationScoped
public class LedgerLock {

    private static final int AFTER_OTHERS = 10_000;
    private final LedgerFolders folders;
    private @Nullable FileChannel holder;

    LedgerLock(LedgerFolders folders) {
        this.folders = folders;
    }

    /**
     * Takes the lock, or keeps it.
     *
     * @throws IOException when another process has it
     */
    public synchronized void acquire() throws IOException {
        if (holder != null) {
            return;
        }
        Path file = folders.root().tenantsFolder().resolve(".evidence-" + folders.region().value() + ".lock");
        DurableFiles.createFolders(folders.root().tenantsFolder());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                holder = channel;
                return;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process already writes the ledgers below " + folders.root().path(), e);
        }
        channel.close();
        throw new IOException("another process writes the ledgers below " + folders.root().path());
    }

    synchronized void release(@Observes @Priority(AFTER_OTHERS) ShutdownEvent event) throws IOException {
        FileChannel channel = holder;
        holder = null;
        if (channel != null) {
            channel.close();
        }
    }
}
