package io.zeroui.runtime.fabric;

import io.smallrye.mutiny.subscription.UniEmitter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One caller's lines on their way to the disk. Touched by the writer thread only, once it was queued. */
final class PendingAppend {

    /** One line of it. */
    static final class PendingLine {
        private final PendingAppend owner;
        private final Path namedFile;
        private final Path file;
        private final byte[] bytes;
        private long offset = -1;

        PendingLine(PendingAppend owner, Path namedFile, Path file, byte[] bytes) {
            this.owner = owner;
            this.namedFile = namedFile;
            this.file = file;
            this.bytes = bytes;
        }

        Path file() {
            return file;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean isPlaced() {
            return offset >= 0;
        }

        void place(long at) {
            offset = at;
        }

        void displace() {
            offset = -1;
        }

        /** Position behind its line feed. */
        long end() {
            return offset + bytes.length + 1;
        }

        void fail(FabricException reason) {
            owner.fail(reason);
        }
    }

    private final UniEmitter<? super List<FilePosition>> emitter;
    private final List<PendingLine> lines;
    private long bytes;
    private @Nullable FabricException failure;

    PendingAppend(UniEmitter<? super List<FilePosition>> emitter, int size) {
        this.emitter = emitter;
        this.lines = new ArrayList<>(size);
    }

    void add(Path namedFile, Path file, byte[] line) {
        lines.add(new PendingLine(this, namedFile, file, line));
        bytes += line.length + 1;
    }

    List<PendingLine> lines() {
        return lines;
    }

    /** Bytes of its lines with their line feeds. */
    long bytes() {
        return bytes;
    }

    /** The first failure is the one that is told. */
    void fail(FabricException reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Tells the caller what became of it. */
    void answer() {
        if (failure != null) {
            emitter.fail(failure);
            return;
        }
        List<FilePosition> positions = new ArrayList<>(lines.size());
        for (PendingLine line : lines) {
            if (!line.isPlaced()) {
                emitter.fail(new FabricException("a line has neither a place nor a failure"));
                return;
            }
            positions.add(new FilePosition(line.namedFile, line.offset, line.bytes.length));
        }
        emitter.complete(positions);
    }
}
