package io.zeroui.shared.supplychain.sbom;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.supplychain.sbom.Sboms.Added;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are being taken in. Each is a job, which goes on when the caller no longer waits, and whose file is removed at its end. Jobs are
 * forgotten when the service stops: a document that was not taken in by then is sent again.
 */
@ApplicationScoped
public class SbomJobs {

    private static final Logger LOG = Logger.getLogger(SbomJobs.class);

    private final Sboms sboms;
    private final SbomConfig config;
    private final Map<UUID, Running> jobs = new LinkedHashMap<>();

    SbomJobs(Sboms sboms, SbomConfig config) {
        this.sboms = sboms;
        this.config = config;
    }

    /**
     * A job as it is now.
     *
     * @param id of the job
     * @param state {@code waiting}, {@code reading}, {@code keeping}, {@code indexing}, {@code done} or {@code failed}
     * @param bytes length of the document
     * @param begunAt when it began
     * @param endedAt when it ended
     * @param added what it came to, when it is done
     * @param problem why it failed
     */
    public record Job(UUID id, String state, long bytes, Instant begunAt, @Nullable Instant endedAt, @Nullable Added added, @Nullable ProblemException problem) {
    }

    private static final class Running {
        private volatile Job job;
        private final CompletableFuture<Job> end = new CompletableFuture<>();

        private Running(Job job) {
            this.job = job;
        }

        private void state(String state) {
            job = new Job(job.id(), state, job.bytes(), job.begunAt(), null, null, null);
        }
    }

    /**
     * Begins a job and waits a moment for it.
     *
     * @param file is removed when the job ends
     * @return the job: done, failed, or, when it takes longer, as it is
     */
    public Uni<Job> add(Path file, long bytes, @Nullable String project, @Nullable String release, String by) {
        Running running = new Running(new Job(UUID.randomUUID(), "waiting", bytes, Instant.now(), null, null, null));
        remember(running);
        Cancellable work = sboms.add(file, project, release, by, running::state)
                .onTermination().call(() -> remove(file))
                .subscribe().with(added -> end(running, added, null), failure -> end(running, null, failure));
        assert work != null;
        return Uni.createFrom().completionStage(() -> running.end.copy())
                .ifNoItem().after(config.answerWithin()).recoverWithItem(() -> running.job);
    }

    /** A job that is still remembered. */
    public Optional<Job> find(UUID id) {
        synchronized (jobs) {
            return Optional.ofNullable(jobs.get(id)).map(running -> running.job);
        }
    }

    private void remember(Running running) {
        synchronized (jobs) {
            jobs.values().removeIf(old -> old.end.isDone() && jobs.size() >= config.jobsKept());
            if (jobs.size() >= config.jobsKept()) {
                throw SbomProblem.TOO_LARGE.because("Too many documents are being taken in");
            }
            jobs.put(running.job.id(), running);
        }
    }

    private static void end(Running running, @Nullable Added added, @Nullable Throwable failure) {
        ProblemException problem = failure == null ? null : failure instanceof ProblemException known ? known : SbomFailures.of(failure);
        Job job = running.job;
        running.job = new Job(job.id(), failure == null ? "done" : "failed", job.bytes(), job.begunAt(), Instant.now(), added, problem);
        boolean first = running.end.complete(running.job);
        assert first;
    }

    private static Uni<Void> remove(Path file) {
        return Uni.createFrom().<Void> item(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warnf("%s stays: %s", file, e.getMessage());
            }
            return null;
        }).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
