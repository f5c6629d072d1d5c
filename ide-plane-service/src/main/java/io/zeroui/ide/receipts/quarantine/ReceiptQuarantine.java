package io.zeroui.ide.receipts.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.ide.receipts.ReceiptEntry;
import io.zeroui.ide.receipts.ReceiptFiles;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.Quarantine;
import io.zeroui.runtime.fabric.QuarantineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps what this edge does not accept, with the reason. What is kept is on the disk when the answer comes. */
@ApplicationScoped
public class ReceiptQuarantine {

    private static final Logger LOG = Logger.getLogger(ReceiptQuarantine.class);

    private final Quarantine quarantine;
    private final ReceiptFiles files;
    private final ReceiptWorkers workers;
    private final MeterRegistry meters;

    ReceiptQuarantine(Quarantine quarantine, ReceiptFiles files, ReceiptWorkers workers, MeterRegistry meters) {
        this.quarantine = quarantine;
        this.files = files;
        this.workers = workers;
        this.meters = meters;
    }

    /** Keeps a line that came by HTTP. */
    public Uni<Void> keepSubmitted(byte[] line, Refusal refusal) {
        return add(List.of(QuarantineEntry.ofHttp(line, refusal, Instant.now())));
    }

    /** Keeps lines of a file. */
    public Uni<Void> keepLines(String file, List<RefusedLine> lines) {
        Instant now = Instant.now();
        return add(lines.stream().map(line -> QuarantineEntry.ofFile(file, line.line(), line.refusal(), now)).toList());
    }

    /** Keeps lines that lie in their files and were receipts, but for what the index says. */
    public Uni<Void> keepStored(Map<ReceiptEntry, Refusal> refused) {
        Instant now = Instant.now();
        return workers.read(() -> {
            List<QuarantineEntry> entries = new ArrayList<>();
            for (Map.Entry<ReceiptEntry, Refusal> each : refused.entrySet()) {
                LinePosition position = each.getKey().position();
                Line line = new Line.Complete(position.offset(), files.read(position));
                entries.add(QuarantineEntry.ofFile(position.file(), line, each.getValue(), now));
            }
            return entries;
        }).chain(this::add);
    }

    /** Notes something wrong with a file or folder as a whole; {@code reason} is in the style of the other reasons. */
    public Uni<Void> note(String path, String reason, String detail) {
        LOG.errorf("%s: %s: %s", reason, path, detail);
        return add(List.of(new QuarantineEntry(Instant.now(), QuarantineEntry.Source.FILE, path, null, 0,
                Hash.of(new byte[0]).hex(), reason, detail, null, null, false)));
    }

    /** Where the lines of a file begin that were refused before. */
    public Set<Long> offsetsOf(String file) {
        return quarantine.offsetsOf(file);
    }

    /** How much there is, and why. */
    public Quarantine.Counts counts() {
        return quarantine.counts();
    }

    /** A page of entries, newest first; fails with {@link IllegalArgumentException} when the cursor is not ours. */
    public Uni<Quarantine.Page> list(int limit, @Nullable String cursor) {
        return workers.read(() -> quarantine.list(limit, cursor));
    }

    private Uni<Void> add(List<QuarantineEntry> entries) {
        return quarantine.add(entries)
                .invoke(() -> entries.forEach(entry -> meters.counter("zeroui.receipts.quarantined", "reason",
                        entry.reason(), "source", entry.source().key()).increment()));
    }
}
