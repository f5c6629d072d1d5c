package io.zeroui.runtime.fabric;

import static java.nio.file.StandardOpenOption.READ;

import io.zeroui.runtime.fabric.ReadResult.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads complete lines from a position in a growing file. Memory is bounded by the longest line allowed and by what a
 * read asks for: of a longer line only its beginning, length and SHA-256 are kept. How far such a line was read while it
 * still had no end is remembered, so that polling a growing line does not read it again from its start.
 *
 * <p>Safe for use by several threads.
 */
public final class LineReader {

    /** Bytes kept of an oversized line. */
    public static final int PREFIX_BYTES = 64 << 10;

    private static final int BLOCK_BYTES = 64 << 10;
    private static final int MAX_UNFINISHED = 64;

    private final int maxLineBytes;
    private final Map<Path, Unfinished> unfinished = new LinkedHashMap<>();

    /** @param maxLineBytes longest line that is returned as {@link Line.Complete} */
    public LineReader(int maxLineBytes) {
        if (maxLineBytes < 1) {
            throw new IllegalArgumentException("the longest line must have at least one byte");
        }
        this.maxLineBytes = maxLineBytes;
    }

    /** Reads up to the end of the file, see {@link #read(Path, long, long, int, int)}. */
    public ReadResult read(Path file, long offset, int maxLines, int maxBytes) throws IOException {
        return read(file, offset, Long.MAX_VALUE, maxLines, maxBytes);
    }

    /**
     * Reads complete lines.
     *
     * @param offset start of a line
     * @param end nothing behind this position is looked at; {@link AppendLog#readableEnd(Path)} for files that this
     *        process appends to
     * @param maxLines most lines returned
     * @param maxBytes most bytes returned; at least one line is returned all the same, and an oversized line counts with
     *        its prefix (its rest is read in one go)
     * @throws IOException when the file cannot be read; a missing file is {@link Ending#SHRUNK}
     */
    public ReadResult read(Path file, long offset, long end, int maxLines, int maxBytes) throws IOException {
        if (offset < 0 || maxLines < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("offset " + offset + ", lines " + maxLines + ", bytes " + maxBytes);
        }
        try (FileChannel channel = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            long limit = Math.min(channel.size(), end);
            if (limit < offset) {
                return new ReadResult(List.of(), offset, Ending.SHRUNK);
            }
            if (limit == offset) {
                return new ReadResult(List.of(), offset, Ending.END);
            }
            Object key = keyOf(file);
            LineAssembly line = resume(file, key, offset, limit);
            Scan scan = new Scan(channel, line, limit, maxLines, maxBytes);
            ReadResult result = scan.run();
            keep(file, key, line);
            return result;
        } catch (NoSuchFileException e) {
            return new ReadResult(List.of(), offset, offset == 0 ? Ending.END : Ending.SHRUNK);
        }
    }

    private static Object keyOf(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
        return key == null ? file : key;
    }

    private LineAssembly resume(Path file, Object key, long offset, long limit) {
        Unfinished known;
        synchronized (unfinished) {
            known = unfinished.remove(file);
        }
        boolean same = known != null && Objects.equals(known.key, key) && known.line.offset() == offset
                && known.line.position() <= limit;
        return same ? Objects.requireNonNull(known).line : new LineAssembly(maxLineBytes, offset);
    }

    private void keep(Path file, Object key, LineAssembly line) {
        if (!line.isOversized()) {
            return;
        }
        synchronized (unfinished) {
            unfinished.put(file, new Unfinished(key, line));
            if (unfinished.size() > MAX_UNFINISHED) {
                unfinished.remove(unfinished.keySet().iterator().next());
            }
        }
    }

    private record Unfinished(Object key, LineAssembly line) {
    }

    /** One read: blocks of the file go through the line being assembled. */
    private static final class Scan {
        private final FileChannel channel;
        private final LineAssembly line;
        private final long limit;
        private final int maxLines;
        private final int maxBytes;
        private final List<Line> lines = new ArrayList<>();
        private long bytes;

        Scan(FileChannel channel, LineAssembly line, long limit, int maxLines, int maxBytes) {
            this.channel = channel;
            this.line = line;
            this.limit = limit;
            this.maxLines = maxLines;
            this.maxBytes = maxBytes;
        }

        ReadResult run() throws IOException {
            byte[] block = new byte[(int) Math.min(BLOCK_BYTES, limit - line.position())];
            boolean full = false;
            while (!full && line.position() < limit) {
                int wanted = (int) Math.min(block.length, limit - line.position());
                int read = channel.read(ByteBuffer.wrap(block, 0, wanted), line.position());
                if (read <= 0) {
                    break;
                }
                full = take(block, read);
            }
            Ending ending = full ? Ending.MORE : line.isEmpty() ? Ending.END : Ending.TORN_TAIL;
            return new ReadResult(lines, line.offset(), ending);
        }

        /** Returns whether a limit was reached; the rest of the block is then read again by the next read. */
        private boolean take(byte[] block, int length) {
            int from = 0;
            while (from < length) {
                int feed = indexOfFeed(block, from, length);
                if (feed < 0) {
                    line.add(block, from, length);
                    return false;
                }
                Line found = line.finish(block, from, feed);
                int size = found instanceof Line.Complete complete ? complete.bytes().length : PREFIX_BYTES;
                lines.add(found);
                bytes += size;
                from = feed + 1;
                if (lines.size() >= maxLines || bytes >= maxBytes) {
                    return true;
                }
            }
            return false;
        }

        private static int indexOfFeed(byte[] block, int from, int to) {
            for (int i = from; i < to; i++) {
                if (block[i] == '\n') {
                    return i;
                }
            }
            return -1;
        }
    }

    /** Only for tests: how many unfinished oversized lines are remembered. */
    int unfinishedLines() {
        synchronized (unfinished) {
            return unfinished.size();
        }
    }

    /** Only for tests: how far an unfinished oversized line was read. */
    @Nullable Long unfinishedPosition(Path file) {
        synchronized (unfinished) {
            Unfinished known = unfinished.get(file);
            return known == null ? null : known.line.position();
        }
    }
}
