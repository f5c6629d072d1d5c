package io.zeroui.runtime.fabric;

import io.zeroui.contracts.receipts.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line whose bytes come in pieces; beyond the limit it keeps a prefix and a running SHA-256 only. */
final class LineAssembly {

    private static final int FIRST_BYTES = 4 << 10;

    private final int maxLineBytes;
    private long offset;
    private long length;
    private byte[] kept = new byte[0];
    private @Nullable MessageDigest digest;

    LineAssembly(int maxLineBytes, long offset) {
        this.maxLineBytes = maxLineBytes;
        this.offset = offset;
    }

    /** Start of the line being assembled. */
    long offset() {
        return offset;
    }

    /** Position behind the last byte taken. */
    long position() {
        return offset + length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isOversized() {
        return digest != null;
    }

    /** Takes bytes of the line that is not at its end yet. */
    void add(byte[] block, int from, int to) {
        int size = to - from;
        MessageDigest running = digest;
        if (running == null && length + size > maxLineBytes) {
            running = sha256();
            running.update(kept, 0, (int) length);
            digest = running;
        }
        int room = (running == null ? maxLineBytes : LineReader.PREFIX_BYTES) - (int) Math.min(length, Integer.MAX_VALUE);
        if (running != null) {
            running.update(block, from, size);
        }
        int keep = Math.min(size, Math.max(0, room));
        if (keep > 0) {
            ensure((int) length + keep);
            System.arraycopy(block, from, kept, (int) length, keep);
        }
        length += size;
    }

    /** Takes the last bytes of the line and starts the next one behind the line feed at {@code feed}. */
    Line finish(byte[] block, int from, int feed) {
        Line line;
        if (length == 0 && feed - from <= maxLineBytes) {
            line = new Line.Complete(offset, Arrays.copyOfRange(block, from, feed));
            length = feed - from;
        } else {
            add(block, from, feed);
            MessageDigest running = digest;
            line = running == null ? new Line.Complete(offset, Arrays.copyOf(kept, (int) length))
                    : new Line.Oversized(offset, length, new Hash(running.digest()), prefix());
        }
        offset += length + 1;
        length = 0;
        digest = null;
        if (kept.length > LineReader.PREFIX_BYTES) {
            kept = new byte[0];
        }
        return line;
    }

    private byte[] prefix() {
        return Arrays.copyOf(kept, (int) Math.min(length, LineReader.PREFIX_BYTES));
    }

    private void ensure(int size) {
        if (kept.length < size) {
            kept = Arrays.copyOf(kept, Math.max(size, Math.max(FIRST_BYTES, kept.length * 2)));
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
