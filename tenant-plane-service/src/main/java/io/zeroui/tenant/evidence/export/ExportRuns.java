package io.zeroui.tenant.evidence.export;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.tenant.evidence.LedgerActs;
import io.zeroui.tenant.evidence.access.EvidenceAction;
import io.zeroui.tenant.evidence.access.EvidenceReads;
import io.zeroui.tenant.evidence.export.Export.Reason;
import io.zeroui.tenant.evidence.export.Export.State;
import io.zeroui.tenant.evidence.export.format.UnfitLine;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.search.ScanStore;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Writes the exports that wait, a few at a time, on threads of its own. A page of rows is read with one statement and written
 * before the next one is asked for, so an export takes the memory of a page however long it is.
 */
@ApplicationScoped
class ExportRuns {

    private static final Logger LOG = Logger.getLogger(ExportRuns.class);
    private static final Duration INDEX_PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 8;

    private final ExportBook book;
    private final ExportFiles files;
    private final ExportConfig config;
    private final ExportThreads threads;
    private final ScanStore scans;
    private final LedgerFiles lines;
    private final LedgerFolders folders;
    private final LedgerActs ledgers;
    private final RegistryMirror registry;
    private final EvidenceReads reads;
    private final Clock clock;
    private volatile boolean loaded;
    private volatile boolean stopped;
    private volatile Runnable reached = () -> {
    };

    ExportRuns(ExportBook book, ExportFiles files, ExportConfig config, ExportThreads threads, ScanStore scans, LedgerFiles lines,
            LedgerFolders folders, LedgerActs ledgers, RegistryMirror registry, EvidenceReads reads, Clock clock,
            MeterRegistry metrics) {
        this.book = book;
        this.files = files;
        this.config = config;
        this.threads = threads;
        this.scans = scans;
        this.lines = lines;
        this.folders = folders;
        this.ledgers = ledgers;
        this.registry = registry;
        this.reads = reads;
        this.clock = clock;
        metrics.gauge("zeroui_exports_queued", book, some -> some.count(State.QUEUED));
        metrics.gauge("zeroui_exports_running", book, some -> some.count(State.RUNNING));
    }

    /** Whether all exports that there were at the start are known. */
    boolean isLoaded() {
        return loaded;
    }

