package io.zeroui.shared.journal;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.fabric.records.FolderLock;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The journals of all areas. One process at a time writes them. An act is on the disk before anybody is told of it, and as a rule in the
 * tables as well; where the database fails in between, they follow by themselves.
 */
@ApplicationScoped
public class Journal {

    private static final Logger LOG = Logger.getLogger(Journal.class);
    private static final int AFTER_OTHERS = 10_000;

    private final JournalFolders folders;
    private final JournalIndexer indexer;
    private final FolderLock lock = new FolderLock();
    private final Map<Area, One> all = new EnumMap<>(Area.class);

    private record One(AreaJournal journal, Turns turns) {
    }

    Journal(JournalFolders folders, JournalIndexer indexer, JournalConfig config) {
        this.folders = folders;
        this.indexer = indexer;
        for (Area area : Area.values()) {
            all.put(area, new One(new AreaJournal(folders.of(area).resolve("journal.jsonl")), new Turns(config.waiting())));
        }
        indexer.follows(this::lines);
    }

    void release(@Observes @Priority(AFTER_OTHERS) ShutdownEvent event) throws IOException {
        lock.release();
    }

    /**
     * Does one act. In an area one is done after the other, and each begins when the tables have all acts before it, so what
     * {@code decide} reads there is true. The answer comes when the tables have the act too, or cannot have it at present.
     *
     * @param by who does it
     * @param decide says what is done, or fails: then nothing is
     */
    public Uni<Act> write(Area area, String by, Supplier<Uni<Draft>> decide) {
        return one(area).turns().next(() -> indexer.follow(area)
                .onFailure(failure -> !(failure instanceof ProblemException)).transform(Journal::unavailable)
                .chain(() -> decide.get())
                .chain(draft -> onWorker(() -> append(area, by, draft)))
                .call(act -> indexer.follow(area)
                        .onFailure().invoke(failure -> LOG.warnf("act %d of %s is not in the tables yet: %s", act.number(), area.key(), failure))
                        .onFailure().recoverWithNull()));
    }

    private Act append(Area area, String by, Draft draft) {
        try {
            lock.acquire(folders.folder());
            return one(area).journal().append(by, draft, Instant.now().truncatedTo(ChronoUnit.MICROS));
        } catch (IOException e) {
            LOG.errorf(e, "an act of %s could not be written", area.key());
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The registry's files cannot be written: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    /** Acts from a number on, in their order, at most so many; none behind the last. */
    public Uni<List<Act>> read(Area area, long from, int most) {
        return onWorker(() -> lines(area, from, most).stream().map(ActLine::act).toList());
    }

    /** Blocking. Only who may write reads: behind a torn end another one may just be writing. */
    private List<ActLine> lines(Area area, long from, int most) {
        try {
            lock.acquire(folders.folder());
            return one(area).journal().read(from, most);
        } catch (IOException e) {
            throw new JournalUnavailable("the journal of " + area.key() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private One one(Area area) {
        return Objects.requireNonNull(all.get(area));
    }

    private static ProblemException unavailable(Throwable failure) {
        LOG.warnf("nothing can be written, for the tables do not have everything: %s", failure);
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The registry cannot be written at present: "
                + (failure instanceof JournalUnavailable ? failure.getMessage() : "its database does not answer or is behind its files"));
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
