package io.zeroui.tenant.evidence.merkle;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalReader;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings journal lines into the tenants' logs, in the journal's order, behind the acknowledgement: a log that cannot be
 * written delays proofs and no receipt. One thread for all tenants; each gets a turn when it has something to append.
 */
@ApplicationScoped
public class LogKeeper {

    private static final Logger LOG = Logger.getLogger(LogKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int STOP_SECONDS = 10;

    private final LogSigner signer;
    private final LogConfig config;
    private final LedgerFolders folders;
    private final JournalReader journals;
    private final Clock clock;
    private final Timer delay;
    private final Map<TenantId, LogQueue> queues = new ConcurrentHashMap<>();
    private final AtomicInteger held = new AtomicInteger();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread own = new Thread(task, "evidence-log");
        own.setDaemon(true);
        return own;
    });

    LogKeeper(LogSigner signer, LogConfig config, LedgerFolders folders, JournalReader journals, Clock clock,
            MeterRegistry metrics) {
        this.signer = signer;
        this.config = config;
        this.folders = folders;
        this.journals = journals;
        this.clock = clock;
        this.delay = Timer.builder("zeroui_log_checkpoint_delay").publishPercentileHistogram().register(metrics);
        metrics.gauge("zeroui_log_lag_lines", this, LogKeeper::lag);
        metrics.gauge("zeroui_log_broken", this, LogKeeper::broken);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A ledger was opened: what its log lacks is appended in the background. */
    public void opened(OpenLedger ledger) {
        if (signer.isReady()) {
            LogQueue queue = queues.computeIfAbsent(ledger.tenant(), LogQueue::new);
            queue.reopen(ledger.lastSequence());
            wake(queue, Duration.ZERO);
        }
    }

    /** Lines of an opened ledger became durable, in the ledger's order. */
    public void offer(TenantId tenant, List<JournalLine> lines) {
        LogQueue queue = queues.get(tenant);
        if (queue != null) {
            int kept = queue.offer(lines, held.get() + lines.size() <= config.heldLines());
            LOG.tracef("%d lines wait for the logs", held.addAndGet(kept));
            wake(queue, config.pause());
        }
    }

    /** Journal lines that no checkpoint has yet, over all tenants. */
    public long lag() {
        return queues.values().stream().mapToLong(LogQueue::lag).sum();
    }

    /** Logs to which nothing can be appended any more. */
    public long broken() {
        return queues.values().stream().filter(queue -> queue.broken() != null).count();
    }

    /** The files of a tenant's log. */
    LogFiles files(TenantId tenant) {
        return new LogFiles(folder(tenant));
    }

    /** Where they are. */
    Path folder(TenantId tenant) {
        return folders.root().evidenceLogFolder(tenant, folders.region());
    }

    /** Lines in the checkpoints of the logs that are open and not broken. */
    Map<TenantId, Long> sizes() {
        Map<TenantId, Long> sizes = new HashMap<>();
        queues.forEach((tenant, queue) -> {
            TenantLog log = queue.log();
            if (log != null && queue.broken() == null) {
                sizes.put(tenant, log.size());
            }
        });
        return sizes;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a log is still being written at the stop; the next start goes on from its checkpoint");
        }
    }

    private void wake(LogQueue queue, Duration after) {
        if (!queue.schedule()) {
            return;
        }
        try {
            var unused = thread.schedule(() -> turn(queue), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("the log of %s goes on at the next start", queue.tenant());
        }
    }

    private void turn(LogQueue queue) {
        queue.turnBegins();
        try {
            Duration next = step(queue);
            if (next != null) {
                wake(queue, next);
            }
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            failed(queue, cause == null ? e : cause);
        } catch (Throwable e) { // also an Error: nobody else would take the queue up again
            failed(queue, e);
        }
    }

    private void failed(LogQueue queue, Throwable failure) {
        if (failure instanceof LogBroken) {
            LOG.errorf("the log of %s takes nothing any more: %s", queue.tenant(), failure.getMessage());
            held.addAndGet(-queue.markBroken(String.valueOf(failure.getMessage())));
            return;
        }
        LOG.warnf("the log of %s could not be written, trying again: %s", queue.tenant(), failure);
        LOG.debug("log", failure);
        wake(queue, RETRY);
    }

    /** Appends one batch. Returns after what time there is more to append; null when nothing is left. */
    private @Nullable Duration step(LogQueue queue) throws IOException {
        TenantLog log = open(queue);
        long durable = queue.durable();
        if (log.size() > durable) {
            throw new LogBroken("its checkpoint has %d lines and the journal only %d".formatted(log.size(), durable), null);
        }
        if (log.size() == durable) {
            held.addAndGet(-queue.dropUpTo(durable));
            return null;
        }
        List<JournalLine> lines = queue.next(log.size(), config.batchLines());
        if (lines.isEmpty()) {
            lines = read(queue, log.size(), durable);
        }
        log.append(lines.stream().map(JournalLine::entry).toList());
        JournalLine last = lines.get(lines.size() - 1);
        held.addAndGet(-queue.appended(last));
        delay.record(Duration.between(lines.get(0).entry().receivedAt(), clock.instant()));
        if (last.entry().sequence() >= queue.durable()) {
            return null;
        }
        return lines.size() == config.batchLines() || !queue.holdsNext(log.size()) ? Duration.ZERO : config.pause();
    }

    private TenantLog open(LogQueue queue) throws IOException {
        TenantLog known = queue.log();
        if (known != null) {
            return known;
        }
        TenantLog opened = TenantLog.open(queue.tenant(), files(queue.tenant()), signer);
        queue.opened(opened);
        return opened;
    }

    /** The next lines from the journal; those that are not durable yet are left. */
    private List<JournalLine> read(LogQueue queue, long size, long durable) throws IOException {
        try {
            List<JournalLine> lines = journals.readFrom(queue.tenant(), size + 1, queue.position(), config.batchLines())
                    .stream().filter(line -> line.entry().sequence() <= durable).toList();
            if (lines.isEmpty()) {
                throw new LogBroken("the journal has no line " + (size + 1), null);
            }
            return lines;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }
}
