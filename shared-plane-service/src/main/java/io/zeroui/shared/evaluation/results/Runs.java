package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.comparison.RunComparison;
import io.zeroui.shared.evaluation.formats.ResultFiles;
import io.zeroui.shared.evaluation.formats.ResultFormat;
import io.zeroui.shared.evaluation.gates.RunScores;
import io.zeroui.shared.evaluation.model.Direction;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs: read, compared and exported. */
@ApplicationScoped
public class Runs {

    private static final int SCORES_TOGETHER = 4;

    private final RunStore store;
    private final Journal journal;
    private final ObjectStore objects;

    Runs(RunStore store, Journal journal, ObjectStore objects) {
        this.store = store;
        this.journal = journal;
        this.objects = objects;
    }

    /** A run; fails with 404. */
    public Uni<RunRecord> get(String runId) {
        return store.find(runId).map(found -> found.orElseThrow(() -> EvaluationProblem.missing("run")));
    }

    /**
     * Runs, the newest first.
     *
     * @param suite whose; null for all
     * @param before only those with a lower number
     */
    public Uni<List<RunRecord>> list(@Nullable String suite, long before, int limit) {
        return store.list(suite, before, limit);
    }

    /**
     * Items of a run by id.
     *
     * @param after only those behind this id
     * @param tag only those with this tag; null for all
     * @param failed only those with an error
     */
    public Uni<List<RunItem>> items(RunRecord run, String after, @Nullable String tag, boolean failed, int limit) {
        return store.items(run.number(), after, tag, failed, limit);
    }

    /** The artifacts of a run by name, at most 1,000. */
    public Uni<List<JsonNode>> artifacts(RunRecord run) {
        return store.artifacts(run.number());
    }

    /** Names an artifact of a run, which is elsewhere; fails with 409 where the run has one of that name. */
    public Uni<JsonNode> addArtifact(RunRecord run, ObjectNode artifact, String by) {
        String name = artifact.path("name").asText();
        return journal.write(Area.EVAL_RESULTS, by, () -> store.artifacts(run.number()).map(there -> {
            if (there.stream().anyMatch(one -> one.path("name").asText().equals(name))) {
                throw EvaluationProblem.conflict("The run has an artifact of that name");
            }
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("run_id", run.runId());
            detail.set("artifact", artifact);
            return new Draft(ResultsProjection.ARTIFACT, detail);
        })).map(act -> act.detail().path("artifact"));
    }

    /**
     * Two runs compared by one score; fails with 409 where one of them has no such score, or they are of different suites.
     *
     * @param confidence of the intervals, between 0 and 1
     */
    public Uni<RunComparison> compare(RunRecord baseline, RunRecord candidate, String score, double confidence) {
        if (!baseline.facts().suite().equals(candidate.facts().suite())) {
            throw EvaluationProblem.conflict("The runs are of different suites");
        }
        Uni<List<ItemValues>> before = store.scores(baseline.number(), score);
        Uni<List<ItemValues>> after = store.scores(candidate.number(), score);
        return Uni.combine().all().unis(before, after).asTuple()
                .map(both -> RunComparison.of(both.getItem1(), both.getItem2(), direction(candidate, score), confidence)
                        .orElseThrow(() -> EvaluationProblem.conflict("One of the runs has no score of that name")));
    }

    /** Which end of a score is the good one, as the run's suite said. */
    public static Direction direction(RunRecord run, String score) {
        return run.facts().scores().stream().filter(one -> one.name().equals(score) && one.direction().equals(Direction.LOWER_IS_BETTER.key()))
                .findFirst().map(one -> Direction.LOWER_IS_BETTER).orElse(Direction.HIGHER_IS_BETTER);
    }

    /** What a gate looks at: the scores of these names. */
    public Uni<RunScores> scores(RunRecord run, List<String> names) {
        Map<String, Direction> directions = new HashMap<>();
        names.forEach(name -> directions.put(name, direction(run, name)));
        RunRecord.Counts counts = run.facts().counts();
        return Multi.createFrom().iterable(names)
                .onItem().transformToUni(name -> store.scores(run.number(), name).map(items -> Map.entry(name, items))).merge(SCORES_TOGETHER)
                .collect().asMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(scores -> new RunScores(counts.items(), counts.results(), counts.errors(), scores, directions));
    }

    /** Writes a run as a file of a format; blocking. What is not kept, the texts, is empty or missing in it. */
    public void export(RunRecord run, ResultFormat format, OutputStream out) throws IOException {
        try (ResultFiles.Output results = ResultFiles.write(format, run.facts().told(), out)) {
            KeptResults.read(objects.path(Area.EVAL_RESULTS, Hash.parse(run.facts().results())), results);
        }
    }
}
