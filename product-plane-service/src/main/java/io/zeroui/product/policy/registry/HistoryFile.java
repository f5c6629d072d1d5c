package io.zeroui.product.policy.registry;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyActCodec;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import io.zeroui.runtime.fabric.TornTail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One tenant's {@code history.jsonl}: acts, one a line. Only this process writes it, one thread at a time. */
final class HistoryFile {

    private static final Logger LOG = Logger.getLogger(HistoryFile.class);
    private static final int READ_LINES = 1_000;
    private static final int READ_BYTES = 8 << 20;

    private final Path file;

    HistoryFile(Path file) {
        this.file = file;
    }

    /**
     * Reads all acts, after a last line that a crash tore was cut off and kept beside as {@code history.jsonl.torn-…}.
     *
     * @throws IOException when it cannot be read, or a line is none
     */
    void replay(Consumer<PolicyAct> each) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        TornTail.repair(file, this::keep).ifPresent(torn -> LOG.warnf("%d bytes of a torn line were cut off %s at %d", torn.length(), file,
                torn.offset()));
        DurableFiles.sync(file);
        LineReader reader = new LineReader(PolicyActCodec.LIMITS.maxBytes());
        ReadResult read;
        long offset = 0;
        do {
            read = reader.read(file, offset, READ_LINES, READ_BYTES);
            for (Line line : read.lines()) {
                each.accept(act(line));
            }
            offset = read.nextOffset();
        } while (read.more());
    }

    private PolicyAct act(Line line) throws IOException {
        try {
            if (line instanceof Line.Complete complete) {
                return PolicyActCodec.read(complete.bytes());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the line at byte " + line.offset() + " of " + file + " is no act: " + e.getMessage(), e);
        }
        throw new IOException("the line at byte " + line.offset() + " of " + file + " is too long");
    }

    private void keep(TornTail.Fragment torn) throws IOException {
        byte[] all = Files.readAllBytes(torn.file());
        byte[] fragment = Arrays.copyOfRange(all, (int) torn.offset(), (int) (torn.offset() + torn.length()));
        boolean fresh = DurableFiles.writeNew(
                file.resolveSibling(file.getFileName() + ".torn-" + torn.offset() + "-" + torn.sha256().hex().substring(0, 16)), fragment);
        LOG.debugf("the fragment was %s", fresh ? "kept" : "there already");
    }

    /**
     * Appends an act; it is on the disk when this returns.
     *
     * @throws IOException when it may be there or not
     */
    void append(PolicyAct act) throws IOException {
        byte[] line = PolicyActCodec.write(act);
        if (line.length > PolicyActCodec.LIMITS.maxBytes()) {
            throw new IOException("an act is too long for its history");
        }
        boolean isNew = !Files.exists(file);
        Path folder = file.resolveSibling("");
        DurableFiles.createFolders(folder);
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS)) {
            long end = channel.size();
            try {
                write(channel, line, end);
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
        if (isNew) {
            DurableFiles.syncFolder(folder);
        }
    }

    private static void write(FileChannel channel, byte[] line, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Arrays.copyOf(line, line.length + 1));
        buffer.put(line.length, (byte) '\n');
        while (buffer.hasRemaining()) {
            int written = channel.write(buffer, end + buffer.position());
            assert written >= 0;
        }
        channel.force(true);
    }
}
