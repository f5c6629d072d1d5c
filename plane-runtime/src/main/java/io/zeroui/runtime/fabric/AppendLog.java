package io.zeroui.runtime.fabric;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.zeroui.runtime.fabric.OpenFile.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Durable append to JSONL files. What waits is written together: one write and one {@code fdatasync} for every file in
 * a round, whoever asked. An append is answered when all its lines are on the disk, and then each of them is in its file
 * exactly as it was given, on a line of its own, exactly once for this request.
 *
 * <ul>
 * <li>Other processes may append to the same files with {@code O_APPEND}. A torn last line of theirs is ended with a line
 * feed first; if they tear a line of ours, it is written again, and the torn one stays for readers to refuse.
 * <li>A file that is deleted, renamed or cut meanwhile is found out before the answer, and the lines are written again.
 * <li>When the disk is full, lines that were written completely stay and are acknowledged if their whole request is; the
 * fragment behind them is cut away, and the requests concerned fail with {@link FabricFullException}.
 * <li>After a failed sync none of its lines is ever acknowledged, and they are cut away unless others wrote behind them.
 * <li>If one file of a request fails the request fails; some of its lines may then be in other files.
 * </ul>
 *
 * <p>Readers of the same files in this process read up to {@link #readableEnd(Path)} only, so that they never see a line
 * that is cut away later.
 */
public final class AppendLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AppendLog.class);

    private final Path root;
    private final AppendLimits limits;
    private final AppendQueue queue;
    private final AppendRound round;
    private final Thread writer;

    /** With {@link AppendLimits#DEFAULT} and nobody watching. */
    public AppendLog(Path root) {
        this(root, AppendLimits.DEFAULT, FabricObserver.NONE);
    }

    /**
     * Starts the writer thread.
     *
     * @param root the folder that all files are below; it is created when it is first needed
     */
    public AppendLog(Path root, AppendLimits limits, FabricObserver observer) {
        this(root, limits, observer, Sync.DATA);
    }

    AppendLog(Path root, AppendLimits limits, FabricObserver observer, Sync sync) {
        this.root = normal(root);
        this.limits = limits;
        this.queue = new AppendQueue(limits);
        this.round = new AppendRound(this.root, limits, observer, sync);
        this.writer = new Thread(this::writeRounds, "fabric-writer");
        this.writer.setDaemon(true);
        this.writer.start();
    }

    /**
     * Appends lines, in the order given where they go to the same file.
     *
     * @return the positions in the order of the requests, emitted on the writer thread, which must not be held up.
     *         Fails with {@link IllegalArgumentException} for a line that is empty, too long or contains a line feed and
     *         for a file outside the root; with {@link FabricBusyException} when too much is waiting; with
     *         {@link FabricFullException} or another {@link FabricException} when the disk did not take it
     */
    public Uni<List<FilePosition>> append(List<AppendRequest> requests) {
        return Uni.createFrom().emitter(emitter -> enqueue(requests, emitter));
    }

    /**
     * Up to where a file may be read: behind it may lie lines that are being written and are not on the disk yet. What
     * other processes append is synced by nobody: see {@link DurableFiles#sync(Path)}.
     *
     * @return 0 when there is no such file
     */
    public long readableEnd(Path file) throws IOException {
        Path path = normal(file);
        while (true) {
            long seen = round.changes();
            Long unsettledFrom = round.unsettledFrom(path);
            if (unsettledFrom != null) {
                return Math.min(unsettledFrom, sizeOf(path));
            }
            long size = sizeOf(path);
            if (seen == round.changes() && round.unsettledFrom(path) == null) {
                return size;
            }
        }
    }

    /** Lines that wait or are being written. */
    public int queuedLines() {
        return queue.lines();
    }

    /** Refuses new appends, writes and answers what waits, and closes the files. */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (writer.isAlive() && Thread.currentThread() != writer) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(List<AppendRequest> requests, UniEmitter<? super List<FilePosition>> emitter) {
        if (requests.isEmpty()) {
            emitter.complete(List.of());
            return;
        }
        PendingAppend append = new PendingAppend(emitter, requests.size());
        try {
            for (AppendRequest request : requests) {
                append.add(request.file(), checkedFile(request.file()), checkedLine(request.line()));
            }
            queue.put(append);
        } catch (IllegalArgumentException | FabricException e) {
            emitter.fail(e);
        }
    }

    private Path checkedFile(Path file) {
        Path path = normal(file);
        if (!path.startsWith(root) || path.equals(root)) {
            throw new IllegalArgumentException(file + " is not a file below " + root);
        }
        return path;
    }

    private byte[] checkedLine(byte[] line) {
        if (line.length == 0 || line.length > limits.maxLineBytes()) {
            throw new IllegalArgumentException(
                    "a line has 1 to " + limits.maxLineBytes() + " bytes, not " + line.length);
        }
        for (byte b : line) {
            if (b == '\n') {
                throw new IllegalArgumentException("a line cannot contain a line feed");
            }
        }
        return line;
    }

    private void writeRounds() {
        try (round) {
            for (List<PendingAppend> next = queue.take(); !next.isEmpty(); next = queue.take()) {
                write(next);
                next.forEach(queue::release);
                next.forEach(AppendLog::answer);
            }
        }
    }

    private void write(List<PendingAppend> next) {
        // A caller's code runs on this thread when it is answered; an interrupt it left would close the files.
        if (Thread.interrupted()) {
            LOG.warn("somebody interrupted the writer of the fabric; ignored");
        }
        try {
            round.write(next);
        } catch (RuntimeException | Error e) {
            LOG.error("writing to the fabric failed unexpectedly", e);
            FabricException failure = new FabricException("unexpected failure in writing: " + e, e);
            next.forEach(append -> append.fail(failure));
            round.dropHandles();
        }
    }

    private static void answer(PendingAppend append) {
        try {
            append.answer();
        } catch (RuntimeException | Error e) {
            LOG.error("a caller of the append log failed in taking its answer", e);
        }
    }

    private static long sizeOf(Path path) throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
