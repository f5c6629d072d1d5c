package io.zeroui.runtime.fabric;

import io.zeroui.runtime.fabric.OpenFile.Sync;
import io.zeroui.runtime.fabric.PendingAppend.PendingLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one round that go to one file: written, synced, then checked to be where the path leads. */
final class FileAppend {

    /** A foreign writer can tear a line of ours, and somebody can replace the file: then it is written again. */
    private static final int MAX_ATTEMPTS = 5;

    private final Path path;
    private final OpenFiles files;
    private final List<PendingLine> lines = new ArrayList<>();
    private @Nullable OpenFile file;
    private @Nullable IOException writeFailure;
    private @Nullable IOException syncFailure;
    private boolean alone = true;
    private long begin;
    private int attempts;

    FileAppend(Path path, OpenFiles files) {
        this.path = path;
        this.files = files;
    }

    Path path() {
        return path;
    }

    void add(PendingLine line) {
        lines.add(line);
    }

    /** Opens the file; returns its end, before which everything is settled. */
    long open() {
        try {
            OpenFile opened = files.get(path);
            file = opened;
            begin = opened.size();
            return begin;
        } catch (IOException e) {
            writeFailure = e;
            return Long.MAX_VALUE;
        }
    }

    /** Writes every line that has no place yet, in blocks that fit the buffer. */
    void write(ByteBuffer buffer) {
        OpenFile target = file;
        if (target == null) {
            return;
        }
        attempts++;
        try {
            List<PendingLine> block = new ArrayList<>();
            long bytes = 1;
            for (PendingLine line : lines) {
                if (line.isPlaced()) {
                    continue;
                }
                int size = line.bytes().length + 1;
                if (bytes + size > buffer.capacity()) {
                    alone &= target.append(block, buffer);
                    block.clear();
                    bytes = 1;
                }
                block.add(line);
                bytes += size;
            }
            if (!block.isEmpty()) {
                alone &= target.append(block, buffer);
            }
        } catch (IOException e) {
            writeFailure = e;
        }
    }

    /** Waits for the disk; may run on another thread than the rest. */
    void sync(Sync sync) {
        OpenFile target = file;
        if (target == null) {
            return;
        }
        try {
            target.sync(sync);
        } catch (IOException e) {
            syncFailure = e;
        }
    }

    /** Looks whether all is well; returns false when lines must be written again. */
    boolean settle() {
        OpenFile target = file;
        if (target == null || syncFailure != null) {
            distrust();
            return true;
        }
        try {
            if (!target.holds(endOfPlaced())) {
                files.drop(path);
                file = null;
                lines.forEach(PendingLine::displace);
                if (writeFailure != null) {
                    failUnplaced(writeFailure);
                    return true;
                }
                return giveUp("is being replaced or cut by somebody else");
            }
        } catch (IOException e) {
            writeFailure = e;
            distrust();
            return true;
        }
        if (writeFailure != null) {
            failUnplaced(writeFailure);
            files.drop(path);
            return true;
        }
        return lines.stream().allMatch(PendingLine::isPlaced) || giveUp("is being written by somebody who tears lines");
    }

    private boolean giveUp(String why) {
        if (attempts < MAX_ATTEMPTS) {
            return false;
        }
        failUnplaced(new IOException(path + " " + why));
        return true;
    }

    private long endOfPlaced() {
        return lines.stream()
                .filter(PendingLine::isPlaced)
                .mapToLong(PendingLine::end)
                .max()
                .orElse(0);
    }

    /**
     * After a failed sync the kernel may have dropped the pages and a later sync would succeed all the same: none of
     * these bytes may ever be acknowledged. They are cut away through a new handle, unless somebody wrote behind them.
     */
    private void distrust() {
        IOException cause = syncFailure != null ? syncFailure : writeFailure;
        long end = endOfPlaced();
        lines.forEach(PendingLine::displace);
        failUnplaced(cause == null ? new IOException(path + " could not be opened") : cause);
        files.drop(path);
        if (syncFailure == null || !alone || end <= begin) {
            return;
        }
        try (OpenFile again = OpenFile.open(path)) {
            again.cutBack(end, begin);
            again.sync(Sync.DATA);
        } catch (IOException e) {
            syncFailure.addSuppressed(e);
        }
    }

    private void failUnplaced(IOException cause) {
        long unplaced = lines.stream()
                .filter(line -> !line.isPlaced())
                .mapToLong(line -> line.bytes().length)
                .sum();
        FabricException failure = FileFailures.toException(path, cause, unplaced);
        lines.stream()
                .filter(line -> !line.isPlaced())
                .forEach(line -> line.fail(failure));
    }
}
