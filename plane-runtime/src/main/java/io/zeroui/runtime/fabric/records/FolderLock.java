package io.zeroui.runtime.fabric.records;

import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one process at a time writes below a folder: a lock on its {@code .writer.lock}, which the operating system
 * releases whatever happens to its holder. Safe for use by several threads.
 */
public final class FolderLock {

    private @Nullable FileChannel holder;

    /** Nothing is locked yet. */
    public FolderLock() {
    }

    /**
     * Takes the lock, or keeps it.
     *
     * @throws IOException when another process has it
     */
    public synchronized void acquire(Path folder) throws IOException {
        if (holder != null) {
            return;
        }
        DurableFiles.createFolders(folder);
        FileChannel channel = FileChannel.open(folder.resolve(".writer.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                holder = channel;
                return;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process already writes below " + folder, e);
        }
        channel.close();
        throw new IOException("another process writes below " + folder);
    }

    /** Lets others write. */
    public synchronized void release() throws IOException {
        FileChannel channel = holder;
        holder = null;
        if (channel != null) {
            channel.close();
        }
    }
}
