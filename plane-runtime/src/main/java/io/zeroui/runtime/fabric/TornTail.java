package io.zeroui.runtime.fabric;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** The bytes behind the last line feed that a crash can leave in a file, and how to get rid of them. */
public final class TornTail {

    private static final int BLOCK_BYTES = 64 << 10;

    private TornTail() {
    }

    /**
     * What was cut off.
     *
     * @param file the file it was in
     * @param offset where it began; the file ends here now
     * @param length its bytes
     * @param sha256 over these bytes
     * @param prefix its first bytes, at most {@link LineReader#PREFIX_BYTES}
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Fragment(Path file, long offset, long length, Hash sha256, byte[] prefix) {
    }

    /** Where a fragment is kept. */
    @FunctionalInterface
    public interface Keeper {

        /** Keeps the fragment durably; when this fails nothing is cut. */
        void keep(Fragment fragment) throws IOException;
    }

    /**
     * Cuts off bytes behind the last line feed after the keeper has them. For files that only this process writes, before
     * it writes them: another writer may just be in the middle of a line.
     *
     * @return what was cut off; empty when the file is missing, empty or ends with a line feed
     */
    public static Optional<Fragment> repair(Path file, Keeper keeper) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE, LinkOption.NOFOLLOW_LINKS)) {
            long end = channel.size();
            long start = startOfTail(channel, end);
            if (start == end) {
                return Optional.empty();
            }
            Fragment fragment = fragment(file, channel, start, end);
            keeper.keep(fragment);
            channel.truncate(start);
            channel.force(true);
            return Optional.of(fragment);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Position behind the last line feed. */
    private static long startOfTail(FileChannel channel, long end) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        long blockEnd = end;
        while (blockEnd > 0) {
            long blockStart = Math.max(0, blockEnd - BLOCK_BYTES);
            int length = fill(channel, block, blockStart, (int) (blockEnd - blockStart));
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return blockStart + i + 1;
                }
            }
            blockEnd = blockStart;
        }
        return 0;
    }

    private static Fragment fragment(Path file, FileChannel channel, long start, long end) throws IOException {
        MessageDigest digest = LineAssembly.sha256();
        byte[] prefix = new byte[(int) Math.min(end - start, LineReader.PREFIX_BYTES)];
        byte[] block = new byte[BLOCK_BYTES];
        for (long at = start; at < end;) {
            int length = fill(channel, block, at, (int) Math.min(BLOCK_BYTES, end - at));
            digest.update(block, 0, length);
            if (at == start) {
                System.arraycopy(block, 0, prefix, 0, Math.min(length, prefix.length));
            }
            at += length;
        }
        return new Fragment(file, start, end - start, new Hash(digest.digest()), prefix);
    }

    private static int fill(FileChannel channel, byte[] block, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(block, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file was cut while its end was looked at");
            }
        }
        return length;
    }
}