    /** Whether the tenant is deleted: then nothing of it is given out. */
    boolean isDeleted(TenantId tenant) {
        return registry.known().tenants().get(tenant) == RegistryState.DELETED;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Ends what is over. */
    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return !loaded ? Uni.createFrom().voidItem() : threads.run(() -> {
            for (TenantId tenant : book.tenants()) {
                book.sweep(tenant, isDeleted(tenant));
            }
            return true;
        }).onFailure().invoke(failure -> LOG.warnf("exports could not be looked through: %s", failure))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    /** Writes exports as long as there are some that may begin. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.PROCEED)
    Uni<Void> turn() {
        if (stopped || !ledgers.isRecovered()) {
            return Uni.createFrom().voidItem();
        }
        return threads.run(this::next)
                .onFailure().invoke(failure -> LOG.warnf("exports could not be begun: %s", failure))
                .onFailure().recoverWithItem(Optional.empty())
                .chain(run -> run.isEmpty() ? Uni.createFrom().voidItem() : run(run.get()).chain(this::turn));
    }

    private Optional<ExportRun> next() throws IOException {
        if (!loaded) {
            for (TenantId tenant : folders.listTenants()) {
                book.load(tenant);
            }
            loaded = true;
        }
        return stopped ? Optional.empty() : book.take();
    }

    private Uni<Void> run(ExportRun run) {
        Export begun = run.begun();
        return ledgers.openAndIndexed(begun.tenant(), INDEX_PATIENCE)
                .chain(() -> scans.now(begun.tenant(), begun.wish().filters()))
                .chain(now -> threads.run(() -> open(run, now)))
                .chain(moment -> pages(run, moment).chain(() -> threads.run(() -> finish(run, moment))))
                .onFailure().recoverWithUni(failure -> threads.run(() -> failed(run, failure)))
                .onFailure().invoke(failure -> LOG.warnf("export %s: %s", run.id(), failure))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    private Export.Moment open(ExportRun run, ScanStore.Moment now) throws IOException {
        if (isDeleted(run.begun().tenant())) {
            throw new ExportRun.Ended();
        }
        Export.Moment moment = new Export.Moment(now.pin(), now.rows());
        run.open(book.opened(run, moment), lines);
        reached.run();
        return moment;
    }

    private Uni<Void> pages(ExportRun run, Export.Moment moment) {
        return Multi.createBy().repeating().uni(() -> page(run, moment)).whilst(more -> more).collect().last().replaceWithVoid();
    }

    /** Writes the next page. Returns whether there may be more. */
    private Uni<Boolean> page(ExportRun run, Export.Moment moment) {
        Export begun = run.begun();
        return scans.list(begun.tenant(), begun.wish().filters(), moment.pin(), run.lastSequence(), config.batchRows())
                .chain(rows -> threads.run(() -> write(run, rows)));
    }

    private boolean write(ExportRun run, List<IndexedReceipt> rows) throws IOException {
        if (files.freeBytes(run.begun()) < config.freeBytes()) {
            throw new NoRoom(config.freeBytes());
        }
        run.write(rows);
        reached.run();
        return rows.size() == config.batchRows();
    }

    private boolean finish(ExportRun run, Export.Moment moment) throws IOException {
        if (run.rows() != moment.rows()) {
            throw new IndexChanged(moment.rows(), run.rows());
        }
        String sha256 = run.seal();
        reached.run();
        Export begun = run.begun();
        reads.begin(begun.requestedBy(), "", EvidenceAction.EXPORT_RUN, begun.id() + " " + begun.wish().words())
                .seen(begun.tenant(), run.rows());
        Instant expires = clock.instant().plus(config.keep()).truncatedTo(ChronoUnit.SECONDS);
        book.publish(run, new Export.File(run.rows(), run.bytes(), sha256, expires), reached);
        LOG.infof("the export %s of %s is done: %d rows, %d bytes", begun.id(), begun.tenant(), run.rows(), run.bytes());
        return true;
    }

    /** A service that stops leaves everything as it is: the next start begins again. */
    private boolean failed(ExportRun run, Throwable failure) throws IOException {
        run.abandon();
        if (stopped || run.isEnded()) {
            return false;
        }
        Throwable cause = failure instanceof UncheckedIOException io && io.getCause() != null ? io.getCause() : failure;
        Reason reason = reason(cause);
        String detail = detail(reason, cause);
        if (mayPass(reason, cause) && run.attempt() < config.attempts()) {
            LOG.infof("the export %s of %s is tried again: %s", run.id(), run.begun().tenant(), cause);
            book.again(run, reason, detail, config.retry().multipliedBy(1L << Math.min(run.attempt() - 1, MOST_DOUBLINGS)));
        } else {
            LOG.warnf("the export %s of %s has failed: %s", run.id(), run.begun().tenant(), cause);
            LOG.debug("export", cause);
            book.failed(run, reason, detail);
        }
        return false;
    }

    private static Reason reason(Throwable cause) {
        if (cause instanceof UnfitLine) {
            return Reason.HASH_MISMATCH;
        }
        if (cause instanceof DataFile.TooLarge) {
            return Reason.TOO_LARGE;
        }
        if (cause instanceof NoRoom) {
            return Reason.NO_ROOM;
        }
        if (cause instanceof IndexChanged) {
            return Reason.INDEX_CHANGED;
        }
        boolean away = cause instanceof IOException || cause instanceof TransientFailure
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || cause instanceof ProblemException problem && problem.code() == ErrorCode.DEPENDENCY_UNAVAILABLE;
        return away ? Reason.UNAVAILABLE : Reason.INTERNAL;
    }

    private static boolean mayPass(Reason reason, Throwable cause) {
        return switch (reason) {
            case HASH_MISMATCH -> cause instanceof UnfitLine line && line.isErased();
            case TOO_LARGE, INTERNAL -> false;
            default -> true;
        };
    }

    /** Texts of ours; what others say could have paths and addresses. */
    private static String detail(Reason reason, Throwable cause) {
        return switch (reason) {
            case HASH_MISMATCH, TOO_LARGE, NO_ROOM, INDEX_CHANGED -> String.valueOf(cause.getMessage());
            case UNAVAILABLE -> "the ledger's index or files do not answer now";
            default -> cause instanceof ProblemException problem && problem.code() == ErrorCode.VALIDATION_ERROR
                    ? String.valueOf(problem.getMessage()) // only the database knows which words a text has
                    : "the service's log has the cause under this export's id";
        };
    }

    /** Exports leave the ledgers so much of the disk. */
    private static final class NoRoom extends IOException {

        private static final long serialVersionUID = 1L;

        NoRoom(long freeBytes) {
            super("the disk has less than the " + freeBytes + " bytes that exports leave free");
        }
    }

    /** Rows came or went below the last sequence: an erasure, a move, a rebuild. */
    private static final class IndexChanged extends IOException {

        private static final long serialVersionUID = 1L;

        IndexChanged(long expected, long found) {
            super("the index changed while it was read: it had %d rows and then %d".formatted(expected, found));
        }
    }

    /** Only for tests: called behind every step on its thread; what it throws after {@link #die} is like a crash there. */
    void onStep(Runnable behindEveryStep) {
        reached = behindEveryStep;
    }

    /** Only for tests: from now on nothing is put right any more, as in a process that is killed. */
    void die() {
        stopped = true;
    }

    /** Only for tests: a new process finds what is on the disk. */
    void startAgain() {
        book.forgetAll();
        loaded = false;
        stopped = false;
    }

    /** Exports under way, for tests and the status. */
    List<ExportId> underWay(TenantId tenant) {
        List<ExportId> ids = new ArrayList<>();
        book.list(tenant).stream().filter(Export::isUnderWay).forEach(one -> ids.add(one.id()));
        return ids;
    }
}
