package io.zeroui.product.policy.registry;

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
 * Sees to it that one process at a time writes a region's policies: a lock on {@code registry/.writer.lock}, which the operating
 * system releases whatever happens to its holder.
 */
@ApplicationScoped
public class RegistryLock {

    private static final int AFTER_OTHERS = 10_000;

    private final RegistryFolders folders;
    private @Nullable FileChannel holder;

    /** Nothing is locked yet. */
    public RegistryLock(RegistryFolders folders) {
        this.folders = folders;
    }

    /**
     * Takes the lock, or keeps it.
     *
     * @throws IOException when another process has it
     */
    synchronized void acquire() throws IOException {
        if (holder != null) {
            return;
        }
        Path registry = folders.root().policyRegistryFolder(folders.region());
        DurableFiles.createFolders(registry);
        FileChannel channel = FileChannel.open(registry.resolve(".writer.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                holder = channel;
                return;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process already writes the policies below " + registry, e);
        }
        channel.close();
        throw new IOException("another process writes the policies below " + registry);
    }

    synchronized void release(@Observes @Priority(AFTER_OTHERS) ShutdownEvent event) throws IOException {
        close();
    }

    /** Lets others write. */
    public synchronized void close() throws IOException {
        FileChannel channel = holder;
        holder = null;
        if (channel != null) {
            channel.close();
        }
    }
}
