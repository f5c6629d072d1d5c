package io.zeroui.tenant.evidence;

import io.zeroui.runtime.fabric.TrustFolder;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The threads that read a key's file. They are those that check signatures: the file is read by whoever needs the key, and a
 * file that cannot be believed is said to be so, by that thread, each time.
 */
final class TrustThreads extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(TrustFolder.class.getName());
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final String file;

    TrustThreads(Path file) {
        this.file = file.toString();
        logger.addHandler(this);
    }

    Set<String> names() {
        return Set.copyOf(names);
    }

    @Override
    public void publish(LogRecord record) {
        Object[] parameters = record.getParameters();
        if (parameters != null && parameters.length > 0 && String.valueOf(parameters[0]).equals(file)) {
            names.add(Thread.currentThread().getName());
        }
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
