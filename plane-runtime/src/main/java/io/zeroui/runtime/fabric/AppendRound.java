package io.zeroui.runtime.fabric;

import io.zeroui.runtime.fabric.OpenFile.Sync;
import io.zeroui.runtime.fabric.PendingAppend.PendingLine;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes rounds: one write and one sync for every file, the syncs of several files side by side. */
final class AppendRound implements Closeable {

    private static final int MIN_BUFFER_BYTES = 1 << 20;

    private final AppendLimits limits;
    private final FabricObserver observer;
    private final Sync sync;
    private final OpenFiles files;
    private final ByteBuffer buffer;
    private final ExecutorService syncers;
    private final Map<Path, Long> unsettled = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private long writeNanos;
    private long syncNanos;

    AppendRound(Path root, AppendLimits limits, FabricObserver observer, Sync sync) {
        this.sync = sync;
        this.limits = limits;
        this.observer = observer;
        this.files = new OpenFiles(root, limits.maxOpenFiles());
        this.buffer = ByteBuffer.allocateDirect(Math.max(MIN_BUFFER_BYTES, limits.maxLineBytes() + 2));
        this.syncers = Executors.newFixedThreadPool(limits.syncThreads(), AppendRound::syncThread);
    }

    private static Thread syncThread(Runnable work) {
        Thread thread = new Thread(work, "fabric-sync");
        thread.setDaemon(true);
        return thread;
    }

    /** Counts every beginning and end of a part of a round. */
    long changes() {
        return changes.get();
    }

    /** Where the part of a file begins that is being written and not synced yet; null when there is none. */
    @Nullable Long unsettledFrom(Path path) {
        return unsettled.get(path);
    }

    /** Writes the lines of all; afterwards each of them has its places or its failure. */
    void write(List<PendingAppend> round) {
        writeNanos = 0;
        syncNanos = 0;
        int lines = 0;
        Map<Path, FileAppend> byFile = new LinkedHashMap<>();
        for (PendingAppend append : round) {
            for (PendingLine line : append.lines()) {
                byFile.computeIfAbsent(line.file(), path -> new FileAppend(path, files)).add(line);
                lines++;
            }
        }
        List<FileAppend> appends = new ArrayList<>(byFile.values());
        for (int from = 0; from < appends.size(); from += limits.maxOpenFiles()) {
            writeFiles(appends.subList(from, Math.min(appends.size(), from + limits.maxOpenFiles())));
        }
        observer.roundCompleted(lines, appends.size(), writeNanos, syncNanos);
    }

    private void writeFiles(List<FileAppend> appends) {
        changes.incrementAndGet();
        try {
            List<FileAppend> rest = appends;
            while (!rest.isEmpty()) {
                rest = attempt(rest);
            }
        } finally {
            appends.forEach(append -> unsettled.remove(append.path()));
            changes.incrementAndGet();
            files.trim();
        }
    }

    private List<FileAppend> attempt(List<FileAppend> appends) {
        long start = System.nanoTime();
        for (FileAppend append : appends) {
            unsettled.merge(append.path(), append.open(), Math::min);
            append.write(buffer);
        }
        long written = System.nanoTime();
        sync(appends);
        long synced = System.nanoTime();
        writeNanos += written - start;
        syncNanos += synced - written;
        List<FileAppend> again = new ArrayList<>();
        for (FileAppend append : appends) {
            if (!append.settle()) {
                again.add(append);
            }
        }
        return again;
    }

    private void sync(List<FileAppend> appends) {
        if (appends.size() == 1) {
            appends.get(0).sync(sync);
            return;
        }
        List<Callable<Void>> work = new ArrayList<>();
        for (FileAppend append : appends) {
            work.add(() -> {
                append.sync(sync);
                return null;
            });
        }
        try {
            for (Future<Void> done : syncers.invokeAll(work)) {
                done.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a sync did not end", e);
        }
    }

    /** Forgets all handles, whose state is unknown after an unexpected failure. */
    void dropHandles() {
        files.close();
    }

    @Override
    public void close() {
        syncers.shutdown();
        files.close();
    }
}
