package io.zeroui.tenant.evidence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** What a crash inside a write leaves at the end of a file. Blocking. */
final class TornFiles {

    private static final int BLOCK_BYTES = 64 << 10;

    /**
     * Bytes behind the last line feed of a file.
     *
     * @param file the file
     * @param offset where they begin
     * @param length how many there are
     * @param bytes the first of them, as many as a dead letter keeps and one more
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Tail(Path file, long offset, long length, byte[] bytes) {
    }

    private TornFiles() {
    }

    /** The torn tail of a file, where it has one. */
    static Optional<Tail> find(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long start = afterLastFeed(channel, size);
            if (start == size) {
                return Optional.empty();
            }
            byte[] bytes = read(channel, start, (int) Math.min(size - start, BLOCK_BYTES + 1L));
            return Optional.of(new Tail(file, start, size - start, bytes));
        }
    }

    /** Cuts a file and waits until that is on the disk. */
    static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileChannel cut = channel.truncate(size);
            cut.force(true);
        }
    }

    private static long afterLastFeed(FileChannel channel, long size) throws IOException {
        long end = size;
        while (end > 0) {
            int length = (int) Math.min(BLOCK_BYTES, end);
            byte[] block = read(channel, end - length, length);
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return 0;
    }

    private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                return Arrays.copyOf(buffer.array(), buffer.position());
            }
        }
        return buffer.array();
    }
}
