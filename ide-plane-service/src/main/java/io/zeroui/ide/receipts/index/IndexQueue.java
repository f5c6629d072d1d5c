package io.zeroui.ide.receipts.index;

import io.smallrye.mutiny.Uni;
import io.zeroui.ide.receipts.ReceiptEntry;
import io.zeroui.ide.receipts.ReceiptsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Lines that this process has appended and checked, on their way to the index: per file in the order of offsets. Bounded;
 * what finds no room is not lost, for it is in its file, and is read from there. Thread-safe.
 */
@ApplicationScoped
public class IndexQueue {

    /**
     * One appended receipt.
     *
     * @param entry what the index will know
     * @param isNew whether its id is known to be new; false after an answer that left this open
     */
    public record Appended(ReceiptEntry entry, boolean isNew) {
    }

    private final int maxQueued;
    private final int slowDownAt;
    private final Map<String, NavigableMap<Long, Appended>> byFile = new HashMap<>();
    private final Map<String, Integer> appending = new HashMap<>();
    private int queued;
    private CompletableFuture<Boolean> work = new CompletableFuture<>();
    private CompletableFuture<Boolean> room = CompletableFuture.completedFuture(true);

    IndexQueue(ReceiptsConfig config) {
        this.maxQueued = config.maxQueued();
        this.slowDownAt = config.slowDownAt();
    }

    /** An append to the file begins; its lines will be offered here, or {@link #gaveUp} is called. */
    public synchronized void begin(String file) {
        appending.merge(file, 1, Integer::sum);
    }

    /** The append has failed. */
    public synchronized void gaveUp(String file) {
        appending.computeIfPresent(file, (key, count) -> count == 1 ? null : count - 1);
    }

    /** The append has succeeded with these lines. */
    public synchronized void offer(String file, Collection<Appended> lines) {
        gaveUp(file);
        if (queued + lines.size() > maxQueued) {
            wake();
            return;
        }
        NavigableMap<Long, Appended> waiting = byFile.computeIfAbsent(file, key -> new TreeMap<>());
        int before = waiting.size();
        lines.forEach(line -> waiting.put(line.entry().position().offset(), line));
        queued += waiting.size() - before;
        if (queued > slowDownAt && room.isDone()) {
            room = new CompletableFuture<>();
        }
        wake();
    }

    /** Completes once there is room, or after the timeout. */
    public synchronized Uni<Boolean> room(Duration timeout) {
        if (room.isDone()) {
            return Uni.createFrom().item(true);
        }
        CompletableFuture<Boolean> wanted = room;
        return Uni.createFrom().completionStage(wanted::copy)
                .ifNoItem().after(timeout).recoverWithItem(false);
    }

    /** Lines that wait. */
    public synchronized int size() {
        return queued;
    }

    /** Completes once something was offered since the last call, or after the timeout. */
    Uni<Boolean> nextWork(Duration timeout) {
        return Uni.createFrom().completionStage(this::work)
                .ifNoItem().after(timeout).recoverWithItem(false);
    }

    private synchronized CompletableFuture<Boolean> work() {
        if (work.isDone()) {
            CompletableFuture<Boolean> done = work;
            work = new CompletableFuture<>();
            return done;
        }
        return work.copy();
    }

    private void wake() {
        work.completeAsync(() -> true);
    }

    /** Files with lines that wait. */
    synchronized Set<String> files() {
        return new HashSet<>(byFile.keySet());
    }

    /** Whether lines of this process may lie at the end of the file that were not offered yet. */
    synchronized boolean isAppending(String file) {
        return appending.containsKey(file);
    }

    /** Removes lines that begin before the offset: the index has them from the file. */
    synchronized List<Appended> removeBefore(String file, long offset) {
        NavigableMap<Long, Appended> waiting = byFile.get(file);
        if (waiting == null) {
            return List.of();
        }
        NavigableMap<Long, Appended> old = waiting.headMap(offset, false);
        List<Appended> removed = new ArrayList<>(old.values());
        old.clear();
        removed(file, removed.size());
        return removed;
    }

    /** Where the first waiting line of the file begins; the largest number when none waits. */
    synchronized long firstOffset(String file) {
        NavigableMap<Long, Appended> waiting = byFile.get(file);
        return waiting == null ? Long.MAX_VALUE : waiting.firstKey();
    }

    /** Lines of the file, at most {@code limit}, that begin at the offset and follow each other without a gap. */
    synchronized List<Appended> run(String file, long offset, int limit) {
        NavigableMap<Long, Appended> waiting = byFile.get(file);
        List<Appended> run = new ArrayList<>();
        if (waiting == null) {
            return run;
        }
        long next = offset;
        for (Appended line : waiting.tailMap(offset, true).values()) {
            if (line.entry().position().offset() != next || run.size() == limit) {
                break;
            }
            run.add(line);
            next = line.entry().position().end();
        }
        return run;
    }

    private void removed(String file, int count) {
        queued -= count;
        NavigableMap<Long, Appended> waiting = byFile.get(file);
        if (waiting != null && waiting.isEmpty()) {
            byFile.remove(file);
        }
        if (queued <= slowDownAt) {
            room.completeAsync(() -> true);
        }
    }
}
