package io.zeroui.shared.evaluation.verdicts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.gates.Criterion;
import io.zeroui.shared.evaluation.gates.GateDecision;
import io.zeroui.shared.evaluation.gates.GateJudge;
import io.zeroui.shared.evaluation.gates.RunScores;
import io.zeroui.shared.evaluation.harness.DocumentKind;
import io.zeroui.shared.evaluation.harness.GateDocument;
import io.zeroui.shared.evaluation.harness.Harness;
import io.zeroui.shared.evaluation.harness.VersionedDocument;
import io.zeroui.shared.evaluation.results.RunRecord;
import io.zeroui.shared.evaluation.results.Runs;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.providers.publication.VerdictSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides gates, keeps what was decided, and tells what counts to those who publish it. */
@ApplicationScoped
public class Verdicts implements VerdictSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Harness harness;
    private final Runs runs;
    private final VerdictStore store;
    private final Journal journal;
    private final Event<VerdictSource.Changed> changed;
    private final Clock clock;

    Verdicts(Harness harness, Runs runs, VerdictStore store, Journal journal, Event<VerdictSource.Changed> changed, Clock clock) {
        this.harness = harness;
        this.runs = runs;
        this.store = store;
        this.journal = journal;
        this.changed = changed;
        this.clock = clock;
    }

    /** A gate and the runs that it looks at. */
    private record Case(VersionedDocument version, GateDocument gate, RunRecord run, @Nullable RunRecord baseline) {
    }

    /**
     * Decides.
     *
     * @param by who asks
     * @return fails with 404 where there is no such gate or run, 409 where a run is of another suite than the gate's or of another model than
     *         the subject
     */
    public Uni<KeptVerdict> decide(VerdictWish wish, String by) {
        return look(wish)
                .chain(one -> decision(one).map(decision -> draft(wish, one, decision)))
                .chain(draft -> journal.write(Area.EVAL_RESULTS, by, () -> Uni.createFrom().item(draft)))
                .chain(act -> store.list(wish.gate(), null, null, act.number() + 1, 1))
                .map(found -> found.stream().findFirst().orElseThrow(() -> EvaluationProblem.missing("verdict in the tables yet")))
                .invoke(verdict -> changed.fire(new VerdictSource.Changed()));
    }

    private Uni<Case> look(VerdictWish wish) {
        String baseline = wish.baseline();
        return harness.get(DocumentKind.GATE, wish.gate(), null).chain(gate -> runs.get(wish.run()).chain(run -> {
            Uni<Optional<RunRecord>> before = baseline == null ? Uni.createFrom().item(Optional.empty()) : runs.get(baseline).map(Optional::of);
            return before.map(found -> checked(wish, new Case(gate, GateDocument.of(gate.document()), run, found.orElse(null))));
        }));
    }

    private static Case checked(VerdictWish wish, Case one) {
        RunRecord baseline = one.baseline();
        if (wish.subjectKind() == GateVerdict.SubjectKind.MODEL && !wish.subjectId().equals(one.run().facts().model())) {
            throw EvaluationProblem.conflict("The run is of another model");
        }
        boolean isSame = one.run().facts().suite().equals(one.gate().suite())
                && (baseline == null || baseline.facts().suite().equals(one.gate().suite()));
        if (!isSame) {
            throw EvaluationProblem.conflict("The gate judges runs of the suite " + one.gate().suite());
        }
        if (baseline != null && !baseline.facts().datasetDigest().equals(one.run().facts().datasetDigest())) {
            throw EvaluationProblem.conflict("The run and its baseline were made with different datasets");
        }
        return one;
    }

    private Uni<GateDecision> decision(Case one) {
        List<String> names = one.gate().criteria().stream().flatMap(Verdicts::score).distinct().toList();
        RunRecord baseline = one.baseline();
        Uni<Optional<RunScores>> before = baseline == null ? Uni.createFrom().item(Optional.empty()) : runs.scores(baseline, names).map(Optional::of);
        return runs.scores(one.run(), names).chain(run -> before
                .map(found -> GateJudge.decide(one.gate().criteria(), run, found.orElse(null), one.gate().confidence())));
    }

    private static Stream<String> score(Criterion criterion) {
        if (criterion instanceof Criterion.Bound bound) {
            return Stream.of(bound.score());
        }
        if (criterion instanceof Criterion.NoWorse noWorse) {
            return Stream.of(noWorse.score());
        }
        return criterion instanceof Criterion.NoRegression none ? Stream.of(none.score()) : Stream.empty();
    }

    private static Draft draft(VerdictWish wish, Case one, GateDecision decision) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("gate", wish.gate()).put("gate_version", one.version().version())
                .put("subject_kind", wish.subjectKind().key()).put("subject_id", wish.subjectId()).put("subject_version", wish.subjectVersion())
                .put("passed", decision.passed()).put("run", wish.run()).put("valid_for", one.gate().validFor().toString());
        if (wish.baseline() != null) {
            detail.put("baseline", wish.baseline());
        }
        detail.set("reasons", JSON.valueToTree(decision.reasons()));
        return new Draft(VerdictProjection.DECIDED, detail);
    }

    /** Verdicts, the newest first; what is null is not asked for. */
    public Uni<List<KeptVerdict>> list(@Nullable String gate, @Nullable String subjectKind, @Nullable String subjectId, long before, int limit) {
        return store.list(gate, subjectKind, subjectId, before, limit);
    }

    @Override
    public Uni<List<GateVerdict>> verdicts() {
        return store.counting(clock.instant(), MOST).map(all -> all.stream().map(KeptVerdict::told).toList());
    }
}
