package io.zeroui.tenant.evidence.export;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.erasure.DerivedFiles;
import io.zeroui.tenant.evidence.export.Export.End;
import io.zeroui.tenant.evidence.export.Export.Reason;
import io.zeroui.tenant.evidence.export.Export.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All exports and what becomes of them: the files, and in memory what they say. Every change happens here, one after the other;
 * looking waits for nobody. Changes are blocking.
 */
@ApplicationScoped
class ExportBook implements DerivedFiles {

    private static final Logger LOG = Logger.getLogger(ExportBook.class);
    private static final Comparator<Export> NEWEST_FIRST = Comparator.comparing(Export::requestedAt).reversed();
    private static final int RETRY_AFTER_SECONDS = 10;

    private final ExportFiles files;
    private final ExportConfig config;
    private final Clock clock;
    private final Map<TenantId, Map<ExportId, Export>> tenants = new ConcurrentHashMap<>();
    private final Map<ExportId, ExportRun> runs = new ConcurrentHashMap<>();
    /** Of exports that wait for another attempt: how many there were, and when the next one is. */
    private final Map<ExportId, Retry> retries = new HashMap<>();

    private record Retry(int attempts, Instant next) {
    }

    ExportBook(ExportFiles files, ExportConfig config, Clock clock) {
        this.files = files;
        this.config = config;
        this.clock = clock;
    }

    /** Reads the tenant's exports, once. What was running when the process ended begins again from nothing. */
    synchronized void load(TenantId tenant) throws IOException {
        if (tenants.containsKey(tenant)) {
            return;
        }
        Map<ExportId, Export> read = new ConcurrentHashMap<>();
        for (Export found : files.list(tenant)) {
            read.put(found.id(), found);
            if (found.state() != State.DONE) {
                files.removeData(found);
            } else if (files.find(found).isEmpty()) {
                files.removeData(found);
                read.put(found.id(), found.ended(State.EXPIRED, why(Reason.FILE_GONE, "the file is not there any more")));
            }
        }
        tenants.put(tenant, read);
    }

    /** An export; as far as the tenant's were read. */
    Optional<Export> find(TenantId tenant, ExportId id) {
        return Optional.ofNullable(of(tenant).get(id));
    }

    /** The tenant's exports, newest first. */
    List<Export> list(TenantId tenant) {
        return of(tenant).values().stream().sorted(NEWEST_FIRST).toList();
    }

    /** The present attempt to write it; null where there is none. */
    @Nullable
    ExportRun run(ExportId id) {
        return runs.get(id);
    }

    /** How many are in a state, over all tenants. */
    long count(State state) {
        return tenants.values().stream().flatMap(some -> some.values().stream()).filter(one -> one.state() == state).count();
    }

    /**
     * Takes a wish.
     *
     * @throws ProblemException 429 where the tenant has as much as it may have
     */
    synchronized Export add(TenantId tenant, ExportWish wish, String by) throws IOException {
        load(tenant);
        Map<ExportId, Export> own = of(tenant);
        refuse(own.values().stream().filter(Export::isUnderWay).count() >= config.perTenant(),
                "the tenant has " + config.perTenant() + " exports under way, which is the most", "exports_at_once");
        refuse(bytes(tenant) >= config.tenantBytes(),
                "the tenant's export files have as many bytes as they may have; remove one", "export_bytes");
        forgetOldest(own);
        refuse(own.size() >= config.remembered(), "the tenant has " + config.remembered() + " exports; remove one", "exports_kept");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant last = own.values().stream().map(Export::requestedAt).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        Instant at = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        Export asked = Export.asked(ExportId.random(), tenant, wish, by, at);
        files.save(asked);
        own.put(asked.id(), asked);
        return asked;
    }

    private static void refuse(boolean tooMuch, String detail, String limit) {
        if (tooMuch) {
            throw new ProblemException(ErrorCode.RATE_LIMIT_EXCEEDED, ErrorCode.RATE_LIMIT_EXCEEDED.status(), detail,
                    Map.of("limit", limit, "retry_after_seconds", RETRY_AFTER_SECONDS));
        }
    }

    private void forgetOldest(Map<ExportId, Export> own) throws IOException {
        List<Export> over = own.values().stream().filter(one -> one.state() == State.FAILED || one.state() == State.EXPIRED)
                .sorted(NEWEST_FIRST.reversed()).limit(Math.max(0, own.size() - config.remembered() + 1L)).toList();
        for (Export one : over) {
            files.remove(one);
            own.remove(one.id());
        }
    }

    /** The next one to be written, of the tenant with the fewest that are; empty where none may begin now. */
    synchronized Optional<ExportRun> take() {
        Instant now = clock.instant();
        if (runs.size() >= config.running()) {
            return Optional.empty();
        }
        Map<TenantId, Long> busy = new HashMap<>();
        runs.values().forEach(run -> busy.merge(run.begun().tenant(), 1L, Long::sum));
        return tenants.values().stream().flatMap(some -> some.values().stream())
                .filter(one -> one.state() == State.QUEUED && !runs.containsKey(one.id()))
                .filter(one -> isDue(one, now))
                .min(Comparator.<Export> comparingLong(one -> busy.getOrDefault(one.tenant(), 0L))
                        .thenComparing(Export::requestedAt))
                .map(this::begin);
    }

    private ExportRun begin(Export queued) {
        Retry before = retries.get(queued.id());
        ExportRun run = new ExportRun(put(queued.running()), before == null ? 1 : before.attempts() + 1);
        runs.put(queued.id(), run);
        return run;
    }

