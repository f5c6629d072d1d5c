package io.zeroui.product.vectors.watch;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.store.CollectionAccessStore;
import io.zeroui.product.vectors.store.SearchStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Does sampled searches again, exactly, one at a time. */
@ApplicationScoped
public class RecallKeeper {

    private static final Logger LOG = Logger.getLogger(RecallKeeper.class);

    private final SearchWatch watch;
    private final CollectionAccessStore access;
    private final SearchStore searches;

    RecallKeeper(SearchWatch watch, CollectionAccessStore access, SearchStore searches) {
        this.watch = watch;
        this.access = access;
        this.searches = searches;
    }

    /** Compares the samples that wait. */
    @Scheduled(every = "${zeroui.vectors.watch.every:PT10S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> compare() {
        List<SearchWatch.Sample> waiting = new ArrayList<>();
        for (SearchWatch.Sample sample = watch.next(); sample != null; sample = watch.next()) {
            waiting.add(sample);
        }
        return Multi.createFrom().iterable(waiting)
                .onItem().transformToUniAndConcatenate(sample -> compare(sample)
                        .onFailure().invoke(cause -> LOG.debugf("a sample was not compared: %s", cause.getMessage()))
                        .onFailure().recoverWithItem(false))
                .collect().last().replaceWithVoid();
    }

    private Uni<Boolean> compare(SearchWatch.Sample sample) {
        return access.read(sample.tenant(), sample.name(),
                (in, placed) -> searches.search(in, sample.tenant(), placed, sample.search().exactly().with(Returning.NOTHING)))
                .invoke(found -> watch.compared(sample, found.points().stream().map(point -> point.point().id()).toList()))
                .replaceWith(true);
    }
}
