package io.zeroui.tenant.evidence.journal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Sees to it that nobody reads a line while it is being overwritten: it has its old bytes or its new ones. Held for one read of
 * a bounded size, or one write; never while waiting for the disk.
 */
@ApplicationScoped
public class RewriteGuard {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    RewriteGuard() {
    }

    /** For those who read lines. */
    public Lock reading() {
        return lock.readLock();
    }

    /** For the one who overwrites a line. */
    public Lock writing() {
        return lock.writeLock();
    }
}
