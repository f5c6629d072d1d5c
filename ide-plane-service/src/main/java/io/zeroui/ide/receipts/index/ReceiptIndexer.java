package io.zeroui.ide.receipts.index;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.claims.CatchUp;
import io.zeroui.ide.receipts.claims.ReceiptClaims;
import io.zeroui.ide.receipts.index.IndexQueue.Appended;
import io.zeroui.ide.receipts.quarantine.ReceiptQuarantine;
import io.zeroui.ide.receipts.tail.DiskLines;
import io.zeroui.ide.receipts.tail.ReceiptFolders;
import io.zeroui.ide.receipts.tail.SeenFile;
import io.zeroui.runtime.database.DatabaseSchema;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one loop that fills the index, file by file in the order of offsets: from memory what this process appended, from
 * disk what lies between or behind that. There is never more than one transaction under way, so the outbox' sequences
 * are in the order of commits.
 */
@ApplicationScoped
public class ReceiptIndexer {

    private static final Logger LOG = Logger.getLogger(ReceiptIndexer.class);
    private static final int DISK_EVERY = 4;
    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MOST = Duration.ofSeconds(2);

    private final ReceiptsConfig config;
    private final ReceiptStore store;
    private final ReceiptClaims claims;
    private final CatchUp catchUp;
    private final IndexQueue queue;
    private final ReceiptQuarantine quarantine;
    private final ReceiptFolders folders;
    private final DiskLines disk;
    private final ReceiptWorkers workers;
    private final DatabaseSchema schema;
    private final Event<ReceiptsIndexed> indexed;
    private final FileTracker tracker;

    private final Map<String, Long> targets = new HashMap<>();
    private long targetMark = -1;
    private int turnsWithoutDisk;
    private long nextLookNanos = System.nanoTime();
    private Duration pause = PAUSE_FIRST;
    private volatile boolean stopped;
    private volatile boolean healthy;
    private volatile String trouble = "";

    ReceiptIndexer(ReceiptsConfig config, ReceiptStore store, ReceiptClaims claims, CatchUp catchUp, IndexQueue queue,
            ReceiptQuarantine quarantine, ReceiptFolders folders, DiskLines disk, ReceiptWorkers workers,
            DatabaseSchema schema, Event<ReceiptsIndexed> indexed, MeterRegistry meters) {
        this.config = config;
        this.store = store;
        this.claims = claims;
        this.catchUp = catchUp;
        this.queue = queue;
        this.quarantine = quarantine;
        this.folders = folders;
        this.disk = disk;
        this.workers = workers;
        this.schema = schema;
        this.indexed = indexed;
        this.tracker = new FileTracker(quarantine, disk, queue, meters);
        Gauge.builder("zeroui.receipts.index.lag.bytes", tracker, FileTracker::lagBytes)
                .description("Bytes in receipt files that are not indexed").register(meters);
        Gauge.builder("zeroui.receipts.index.lag.lines", queue, IndexQueue::size)
                .description("Appended receipts that wait in memory for the index").register(meters);
        Gauge.builder("zeroui.receipts.claims", claims, ReceiptClaims::size)
                .description("Ids between arrival and index").register(meters);
    }

    /** How far each file is indexed, by path relative to {@code ZU_ROOT}. */
    public Map<String, Long> watermarks() {
        return tracker.watermarks();
    }

    /** Bytes in receipt files that are not indexed, as of the last look. */
    public long lagBytes() {
        return tracker.lagBytes();
    }

    /** Whether the last transaction went well. */
    public boolean isHealthy() {
        return healthy;
    }

    /** The newest failure, in words; empty while there is none. */
    public String trouble() {
        return trouble;
    }

