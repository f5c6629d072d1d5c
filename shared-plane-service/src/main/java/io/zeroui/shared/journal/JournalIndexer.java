package io.zeroui.shared.journal;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the journals; what a database that is down misses is written once it is back. */
@ApplicationScoped
public class JournalIndexer {

    private static final Logger LOG = Logger.getLogger(JournalIndexer.class);
    private static final int ACTS = 200;

    private final JournalStore store;
    private final DatabaseSchema schema;
    private final List<Projection> projections;
    /** Where projections are; none where that is to be asked. */
    private final Map<String, Long> known = new ConcurrentHashMap<>();
    private final Map<String, Turns> turns = new ConcurrentHashMap<>();
    private volatile @Nullable Source source;
    private volatile boolean caughtUp;
    private volatile String failure = "";

    JournalIndexer(JournalStore store, DatabaseSchema schema, @All List<Projection> projections) {
        this.store = store;
        this.schema = schema;
        this.projections = List.copyOf(projections);
        if (this.projections.stream().map(JournalIndexer::key).distinct().count() != this.projections.size()) {
            throw new IllegalStateException("two projections of one area have one name");
        }
    }

    /** Where acts come from; blocking. */
    interface Source {
        List<ActLine> read(Area area, long from, int most);
    }

    void follows(Source journal) {
        source = journal;
    }

    /** Whether every act that was there at the last look is in the tables. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Why the last look failed; empty where it did not. */
    public String failure() {
        return failure;
    }

    /** Fingerprint of all tables; fails with 503 where the database does not answer. */
    public Uni<JournalDigest> digest() {
        ProblemException unavailable = new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the shared plane does not answer");
        return schema.isReady() ? store.digest(projections.stream().flatMap(one -> one.tables().stream()).sorted().distinct().toList())
                .onFailure(DatabaseFailures::isUnavailable).transform(cause -> unavailable) : Uni.createFrom().failure(unavailable);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        if (!schema.isReady() || source == null) {
            return Uni.createFrom().voidItem();
        }
        List<String> failures = new ArrayList<>();
        return Multi.createFrom().iterable(Arrays.asList(Area.values()))
                .onItem().transformToUniAndConcatenate(area -> follow(area)
                        .onFailure().invoke(cause -> failures.add(area.key() + ": " + cause.getMessage()))
                        .onFailure().recoverWithNull())
                .collect().asList()
                .invoke(all -> settled(failures))
                .replaceWithVoid();
    }

    private void settled(List<String> failures) {
        String why = failures.isEmpty() ? "" : failures.get(0);
        if (!why.isEmpty() && !why.equals(failure)) {
            LOG.warnf("the tables do not follow the journals, trying again: %s", why);
        }
        failure = why;
        caughtUp = failures.isEmpty();
    }

    /** Brings all tables of an area up to its last act; fails where one cannot be. */
    Uni<Void> follow(Area area) {
        if (!schema.isReady()) {
            return Uni.createFrom().failure(new JournalUnavailable("the database is not ready: " + schema.state()));
        }
        return Multi.createFrom().iterable(projections).filter(projection -> projection.area() == area)
                .onItem().transformToUniAndConcatenate(projection -> turns.computeIfAbsent(key(projection), name -> new Turns(Integer.MAX_VALUE))
                        .next(() -> step(projection).onFailure().invoke(cause -> known.remove(key(projection)))))
                .collect().asList()
                .replaceWithVoid();
    }

    private Uni<Void> step(Projection projection) {
        Long at = known.get(key(projection));
        return at == null ? store.position(projection).chain(position -> checked(projection, position)).chain(() -> step(projection))
                : read(projection, at + 1, ACTS).chain(lines -> lines.isEmpty() ? Uni.createFrom().voidItem()
                        : store.apply(projection, at, lines)
                                .invoke(() -> known.put(key(projection), lines.get(lines.size() - 1).act().number()))
                                .chain(() -> step(projection)));
    }

    /** The act that the tables were computed up to must be the one in the journal. */
    private Uni<Void> checked(Projection projection, JournalStore.Position position) {
        Uni<List<ActLine>> there = position.number() == 0 ? Uni.createFrom().item(List.of()) : read(projection, position.number(), 1);
        return there.invoke(lines -> {
            if (position.number() > 0 && (lines.isEmpty() || !lines.get(0).hash().equals(position.hash()))) {
                throw new JournalUnavailable("the tables were computed from another journal of " + projection.area().key()
                        + ", up to act " + position.number() + "; run ./zeroui reindex shared");
            }
            known.put(key(projection), position.number());
        }).replaceWithVoid();
    }

    private Uni<List<ActLine>> read(Projection projection, long from, int most) {
        Source journal = Objects.requireNonNull(source, "nothing to follow");
        return Uni.createFrom().item(() -> journal.read(projection.area(), from, most))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static String key(Projection projection) {
        return projection.area().key() + " " + projection.name();
    }
}
