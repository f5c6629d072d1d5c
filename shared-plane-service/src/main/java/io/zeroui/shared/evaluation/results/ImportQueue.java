package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Files that have been received and are brought in one after the other, with their progress. It is this instance's: when it stops, what waits is
 * gone, and is sent again by who sent it; the same run is recorded once.
 */
@ApplicationScoped
public class ImportQueue {

    private static final Logger LOG = Logger.getLogger(ImportQueue.class);
    private static final int WAITING_MOST = 16;
    private static final int REMEMBERED_MOST = 200;
    private static final int SERVER_ERROR = 500;

    private final RunImports imports;
    private final Clock clock;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();

    ImportQueue(RunImports imports, Clock clock) {
        this.imports = imports;
        this.clock = clock;
    }

    /**
     * How far a file is.
     *
     * @param importId its id
     * @param state {@code waiting}, {@code reading}, {@code done} or {@code refused}
     * @param bytes length of the file
     * @param results how many have been read
     * @param run the run, once it is done
     * @param problem why it was refused
     * @param startedAt when the file had come
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Import(UUID importId, String state, long bytes, long results, @Nullable String run, @Nullable String problem, Instant startedAt) {
    }

    private static final class Job {
        private final UUID id = UUID.randomUUID();
        private final ImportWish wish;
        private final Path file;
        private final long bytes;
        private final Instant startedAt;
        private final AtomicLong results = new AtomicLong();
        private volatile String state = "waiting";
        private volatile @Nullable String run;
        private volatile @Nullable String problem;

        private Job(ImportWish wish, Path file, long bytes, Instant startedAt) {
            this.wish = wish;
            this.file = file;
            this.bytes = bytes;
            this.startedAt = startedAt;
        }

        private Import view() {
            return new Import(id, state, bytes, results.get(), run, problem, startedAt);
        }

        private boolean isOver() {
            return state.equals("done") || state.equals("refused");
        }
    }

    /**
     * Takes a file, which is removed in the end.
     *
     * @throws ProblemException 503 where too many wait
     */
    public Import add(ImportWish wish, Path file, long bytes) {
        Job job = new Job(wish, file, bytes, clock.instant());
        synchronized (this) {
            if (waiting.size() >= WAITING_MOST) {
                throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many files wait to be brought in");
            }
            waiting.add(job);
            jobs.put(job.id, job);
            Iterator<Job> oldest = jobs.values().iterator();
            while (jobs.size() > REMEMBERED_MOST && oldest.hasNext()) {
                if (oldest.next().isOver()) {
                    oldest.remove();
                }
            }
        }
        return job.view();
    }

    /** How far a file is; nothing where it is not remembered. */
    public synchronized Optional<Import> find(UUID id) {
        return Optional.ofNullable(jobs.get(id)).map(Job::view);
    }

    /** The files that are remembered, the newest first. */
    public synchronized List<Import> list() {
        List<Import> all = new ArrayList<>(jobs.values().stream().map(Job::view).toList());
        Collections.reverse(all);
        return all;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        Job job;
        synchronized (this) {
            job = waiting.poll();
        }
        return job == null ? Uni.createFrom().voidItem() : bring(job).chain(this::work);
    }

    private Uni<Void> bring(Job job) {
        job.state = "reading";
        return imports.bring(job.wish, job.file, job.results::set)
                .invoke(run -> {
                    job.run = run.runId();
                    job.state = "done";
                })
                .onFailure().invoke(failure -> refuse(job, failure))
                .onTermination().invoke(() -> delete(job.file))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private static void refuse(Job job, Throwable failure) {
        boolean isRefused = failure instanceof ProblemException problem && problem.status() < SERVER_ERROR;
        if (!isRefused) {
            LOG.warnf(failure, "the file %s was not brought in", job.id);
        }
        job.problem = failure instanceof ProblemException ? failure.getMessage() : "it failed on our side; send it again";
        job.state = "refused";
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf("a file that was brought in is still there: %s", e);
        }
    }
}
