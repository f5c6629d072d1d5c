package io.zeroui.runtime.fabric;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What waits for the writer thread, bounded in lines and bytes; what is being written still counts. */
final class AppendQueue {

    private final AppendLimits limits;
    private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();
    private int lines;
    private long bytes;
    private boolean closed;

    AppendQueue(AppendLimits limits) {
        this.limits = limits;
    }

    /**
     * @throws FabricBusyException when it does not fit
     * @throws FabricException when the queue is closed
     */
    synchronized void put(PendingAppend append) {
        if (closed) {
            throw new FabricException("the append log is closed");
        }
        // An empty queue takes any single request, so that one larger than the limit is not refused for ever.
        boolean fits = lines + append.lines().size() <= limits.maxQueuedLines()
                && bytes + append.bytes() <= limits.maxQueuedBytes();
        if (!fits && lines > 0) {
            throw new FabricBusyException(lines + " lines (" + bytes + " bytes) wait for the disk already");
        }
        lines += append.lines().size();
        bytes += append.bytes();
        waiting.add(append);
        notifyAll();
    }

    /** Waits for work; an empty list means closed and drained. */
    synchronized List<PendingAppend> take() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Swallowed on purpose: an interrupted thread would close its file channels; only close() ends it.
                continue;
            }
        }
        List<PendingAppend> round = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && (round.isEmpty() || size + waiting.element().bytes() <= limits.maxRoundBytes())) {
            PendingAppend next = waiting.remove();
            size += next.bytes();
            round.add(next);
        }
        return round;
    }

    synchronized void release(PendingAppend append) {
        lines -= append.lines().size();
        bytes -= append.bytes();
    }

    synchronized int lines() {
        return lines;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
