package io.zeroui.ide.receipts.tail;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.ide.receipts.ReceiptCheck;
import io.zeroui.ide.receipts.ReceiptCheck.Failed;
import io.zeroui.ide.receipts.ReceiptCheck.Passed;
import io.zeroui.ide.receipts.ReceiptEntry;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.quarantine.ReceiptQuarantine;
import io.zeroui.ide.receipts.quarantine.RefusedLine;
import io.zeroui.runtime.fabric.AppendLog;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lines that lie in a file and that this process does not hold in memory: written by others, or by us before a crash. They
 * are made durable, checked like those that come by HTTP, and the bad ones are put into quarantine.
 */
@ApplicationScoped
public class DiskLines {

    private static final int READ_LINES = 1000;
    private static final int READ_BYTES = 4 << 20;
    private static final int CHECK_LINES = 128;

    private final AppendLog log;
    private final LineReader reader;
    private final ReceiptCheck check;
    private final ReceiptQuarantine quarantine;
    private final ReceiptWorkers workers;

    DiskLines(AppendLog log, ReceiptsConfig config, ReceiptCheck check, ReceiptQuarantine quarantine,
            ReceiptWorkers workers) {
        this.log = log;
        this.reader = new LineReader(config.maxLineBytes());
        this.check = check;
        this.quarantine = quarantine;
        this.workers = workers;
    }

    /**
     * What a read found.
     *
     * @param receipts the good lines, in the order of the file
     * @param next where the next read goes on
     * @param ending why it stopped
     */
    public record Found(List<ReceiptEntry> receipts, long next, ReadResult.Ending ending) {
    }

    private record Checked(List<ReceiptEntry> good, List<RefusedLine> bad) {
    }

    /** Reads whole lines that begin at {@code from} or after and before {@code before}. */
    public Uni<Found> read(SeenFile file, long from, long before) {
        return workers.read(() -> readLines(file, from, before))
                .chain(result -> checkAll(file, result.lines())
                        .call(checked -> keep(file, checked.bad()))
                        .map(checked -> new Found(checked.good(), result.nextOffset(), result.ending())));
    }

    /** Whether a line ends right before the offset, as it must where the index of the file ends. */
    public Uni<Boolean> endsLine(SeenFile file, long offset) {
        return workers.read(() -> {
            if (offset == 0) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.READ)) {
                ByteBuffer last = ByteBuffer.allocate(1);
                return channel.read(last, offset - 1) == 1 && last.get(0) == '\n';
            }
        });
    }

    private ReadResult readLines(SeenFile file, long from, long before) throws IOException {
        long end = Math.min(log.readableEnd(file.file()), before);
        if (end < from) {
            return new ReadResult(List.of(), from,
                    before < from ? ReadResult.Ending.END : ReadResult.Ending.SHRUNK);
        }
        ReadResult result = reader.read(file.file(), from, end, READ_LINES, READ_BYTES);
        if (!result.lines().isEmpty()) {
            DurableFiles.sync(file.file());
        }
        return result;
    }

    private Uni<Checked> checkAll(SeenFile file, List<Line> lines) {
        Set<Long> refusedBefore = quarantine.offsetsOf(file.relative());
        List<Line> fresh = lines.stream().filter(line -> !refusedBefore.contains(line.offset())).toList();
        List<Uni<Checked>> parts = new ArrayList<>();
        for (int from = 0; from < fresh.size(); from += CHECK_LINES) {
            List<Line> part = fresh.subList(from, Math.min(fresh.size(), from + CHECK_LINES));
            parts.add(workers.check(() -> checkPart(file, part)));
        }
        // All parts are checked at once, on as many threads as there are; their order is the file's all the same.
        return (parts.isEmpty() ? Uni.createFrom().item(List.<Checked> of()) : Uni.join().all(parts).andFailFast())
                .onItem().transformToMulti(checked -> Multi.createFrom().iterable(checked))
                .collect().in(() -> new Checked(new ArrayList<>(), new ArrayList<>()), (all, part) -> {
                    all.good().addAll(part.good());
                    all.bad().addAll(part.bad());
                });
    }

    private Checked checkPart(SeenFile file, List<Line> lines) {
        Checked checked = new Checked(new ArrayList<>(), new ArrayList<>());
        for (Line line : lines) {
            if (line instanceof Line.Complete complete) {
                ReceiptCheck.Verdict verdict = check.checkIn(file.repoId(), complete.bytes(), Instant.now());
                if (verdict instanceof Passed passed) {
                    checked.good().add(ReceiptEntry.of(passed.line(), passed.tenantId(),
                            new LinePosition(file.relative(), complete.offset(), complete.bytes().length)));
                } else {
                    checked.bad().add(new RefusedLine(line, ((Failed) verdict).refusal()));
                }
            } else {
                checked.bad().add(new RefusedLine(line, Refusal.of(RefusalReason.TOO_LARGE,
                        "the line has " + line.length() + " bytes")));
            }
        }
        return checked;
    }

    private Uni<Void> keep(SeenFile file, List<RefusedLine> bad) {
        return bad.isEmpty() ? Uni.createFrom().voidItem() : quarantine.keepLines(file.relative(), bad);
    }
}
