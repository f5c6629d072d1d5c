package io.zeroui.runtime.fabric.records;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

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

/** A file of records, one a line. Only this process writes it, one thread at a time. Blocking. */
public final class RecordFile {

    private static final Logger LOG = Logger.getLogger(RecordFile.class);
    private static final int READ_LINES = 1_000;
    private static final int READ_RECORDS = 2;

    private final Path file;
    private final int maxRecordBytes;

    /**
     * A file that need not be there.
     *
     * @param maxRecordBytes of one record, without its line feed
     */
    public RecordFile(Path file, int maxRecordBytes) {
        this.file = file;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** Takes what was read. */
    public interface Taker {
        /** Takes a line, which may be too long to be a record. */
        void take(Line line) throws IOException;
    }

    /**
     * Reads all lines, after a last one that a crash tore was cut off and kept beside as {@code {name}.torn-…}.
     *
     * @throws IOException when the file cannot be read, or the taker fails
     */
    public void read(Taker each) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        TornTail.repair(file, this::keep).ifPresent(torn -> LOG.warnf("%d bytes of a torn line were cut off %s at %d", torn.length(), file,
                torn.offset()));
        DurableFiles.sync(file);
        LineReader reader = new LineReader(maxRecordBytes);
        ReadResult read;
        long offset = 0;
        do {
            read = reader.read(file, offset, READ_LINES, READ_RECORDS * maxRecordBytes);
            for (Line line : read.lines()) {
                each.take(line);
            }
            offset = read.nextOffset();
        } while (read.more());
    }

    private void keep(TornTail.Fragment torn) throws IOException {
        byte[] all = Files.readAllBytes(torn.file());
        byte[] fragment = Arrays.copyOfRange(all, (int) torn.offset(), (int) (torn.offset() + torn.length()));
        boolean fresh = DurableFiles.writeNew(
                file.resolveSibling(file.getFileName() + ".torn-" + torn.offset() + "-" + torn.sha256().hex().substring(0, 16)), fragment);
        LOG.debugf("the fragment was %s", fresh ? "kept" : "there already");
    }

    /**
     * Appends records; they are on the disk when this returns.
     *
     * @throws IOException when they may be there, all or some, or not; or one is too long: then none is
     */
    public void append(List<byte[]> records) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] record : records) {
            if (record.length > maxRecordBytes) {
                throw new IOException("a record of " + record.length + " bytes is too long for " + file.getFileName());
            }
            lines.writeBytes(record);
            lines.write('\n');
        }
        boolean isNew = !Files.exists(file);
        Path folder = file.resolveSibling("");
        DurableFiles.createFolders(folder);
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS)) {
            long end = channel.size();
            try {
                write(channel, ByteBuffer.wrap(lines.toByteArray()), end);
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
        if (isNew) {
            DurableFiles.syncFolder(folder);
        }
    }

    private static void write(FileChannel channel, ByteBuffer buffer, long end) throws IOException {
        while (buffer.hasRemaining()) {
            int written = channel.write(buffer, end + buffer.position());
            assert written >= 0;
        }
        channel.force(true);
    }
}
