package io.zeroui.tenant.evidence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * A line found by a place within it.
 *
 * @param begin its first byte
 * @param end the byte behind its line feed
 * @param bytes without line feed
 */
@SuppressWarnings("ArrayRecordComponent")
record SeekedLine(long begin, long end, byte[] bytes) {

    /**
     * The line that has the byte at this place, or whose line feed it is.
     *
     * @throws IllegalArgumentException when a line there is longer than {@code most}, or has no line feed
     */
    static SeekedLine around(FileChannel file, long place, int most) throws IOException {
        long from = Math.max(0, place - most);
        byte[] window = read(file, from, (int) Math.min(file.size() - from, place - from + most));
        int at = (int) (place - from);
        int begin = at;
        while (begin > 0 && window[begin - 1] != '\n') {
            begin--;
        }
        int end = at;
        while (end < window.length && window[end] != '\n') {
            end++;
        }
        if (end == window.length || begin == 0 && from > 0) {
            throw new IllegalArgumentException("no line of at most " + most + " bytes at " + place);
        }
        return new SeekedLine(from + begin, from + end + 1, Arrays.copyOfRange(window, begin, end));
    }

    /** The byte behind the last line feed, which a line that is being written may follow; 0 where there is none. */
    static long endOfLines(FileChannel file, int most) throws IOException {
        long from = Math.max(0, file.size() - most);
        byte[] window = read(file, from, (int) (file.size() - from));
        int end = window.length;
        while (end > 0 && window[end - 1] != '\n') {
            end--;
        }
        return end == 0 ? 0 : from + end;
    }

    private static byte[] read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                return Arrays.copyOf(buffer.array(), buffer.position());
            }
        }
        return buffer.array();
    }
}
