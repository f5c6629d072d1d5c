package io.zeroui.ide.receipts;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.RepoId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The receipt files: which one a receipt goes to, and lines by their position. Methods that read block on the disk. */
public final class ReceiptFiles {

    private static final int MAX_READ_BYTES = 1 << 20;
    private static final int MAX_GAP_BYTES = 8 << 10;

    private final ZuRoot root;

    /** The receipt files below a root. */
    public ReceiptFiles(ZuRoot root) {
        this.root = root;
    }

    /** The root that relative paths start from. */
    public ZuRoot root() {
        return root;
    }

    /** The file of a receipt that arrives now: by repository and by month (UTC) of arrival. */
    public Path fileOf(RepoId repoId, Instant arrival) {
        return root.ideReceipts(repoId, YearMonth.from(arrival.atZone(ZoneOffset.UTC)));
    }

    /**
     * The bytes of a line without its line feed.
     *
     * @throws IOException when the file is missing or shorter than that
     */
    public byte[] read(LinePosition position) throws IOException {
        byte[] line = readAll(List.of(position)).get(position);
        if (line == null) {
            throw new IOException("no line at " + position);
        }
        return line;
    }

    /**
     * The bytes of many lines; neighbours are read together. Lines that are not there (file missing or too short) are
     * left out; any other failure fails the call, for then it is not known whether they are there.
     */
    public Map<LinePosition, byte[]> readAll(List<LinePosition> positions) throws IOException {
        List<LinePosition> ordered = new ArrayList<>(positions);
        ordered.sort(Comparator.naturalOrder());
        Map<LinePosition, byte[]> lines = new HashMap<>();
        int from = 0;
        while (from < ordered.size()) {
            int to = from + 1;
            while (to < ordered.size() && areNeighbours(ordered.get(from), ordered.get(to - 1), ordered.get(to))) {
                to++;
            }
            readStretch(ordered.subList(from, to), lines);
            from = to;
        }
        return lines;
    }

    private static boolean areNeighbours(LinePosition first, LinePosition last, LinePosition next) {
        return first.file().equals(next.file()) && next.offset() - last.end() <= MAX_GAP_BYTES
                && next.end() - first.offset() <= MAX_READ_BYTES;
    }

    private void readStretch(List<LinePosition> stretch, Map<LinePosition, byte[]> lines) throws IOException {
        LinePosition first = stretch.get(0);
        long end = stretch.stream().mapToLong(LinePosition::end).max().orElseThrow() - 1;
        byte @Nullable [] block = readBlock(root.resolve(first.file()), first.offset(), (int) (end - first.offset()));
        if (block == null) {
            return;
        }
        for (LinePosition position : stretch) {
            int start = (int) (position.offset() - first.offset());
            if (start + position.length() <= block.length) {
                lines.put(position, Arrays.copyOfRange(block, start, start + position.length()));
            }
        }
    }

    private static byte @Nullable [] readBlock(Path file, long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer block = ByteBuffer.allocate(length);
            while (block.hasRemaining()) {
                int read = channel.read(block, offset + block.position());
                if (read < 0) {
                    return Arrays.copyOf(block.array(), block.position());
                }
            }
            return block.array();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