    void start(@Observes StartupEvent event) {
        schema.whenReady()
                .chain(version -> store.listWatermarks().onFailure().retry().withBackOff(PAUSE_FIRST, PAUSE_MOST)
                        .indefinitely())
                .invoke(tracker::load)
                .onItem().transformToMulti(loaded -> Multi.createBy().repeating().uni(this::turn).whilst(go -> go))
                .subscribe().with(turn -> {
                }, failure -> LOG.error("the indexer ended", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** One turn; never fails. False ends the loop. */
    private Uni<Boolean> turn() {
        return lookWhenDue()
                .chain(this::gather)
                .chain(stretches -> stretches.isEmpty() ? queue.nextWork(config.poll()).replaceWithVoid()
                        : index(stretches))
                .invoke(() -> pause = PAUSE_FIRST)
                .onFailure().recoverWithUni(this::rest)
                .emitOn(Infrastructure.getDefaultExecutor())
                .map(done -> !stopped);
    }

    private Uni<Void> rest(Throwable failure) {
        healthy = false;
        if (trouble.isEmpty()) {
            LOG.warnf("indexing pauses: %s", failure);
        }
        trouble = String.valueOf(failure);
        Duration now = pause;
        pause = now.multipliedBy(2).compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : now.multipliedBy(2);
        return Uni.createFrom().voidItem().onItem().delayIt().by(now);
    }

    private Uni<Void> lookWhenDue() {
        if (System.nanoTime() - nextLookNanos < 0) {
            return Uni.createFrom().voidItem();
        }
        long mark = catchUp.mark();
        long begun = System.nanoTime();
        return workers.read(folders::look)
                .call(tracker::take)
                .invoke(look -> {
                    aim(mark, look);
                    long took = System.nanoTime() - begun;
                    nextLookNanos = System.nanoTime() + Math.max(config.poll().toNanos(), 20 * took);
                })
                .replaceWithVoid();
    }

    /** When behind, remembers what has to be indexed until uniqueness is certain again. */
    private void aim(long mark, ReceiptFolders.Look look) {
        if (catchUp.isComplete() || targetMark == mark) {
            return;
        }
        targetMark = mark;
        targets.clear();
        look.files().stream()
                .filter(file -> tracker.progress(file.relative()).readTo != file.size())
                .forEach(file -> targets.put(file.relative(), file.size()));
        reached();
    }

    private void reached() {
        targets.entrySet().removeIf(target -> {
            FileProgress progress = tracker.progress(target.getKey());
            return progress.missing || progress.indexedTo >= target.getValue();
        });
        if (targets.isEmpty() && targetMark >= 0) {
            catchUp.caughtUp(targetMark);
        }
    }

    private Uni<List<Stretch>> gather() {
        List<Stretch> stretches = new ArrayList<>();
        int room = config.indexBatch();
        for (String file : queue.files()) {
            long from = tracker.progress(file).indexedTo;
            queue.removeBefore(file, from)
                    .forEach(line -> claims.passed(line.entry().id(), line.entry().position()));
            List<Appended> run = room > 0 ? queue.run(file, from, room) : List.of();
            if (!run.isEmpty()) {
                room -= run.size();
                stretches.add(new Stretch(file, run.get(run.size() - 1).entry().position().end(), run, false));
            }
        }
        if (room <= 0 && ++turnsWithoutDisk % DISK_EVERY != 0) {
            return Uni.createFrom().item(stretches);
        }
        SeenFile file = findOnDisk();
        return file == null ? Uni.createFrom().item(stretches) : read(file).map(stretch -> {
            if (stretch != null) {
                stretches.add(stretch);
            }
            return stretches;
        });
    }

    /** A file with lines that are not in memory, or null. */
    private @Nullable SeenFile findOnDisk() {
        for (String name : tracker.watermarks().keySet()) {
            FileProgress progress = tracker.progress(name);
            SeenFile seen = progress.seen;
            if (seen == null || progress.readTo == seen.size()) {
                continue;
            }
            long first = queue.firstOffset(name);
            boolean gap = first != Long.MAX_VALUE && first > progress.indexedTo;
            boolean grown = first == Long.MAX_VALUE && seen.size() > progress.indexedTo && !queue.isAppending(name);
            if (gap || grown) {
                return seen;
            }
        }
        return null;
    }

    private Uni<@Nullable Stretch> read(SeenFile file) {
        FileProgress progress = tracker.progress(file.relative());
        long from = progress.indexedTo;
        long before = queue.firstOffset(file.relative());
        return disk.read(file, from, before).map(found -> {
            if (found.next() == from) {
                progress.readTo = before == Long.MAX_VALUE ? file.size() : -1;
                targets.remove(file.relative());
                reached();
                return null;
            }
            return new Stretch(file.relative(), found.next(),
                    found.receipts().stream().map(entry -> new Appended(entry, false)).toList(), true);
        });
    }

    private Uni<Void> index(List<Stretch> stretches) {
        return new IndexRound(store, claims, quarantine, config, stretches).run()
                .invoke(rows -> {
                    stretches.forEach(this::advance);
                    reached();
                    healthy = true;
                    trouble = "";
                    if (rows > 0) {
                        indexed.fire(new ReceiptsIndexed(rows));
                    }
                })
                .replaceWithVoid();
    }

    private void advance(Stretch stretch) {
        FileProgress progress = tracker.progress(stretch.file());
        progress.indexedTo = stretch.end();
        progress.knownSize = Math.max(progress.knownSize, stretch.end());
        queue.removeBefore(stretch.file(), stretch.end())
                .forEach(line -> claims.passed(line.entry().id(), line.entry().position()));
        if (stretch.fromDisk()) {
            claims.forgetUpTo(stretch.file(), stretch.end());
        }
    }
}
