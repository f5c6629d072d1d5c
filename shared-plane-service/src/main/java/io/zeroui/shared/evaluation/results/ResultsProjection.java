package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.journal.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Computes the tables of runs from the acts; items and scores from the object that an act names. */
@ApplicationScoped
class ResultsProjection implements Projection {

    static final String RECORDED = "run-recorded";
    static final String ARTIFACT = "artifact-added";

    private static final int BATCH = 500;

    private final RunStore store;
    private final ObjectStore objects;

    ResultsProjection(RunStore store, ObjectStore objects) {
        this.store = store;
        this.objects = objects;
    }

    @Override
    public Area area() {
        return Area.EVAL_RESULTS;
    }

    @Override
    public String name() {
        return "evaluation-results";
    }

    @Override
    public List<String> tables() {
        return RunStore.TABLES;
    }

    @Override
    public Uni<Void> apply(Statements in, List<Act> acts) {
        return Multi.createFrom().iterable(acts)
                .onItem().transformToUniAndConcatenate(act -> switch (act.kind()) {
                    case RECORDED -> run(in, act);
                    case ARTIFACT -> store.insertArtifact(in, act);
                    default -> Uni.createFrom().voidItem(); // verdicts are in this journal too
                })
                .collect().asList().replaceWithVoid();
    }

    private Uni<Void> run(Statements in, Act act) {
        return store.insert(in, act)
                .chain(() -> Uni.createFrom().item(() -> read(act)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .chain(items -> insert(in, act.number(), items));
    }

    /** One item after the other, each with its epochs. */
    private List<List<ItemResult>> read(Act act) {
        List<List<ItemResult>> items = new ArrayList<>();
        try {
            KeptResults.read(objects.path(Area.EVAL_RESULTS, Hash.parse(act.detail().path("facts").path("results").asText())), result -> {
                if (items.isEmpty() || !items.get(items.size() - 1).get(0).item().equals(result.item())) {
                    items.add(new ArrayList<>());
                }
                items.get(items.size() - 1).add(result);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return items;
    }

    private Uni<Void> insert(Statements in, long run, List<List<ItemResult>> items) {
        Multi<Void> itemRows = batches(items).onItem().transformToUniAndConcatenate(batch -> store.insertItems(in, run, ItemRows.items(batch)));
        Multi<Void> scoreRows = Multi.createFrom().iterable(ItemRows.scores(items).entrySet())
                .onItem().transformToMultiAndConcatenate(score -> batches(score.getValue()).map(batch -> scores(score.getKey(), batch)))
                .onItem().transformToUniAndConcatenate(rows -> store.insertScores(in, run, rows));
        return itemRows.collect().asList().chain(() -> scoreRows.collect().asList()).replaceWithVoid();
    }

    private static ArrayNode scores(String name, List<ItemValues> batch) {
        return ItemRows.scores(name, batch);
    }

    private static <T> Multi<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return Multi.createFrom().iterable(batches);
    }
}
