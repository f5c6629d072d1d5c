package io.zeroui.runtime.fabric;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last lines of a file, without reading what is before them. */
final class BackwardLines {

    private static final int FIRST_WINDOW_BYTES = 256 << 10;
    private static final int MAX_WINDOW_BYTES = 16 << 20;

    private BackwardLines() {
    }

    /**
     * Complete lines that end at or before {@code end}, the last one first.
     *
     * @param max most lines returned; fewer are returned when they are long, none when there are none
     */
    static List<Line.Complete> before(Path file, long end, int max) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            long limit = Math.min(end, channel.size());
            for (int window = FIRST_WINDOW_BYTES;; window *= 4) {
                long start = Math.max(0, limit - window);
                List<Line.Complete> lines = lastOf(read(channel, start, (int) (limit - start)), start, max);
                if (!lines.isEmpty() || start == 0 || window >= MAX_WINDOW_BYTES) {
                    return lines;
                }
            }
        }
    }

    private static byte[] read(FileChannel channel, long start, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {
            continue;
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static List<Line.Complete> lastOf(byte[] window, long windowStart, int max) {
        List<Line.Complete> lines = new ArrayList<>();
        int feed = lastFeed(window, window.length);
        while (feed >= 0 && lines.size() < max) {
            int feedBefore = lastFeed(window, feed);
            if (feedBefore < 0 && windowStart > 0) {
                break;
            }
            lines.add(new Line.Complete(windowStart + feedBefore + 1, Arrays.copyOfRange(window, feedBefore + 1, feed)));
            feed = feedBefore;
        }
        return lines;
    }

    private static int lastFeed(byte[] window, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (window[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
