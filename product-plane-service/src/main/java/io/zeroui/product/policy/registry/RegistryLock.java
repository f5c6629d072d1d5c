package io.zeroui.product.policy.registry;

import io.quarkus.runtime.ShutdownEvent;
import io.zeroui.runtime.fabric.records.FolderLock;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;

/** Sees to it that one process at a time writes a region's policies. */
@ApplicationScoped
public class RegistryLock {

    private static final int AFTER_OTHERS = 10_000;

    private final RegistryFolders folders;
    private final FolderLock lock = new FolderLock();

    /** Nothing is locked yet. */
    public RegistryLock(RegistryFolders folders) {
        this.folders = folders;
    }

    /**
     * Takes the lock, or keeps it.
     *
     * @throws IOException when another process has it
     */
    void acquire() throws IOException {
        lock.acquire(folders.root().policyRegistryFolder(folders.region()));
    }

    void release(@Observes @Priority(AFTER_OTHERS) ShutdownEvent event) throws IOException {
        close();
    }

    /** Lets others write. */
    public void close() throws IOException {
        lock.release();
    }
}
