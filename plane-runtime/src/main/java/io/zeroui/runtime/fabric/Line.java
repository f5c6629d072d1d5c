package io.zeroui.runtime.fabric;

import io.zeroui.contracts.receipts.Hash;

/** One LF-ended line of a file. */
public sealed interface Line {

    /** Position of the line's first byte in its file. */
    long offset();

    /** Bytes of the line without its line feed. */
    long length();

    /** Position of the byte after the line feed. */
    default long end() {
        return offset() + length() + 1;
    }

    /**
     * A line within the limit.
     *
     * @param offset position of the first byte
     * @param bytes the line without its line feed; a carriage return before it is kept
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Complete(long offset, byte[] bytes) implements Line {

        @Override
        public long length() {
            return bytes.length;
        }
    }

    /**
     * A line that is longer than the reader's limit, of which only the beginning is in memory.
     *
     * @param offset position of the first byte
     * @param length bytes of the line without its line feed
     * @param sha256 over these bytes
     * @param prefix the first bytes of the line
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Oversized(long offset, long length, Hash sha256, byte[] prefix) implements Line {
    }
}
