package io.zeroui.shared.evaluation.results;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.shared.evaluation.formats.ResultFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs written as files of other tools. A run never changes, so its file is written once and served again; files that nobody wants are removed. */
@ApplicationScoped
public class RunExports {

    private static final Logger LOG = Logger.getLogger(RunExports.class);
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final Runs runs;
    private final Clock clock;
    private @Nullable Path folder;

    RunExports(Runs runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /** The file of a run; nobody changes it. It may be removed while it is being read, which a reader does not notice. */
    public Uni<Path> file(RunRecord run, ResultFormat format) {
        return Uni.createFrom().item(() -> written(run, format)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Path written(RunRecord run, ResultFormat format) {
        try {
            Path file = folder().resolve(run.runId() + "." + format.key() + "." + format.extension());
            if (Files.exists(file)) {
                return Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            }
            Path unfinished = Files.createTempFile(folder(), "export-", ".tmp");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                runs.export(run, format, out);
            }
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Path folder() throws IOException {
        Path known = folder;
        if (known == null || !Files.isDirectory(known)) {
            known = Files.createTempDirectory("zeroui-runs-");
            folder = known;
        }
        return known;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Blocking
    void clean() {
        Path known;
        synchronized (this) {
            known = folder;
        }
        if (known == null) {
            return;
        }
        Instant before = clock.instant().minus(KEPT);
        try (Stream<Path> files = Files.list(known)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warnf("files of runs are removed in a minute: %s", e);
        }
    }
}