    private boolean isDue(Export queued, Instant now) {
        Retry retry = retries.get(queued.id());
        return retry == null || !now.isBefore(retry.next());
    }

    /** The run knows of which moment its rows are. Returns a new file for them. */
    synchronized DataFile opened(ExportRun run, Export.Moment moment) throws IOException {
        run.check();
        Export export = put(run.begun().of(moment));
        return files.begin(export, Math.max(0, config.tenantBytes() - bytes(export.tenant())));
    }

    /** The run's file is complete: from now on it is served. */
    synchronized void publish(ExportRun run, Export.File file, Runnable betweenSteps) throws IOException {
        run.check();
        Export done = get(run).done(file);
        files.publish(done);
        betweenSteps.run();
        files.save(done);
        betweenSteps.run();
        put(done);
        forget(run);
    }

    /** The run has failed for what may pass: the export waits, and then begins again. */
    synchronized void again(ExportRun run, Reason reason, String detail, Duration pause) {
        if (!run.isEnded()) {
            Export export = get(run);
            tryTo(export, () -> files.removeData(export));
            put(export.queued(why(reason, detail)));
            forget(run);
            retries.put(run.id(), new Retry(run.attempt(), clock.instant().plus(pause)));
        }
    }

    /** The run has failed for good. */
    synchronized void failed(ExportRun run, Reason reason, String detail) {
        if (!run.isEnded()) {
            Export export = get(run);
            stop(run.id());
            tryTo(export, () -> files.removeData(export));
            Export failed = put(export.ended(State.FAILED, why(reason, detail)));
            tryTo(failed, () -> files.save(failed));
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** What cannot be written now is put right at the next start. */
    private static void tryTo(Export export, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.warnf("the files of export %s of %s could not be changed: %s", export.id(), export.tenant(), e.getMessage());
        }
    }

    /** Removes an export, whatever its state; false where there is none. */
    synchronized boolean remove(TenantId tenant, ExportId id) throws IOException {
        load(tenant);
        Export export = of(tenant).get(id);
        if (export == null) {
            return false;
        }
        stop(id);
        files.remove(export);
        of(tenant).remove(id);
        return true;
    }

    @Override
    public synchronized void removeFrom(TenantId tenant, long sequence) throws IOException {
        load(tenant);
        endThose(tenant, export -> export.state() == State.RUNNING || export.state() == State.DONE && pin(export) >= sequence,
                Reason.ERASURE, "a receipt was erased that the file may have had; ask for a new export");
    }

    private static long pin(Export export) {
        Export.Moment moment = export.moment();
        return moment == null ? Long.MAX_VALUE : moment.pin();
    }

    /** Ends what is over, and forgets what ended long ago. */
    synchronized void sweep(TenantId tenant, boolean deleted) throws IOException {
        Instant now = clock.instant();
        if (deleted) {
            endThose(tenant, export -> export.isUnderWay() || export.state() == State.DONE, Reason.TENANT_DELETED,
                    "the tenant is deleted");
        }
        endThose(tenant, export -> isOld(export, now), Reason.AGE, "the file was kept until then");
        for (Export export : list(tenant)) {
            End end = export.end();
            if (!export.isUnderWay() && end != null && !end.at().plus(config.memory()).isAfter(now)) {
                files.remove(export);
                of(tenant).remove(export.id());
            }
        }
    }

    private static boolean isOld(Export export, Instant now) {
        Export.File file = export.file();
        return file != null && !file.expiresAt().isAfter(now);
    }

    /** Tenants whose exports were read. */
    List<TenantId> tenants() {
        return new ArrayList<>(tenants.keySet());
    }

    /** Only for tests: forgets everything that is not on the disk, as a process does that ends. */
    synchronized void forgetAll() {
        runs.values().forEach(ExportRun::end);
        runs.clear();
        retries.clear();
        tenants.clear();
    }

    private void endThose(TenantId tenant, Predicate<Export> which, Reason reason, String detail) throws IOException {
        for (Export export : list(tenant)) {
            if (which.test(export)) {
                end(export, State.EXPIRED, reason, detail);
            }
        }
    }

    /** The file goes first: where the disk has no room for the state, it is found gone at the next start. */
    private void end(Export export, State state, Reason reason, String detail) throws IOException {
        stop(export.id());
        files.removeData(export);
        Export ended = put(export.ended(state, why(reason, detail)));
        LOG.infof("the export %s of %s is %s: %s", ended.id(), ended.tenant(), state.key(), detail);
        tryTo(ended, () -> files.save(ended));
    }

    private void stop(ExportId id) {
        ExportRun run = runs.get(id);
        if (run != null) {
            run.end();
            forget(run);
        }
    }

    private void forget(ExportRun run) {
        runs.remove(run.id(), run);
        retries.remove(run.id());
    }

    private long bytes(TenantId tenant) {
        long kept = of(tenant).values().stream().map(Export::file).filter(file -> file != null).mapToLong(Export.File::bytes).sum();
        return kept + runs.values().stream().filter(run -> run.begun().tenant().equals(tenant)).mapToLong(ExportRun::bytes).sum();
    }

    private Export get(ExportRun run) {
        Export export = of(run.begun().tenant()).get(run.id());
        if (export == null) {
            throw new IllegalStateException("there is no export " + run.id());
        }
        return export;
    }

    @CanIgnoreReturnValue
    private Export put(Export export) {
        of(export.tenant()).put(export.id(), export);
        return export;
    }

    private Map<ExportId, Export> of(TenantId tenant) {
        return tenants.getOrDefault(tenant, Map.of());
    }

    private End why(Reason reason, String detail) {
        return new End(reason, detail, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
