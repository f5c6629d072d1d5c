package io.zeroui.shared.providers;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.rulings.providers.ProviderDecisions;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.JournalConfig;
import io.zeroui.shared.providers.book.DeedCodec;
import io.zeroui.shared.providers.book.RegistryBook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Holds the registry in memory, as far as its journal goes. */
@ApplicationScoped
public class RegistryKeeper {

    private static final Logger LOG = Logger.getLogger(RegistryKeeper.class);
    private static final int ACTS = 500;
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MOST = Duration.ofSeconds(5);

    private final Journal journal;
    private final RegistryBook book;
    private volatile @Nullable Compiled compiled;
    /** Number of the last act in the book; -1 while the journal has not been read. */
    private volatile long last = -1;

    RegistryKeeper(Journal journal, JournalConfig config) {
        this.journal = journal;
        this.book = new RegistryBook(config.organisation());
    }

    /**
     * The registry in the form from which decisions are answered.
     *
     * @param act the last act that is in it
     * @param rules what it was made from
     * @param decisions answers
     */
    public record Compiled(long act, ProviderRules rules, ProviderDecisions decisions) {
    }

    void start(@Observes StartupEvent event) {
        follow().onFailure().invoke(failure -> LOG.warnf("the registry of providers cannot be read, trying again: %s", failure))
                .onFailure().retry().withBackOff(RETRY_FIRST, RETRY_MOST).indefinitely()
                .subscribe().with(done -> LOG.debugf("the registry of providers has %d acts", last), failure -> LOG.error("not read", failure));
    }

    /** Takes what the journal has and the book does not. */
    public Uni<Void> follow() {
        return Uni.createFrom().deferred(() -> journal.read(Area.PROVIDER_REGISTRY, Math.max(last, 0) + 1, ACTS))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(this::take)
                .chain(more -> more ? follow() : Uni.createFrom().voidItem());
    }

    private boolean take(List<Act> acts) {
        synchronized (book) {
            acts.stream().filter(act -> act.number() > book.last())
                    .forEach(act -> book.apply(act.number(), DeedCodec.read(act.kind(), act.detail())));
            last = book.last();
            return acts.size() == ACTS;
        }
    }

    /** Something that is asked of the book. */
    interface Question<T, E extends Exception> {
        T of(RegistryBook book) throws E;
    }

    <T, E extends Exception> T ask(Question<T, E> question) throws E {
        synchronized (book) {
            return question.of(book);
        }
    }

    /**
     * The registry as its last act left it; not waiting where nothing has changed since the last time.
     *
     * @throws ProblemException by the Uni, 503 while the journal has not been read
     */
    public Uni<Compiled> compiled() {
        Compiled known = compiled;
        if (known != null && known.act() == last) {
            return Uni.createFrom().item(known);
        }
        if (last < 0) {
            return Uni.createFrom().failure(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The registry's files have not been read yet"));
        }
        return Uni.createFrom().item(this::compile).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Compiled compile() {
        synchronized (book) {
            Compiled known = compiled;
            if (known == null || known.act() != book.last()) {
                ProviderRules rules = book.rules();
                known = new Compiled(book.last(), rules, ProviderDecisions.of(rules));
                compiled = known;
            }
            return known;
        }
    }
}
