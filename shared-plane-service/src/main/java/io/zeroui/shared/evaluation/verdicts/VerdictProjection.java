package io.zeroui.shared.evaluation.verdicts;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Computes the table of verdicts. */
@ApplicationScoped
class VerdictProjection implements Projection {

    static final String DECIDED = "gate-decided";

    private final VerdictStore store;

    VerdictProjection(VerdictStore store) {
        this.store = store;
    }

    @Override
    public Area area() {
        return Area.EVAL_RESULTS;
    }

    @Override
    public String name() {
        return "evaluation-verdicts";
    }

    @Override
    public List<String> tables() {
        return VerdictStore.TABLES;
    }

    @Override
    public Uni<Void> apply(Statements in, List<Act> acts) {
        return Multi.createFrom().iterable(acts).filter(act -> act.kind().equals(DECIDED))
                .onItem().transformToUniAndConcatenate(act -> store.insert(in, act))
                .collect().asList().replaceWithVoid();
    }
}
