package io.zeroui.tenant.policy.history;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zeroui.contracts.policy.claims.HistoryCodec;
import io.zeroui.contracts.policy.claims.HistoryLine;
import io.zeroui.contracts.policy.claims.PolicyHistory;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import io.zeroui.runtime.fabric.TornTail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/** One tenant's {@code history.jsonl}. Only this process writes it, one thread at a time. */
final class HistoryFile {

    private static final Logger LOG = Logger.getLogger(HistoryFile.class);
    private static final int READ_LINES = 1_000;
    private static final int READ_BYTES = 32 << 20;

    private final Path file;

    HistoryFile(Path file) {
        this.file = file;
    }

    /**
     * Reads all lines, after a last one that a crash tore was cut off and kept beside as {@code history.jsonl.torn-…}. A line that is none
     * is said to the log, and then nothing can be judged.
     *
     * @throws IOException when the file cannot be read
     */
    PolicyHistory read() throws IOException {
        PolicyHistory history = new PolicyHistory();
        if (!Files.exists(file)) {
            return history;
        }
        TornTail.repair(file, this::keep).ifPresent(torn -> LOG.warnf("%d bytes of a torn line were cut off %s at %d", torn.length(), file,
                torn.offset()));
        DurableFiles.sync(file);
        LineReader reader = new LineReader(HistoryCodec.LIMITS.maxBytes());
        ReadResult read;
        long offset = 0;
        do {
            read = reader.read(file, offset, READ_LINES, READ_BYTES);
            read.lines().forEach(line -> add(history, line));
            offset = read.nextOffset();
        } while (read.more());
        return history;
    }

    private void add(PolicyHistory history, Line line) {
        try {
            if (line instanceof Line.Complete complete) {
                history.add(HistoryCodec.read(complete.bytes()));
                return;
            }
            LOG.errorf("the line at byte %d of %s is too long", line.offset(), file);
        } catch (RuntimeException e) {
            LOG.errorf("the line at byte %d of %s is none: %s", line.offset(), file, e);
        }
        history.addDamaged();
    }

    private void keep(TornTail.Fragment torn) throws IOException {
        byte[] all = Files.readAllBytes(torn.file());
        byte[] fragment = Arrays.copyOfRange(all, (int) torn.offset(), (int) (torn.offset() + torn.length()));
        boolean fresh = DurableFiles.writeNew(
                file.resolveSibling(file.getFileName() + ".torn-" + torn.offset() + "-" + torn.sha256().hex().substring(0, 16)), fragment);
        LOG.debugf("the fragment was %s", fresh ? "kept" : "there already");
    }

    /**
     * Appends lines; they are on the disk when this returns.
     *
     * @throws IOException when they may be there, all or some, or not
     */
    void append(List<? extends HistoryLine> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (HistoryLine line : lines) {
            byte[] one = HistoryCodec.write(line);
            if (one.length > HistoryCodec.LIMITS.maxBytes()) {
                throw new IOException("a release is too long for its history");
            }
            bytes.writeBytes(one);
            bytes.write('\n');
        }
        boolean isNew = !Files.exists(file);
        Path folder = file.resolveSibling("");
        DurableFiles.createFolders(folder);
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS)) {
            long end = channel.size();
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                int written = channel.write(buffer, end + buffer.position());
                assert written >= 0;
            }
            channel.force(true);
        }
        if (isNew) {
            DurableFiles.syncFolder(folder);
        }
    }
}
