package io.zeroui.tenant.evidence.export;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A new file that is written from its beginning to its end, of at most so many bytes, and its hash. For one thread at a time. */
final class DataFile extends OutputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final long mostBytes;
    private volatile long bytes;

    /** It would be longer than it may be. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        TooLarge(long mostBytes) {
            super("the file would have more than the " + mostBytes + " bytes that are left for the tenant's exports");
        }
    }

    /** @throws java.nio.file.FileAlreadyExistsException where there is anything of that name */
    DataFile(Path file, long mostBytes) throws IOException {
        this.channel = FileChannel.open(file, CREATE_NEW, WRITE, LinkOption.NOFOLLOW_LINKS);
        this.mostBytes = mostBytes;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Bytes written so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public void write(int one) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) one);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(buffer.remaining(), length - done);
            buffer.put(some, offset + done, part);
            done += part;
        }
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        if (bytes + buffer.remaining() > mostBytes) {
            buffer.clear();
            throw new TooLarge(mostBytes);
        }
        bytes += buffer.remaining();
        digest.update(buffer.array(), 0, buffer.remaining());
        while (buffer.hasRemaining()) {
            int written = channel.write(buffer);
            assert written >= 0;
        }
        buffer.clear();
    }

    /** Ends the file; it is on the disk when this returns. Returns its SHA-256 in hex. To be called once, before it is closed. */
    String seal() throws IOException {
        flush();
        channel.force(true);
        channel.close();
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writers close what they write to; the file is ended by {@link #seal}. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            flush();
        }
    }

    /** Lets go of a file that nobody wants any more. */
    void abandon() throws IOException {
        channel.close();
    }
}
