package io.zeroui.tenant.evidence.courier;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.fabric.AppendLog;
import io.zeroui.runtime.fabric.AppendRequest;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The records of batches on disk. Reading blocks: not for event loops. */
@ApplicationScoped
class CourierFiles {

    private static final Logger LOG = Logger.getLogger(CourierFiles.class);
    private static final String FILE = "batches.jsonl";
    private static final int MAX_LINE_BYTES = 1 << 20;
    private static final int READ_LINES = 64;
    private static final int READ_BYTES = 4 << 20;

    /** Where a record is. */
    record Place(String file, long offset, int length) {

        long end() {
            return offset + length + 1;
        }
    }

    /** A record with its place. */
    record Placed(CourierBatch batch, Place place) {
    }

    private final AppendLog log;
    private final LedgerFolders folders;
    private final LineReader reader = new LineReader(MAX_LINE_BYTES);

    CourierFiles(AppendLog log, LedgerFolders folders) {
        this.log = log;
        this.folders = folders;
    }

    /** Appends a record; when it completes the record is durable. */
    Uni<Placed> append(TenantId tenant, CourierBatch batch) {
        ZuRoot root = folders.root();
        Path file = root.evidenceCourier(tenant, folders.region(), LocalDate.ofInstant(batch.recordedAt(), ZoneOffset.UTC));
        return log.append(List.of(new AppendRequest(file, CourierCodec.write(batch))))
                .map(positions -> positions.get(0))
                .map(at -> new Placed(batch, new Place(root.relative(file), at.offset(), at.length())));
    }

    /**
     * The next records behind a place, in their order; a line that is none cannot be a promised batch and is passed over.
     *
     * @param after null for the beginning
     * @return empty at the end
     */
    List<Placed> read(TenantId tenant, @Nullable Place after) throws IOException {
        List<Placed> found = new ArrayList<>();
        for (Path file : files(tenant)) {
            String name = folders.root().relative(file);
            int order = after == null ? 1 : name.compareTo(after.file());
            if (order >= 0) {
                readFile(file, name, order == 0 && after != null ? after.end() : 0, found);
            }
            if (!found.isEmpty()) {
                break;
            }
        }
        return found;
    }

    private void readFile(Path file, String name, long from, List<Placed> found) throws IOException {
        long next = from;
        ReadResult result;
        do {
            result = reader.read(file, next, READ_LINES, READ_BYTES);
            for (Line line : result.lines()) {
                add(name, line, found);
            }
            next = result.nextOffset();
        } while (found.isEmpty() && result.more());
    }

    private static void add(String name, Line line, List<Placed> found) {
        try {
            if (line instanceof Line.Complete complete) {
                found.add(new Placed(CourierCodec.read(complete.bytes()),
                        new Place(name, line.offset(), complete.bytes().length)));
                return;
            }
            LOG.errorf("%s: line at %d is longer than a batch's record can be", name, line.offset());
        } catch (IllegalArgumentException e) {
            LOG.errorf("%s: line at %d is no record of a batch: %s", name, line.offset(), e.getMessage());
        }
    }

    /** The files of all days, oldest first. */
    private List<Path> files(TenantId tenant) throws IOException {
        try (Stream<Path> days = Files.list(folders.root().evidenceCourierFolder(tenant, folders.region()))) {
            return days.map(day -> day.resolve(FILE)).filter(Files::isRegularFile).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }
}
