package io.zeroui.runtime.intake;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines. Of a line that is longer than the limit nothing is kept but its length, so memory is
 * bounded by the limit.
 */
final class LineSplitter {

    private static final byte[] EMPTY = new byte[0];
    private static final int FIRST_BYTES = 1 << 10;

    private final int maxBytes;
    private byte[] kept = EMPTY;
    private long length;

    LineSplitter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * One line.
     *
     * @param bytes the line without its line feed; null when it is too long
     * @param length its bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Piece(byte @Nullable [] bytes, long length) {
    }

    /** Takes bytes and hands out the lines that end in them. */
    void feed(Buffer block, Consumer<Piece> lines) {
        byte[] bytes = block.getBytes();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                add(bytes, from, i);
                lines.accept(take());
                from = i + 1;
            }
        }
        add(bytes, from, bytes.length);
    }

    /** The last line, which no line feed ends; null when there is none. */
    @Nullable
    Piece end() {
        return length == 0 ? null : take();
    }

    /** Bytes of the line that has begun and not ended. */
    long begun() {
        return length;
    }

    private void add(byte[] block, int from, int to) {
        int size = to - from;
        if (size == 0) {
            return;
        }
        if (length + size > maxBytes) {
            kept = EMPTY;
        } else {
            int needed = (int) length + size;
            if (kept.length < needed) {
                kept = Arrays.copyOf(kept, length == 0 ? size : Math.max(needed, Math.max(FIRST_BYTES, kept.length * 2)));
            }
            System.arraycopy(block, from, kept, (int) length, size);
        }
        length += size;
    }

    private Piece take() {
        Piece piece;
        if (length > maxBytes) {
            piece = new Piece(null, length);
        } else {
            piece = new Piece(kept.length == length ? kept : Arrays.copyOf(kept, (int) length), length);
        }
        kept = EMPTY;
        length = 0;
        return piece;
    }
}
