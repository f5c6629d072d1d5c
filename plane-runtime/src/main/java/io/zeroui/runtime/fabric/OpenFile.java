package io.zeroui.runtime.fabric;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zeroui.runtime.fabric.PendingAppend.PendingLine;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file open for appending: one channel with {@code O_APPEND}, so that other processes may append as well, and one to
 * look at what lies there and to cut. Used by the writer thread only.
 */
final class OpenFile implements Closeable {

    private static final byte LINE_FEED = '\n';
    private static final int MAX_SEARCH_BYTES = 64 << 20;

    private final Path path;
    private final FileChannel append;
    private final FileChannel access;
    private final Object key;

    /** How content is brought to the disk; faults are injected here. */
    @FunctionalInterface
    interface Sync {

        /** {@code fdatasync}. */
        Sync DATA = channel -> channel.force(false);

        void sync(FileChannel channel) throws IOException;
    }

    private OpenFile(Path path, FileChannel append, FileChannel access, Object key) {
        this.path = path;
        this.append = append;
        this.access = access;
        this.key = key;
    }

    /** Opens the file, creating it (but not its folder) when it is missing. */
    static OpenFile open(Path path) throws IOException {
        refuseSpecialFile(path);
        FileChannel append = FileChannel.open(path, WRITE, APPEND, CREATE, NOFOLLOW_LINKS);
        try {
            Object before = keyOf(path);
            FileChannel access = FileChannel.open(path, READ, WRITE, NOFOLLOW_LINKS);
            try {
                if (before == null || !before.equals(keyOf(path))) {
                    throw new IOException(path + " was replaced while it was opened");
                }
                return new OpenFile(path, append, access, before);
            } catch (IOException e) {
                access.close();
                throw e;
            }
        } catch (IOException e) {
            append.close();
            throw e;
        }
    }

    /** Opening a pipe would wait for its reader, and a device keeps nothing. */
    private static void refuseSpecialFile(Path path) throws IOException {
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).isRegularFile()) {
                throw new IOException(path + " is not a regular file");
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
    }

    Object key() {
        return key;
    }

    long size() throws IOException {
        return append.size();
    }

    /** Waits until the content is on the disk. After a failure nothing may be believed of this handle any more. */
    void sync(Sync sync) throws IOException {
        sync.sync(append);
    }

    /** Whether the path still leads to this file and the file still reaches to {@code end}. */
    boolean holds(long end) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return key.equals(now.fileKey()) && now.size() >= end;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Cuts the file to {@code size} if it still ends at {@code end}: what others appended behind is never cut. */
    void cutBack(long end, long size) throws IOException {
        if (end > size && access.size() == end) {
            access.truncate(size);
        }
    }

    /**
     * Appends lines with one write and notes where each of them lies. A line that another process tore by writing at the
     * same moment stays without a place. When the disk takes only a part, the lines that are complete keep their place
     * (a reader may have seen them) and the fragment behind them is cut away.
     *
     * @param buffer large enough for the lines, their line feeds and one more
     * @return whether our bytes, and nobody else's, lie between the old end and the new one
     */
    boolean append(List<PendingLine> lines, ByteBuffer buffer) throws IOException {
        long before = append.size();
        int sealing = startsLine(before) ? 0 : 1;
        fill(buffer, lines, sealing == 1);
        IOException failure = null;
        try {
            while (buffer.hasRemaining()) {
                if (append.write(buffer) <= 0) {
                    throw new IOException("no progress in writing " + path);
                }
            }
        } catch (IOException e) {
            failure = e;
        }
        int written = buffer.position();
        long after = append.size();
        boolean alone = after - before == written;
        if (alone) {
            long wholeEnd = place(lines, before + sealing, after);
            if (failure != null) {
                cutBack(after, wholeEnd == before + sealing ? before : wholeEnd);
            }
        } else {
            search(lines, before, after);
        }
        if (failure != null) {
            throw written > 0 ? new ShortWriteException(failure) : failure;
        }
        return alone;
    }

    private boolean startsLine(long position) throws IOException {
        if (position == 0) {
            return true;
        }
        return read(position - 1, 1)[0] == LINE_FEED;
    }

    private static void fill(ByteBuffer buffer, List<PendingLine> lines, boolean seal) {
        buffer.clear();
        if (seal) {
            buffer.put(LINE_FEED);
        }
        for (PendingLine line : lines) {
            buffer.put(line.bytes()).put(LINE_FEED);
        }
        buffer.flip();
    }

    /** Gives a place to every line that ends before {@code end}; returns the end of the last one. */
    private static long place(List<PendingLine> lines, long start, long end) {
        long at = start;
        for (PendingLine line : lines) {
            long next = at + line.bytes().length + 1;
            if (next > end) {
                break;
            }
            line.place(at);
            at = next;
        }
        return at;
    }

    /** Another process wrote in between: finds our lines by their content. A torn one is not found. */
    private void search(List<PendingLine> lines, long from, long to) throws IOException {
        if (to - from > MAX_SEARCH_BYTES || to < from) {
            return;
        }
        Map<ByteBuffer, Deque<PendingLine>> wanted = new HashMap<>();
        for (PendingLine line : lines) {
            wanted.computeIfAbsent(ByteBuffer.wrap(line.bytes()), bytes -> new ArrayDeque<>()).add(line);
        }
        byte[] region = read(from, (int) (to - from));
        // Bytes before the first line feed belong to a line that began before the region, unless it starts one.
        int start = startsLine(from) ? 0 : indexAfterFeed(region, 0);
        for (int next = indexAfterFeed(region, start); next > 0; next = indexAfterFeed(region, start)) {
            Deque<PendingLine> found = wanted.get(ByteBuffer.wrap(region, start, next - 1 - start));
            if (found != null && !found.isEmpty()) {
                found.remove().place(from + start);
            }
            start = next;
        }
    }

    /** Index behind the next line feed, or -1. */
    private static int indexAfterFeed(byte[] bytes, int from) {
        for (int i = Math.max(from, 0); i < bytes.length; i++) {
            if (bytes[i] == LINE_FEED) {
                return i + 1;
            }
        }
        return -1;
    }

    private byte[] read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (access.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException(path + " was cut while it was read");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        try {
            append.close();
        } finally {
            access.close();
        }
    }

    /** The disk took a part of what was written, which only happens when it is full. */
    static final class ShortWriteException extends IOException {
        private static final long serialVersionUID = 1L;

        ShortWriteException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
