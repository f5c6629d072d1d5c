package io.zeroui.shared.evaluation.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GateJudgeTest {

    @Test
    void aMeanMustReachItsBound() {
        RunScores run = run("s", 4, i -> i / 4.0); // mean 0.375
        assertThat(passes(run, null, new Criterion.Bound("s", 0.375, false))).isTrue();
        assertThat(passes(run, null, new Criterion.Bound("s", 0.376, false))).isFalse();
        assertThat(passes(run, null, new Criterion.Bound("s", 0.3, true))).as("the interval is wider").isFalse();
        assertThat(passes(run, null, new Criterion.Bound("other", 0, false))).isFalse();
        RunScores seconds = new RunScores(4, 4, 0, run.scores(), Map.of("s", Direction.LOWER_IS_BETTER));
        assertThat(passes(seconds, null, new Criterion.Bound("s", 0.375, false))).isTrue();
        assertThat(passes(seconds, null, new Criterion.Bound("s", 0.37, false))).isFalse();
    }

    @Test
    void aRunMayBeWorseByTheMarginAndNoMore() {
        RunScores before = run("s", 10, i -> 0.8);
        RunScores after = run("s", 10, i -> 0.75);
        assertThat(passes(after, before, new Criterion.NoWorse("s", 0.06, true))).isTrue();
        assertThat(passes(after, before, new Criterion.NoWorse("s", 0.04, false))).isFalse();
        RunScores noisy = run("s", 10, i -> i % 2 == 0 ? 0.2 : 1.4);
        assertThat(passes(noisy, before, new Criterion.NoWorse("s", 0.06, false))).as("by the mean").isTrue();
        assertThat(passes(noisy, before, new Criterion.NoWorse("s", 0.06, true))).as("by the interval").isFalse();
    }

    @Test
    void taggedItemsMustNotRegressEvenWhenTheRunLeavesTheTagOrTheItemOut() {
        RunScores before = scores(new ItemValues("a", List.of(1.0), 1, List.of("critical")), new ItemValues("b", List.of(1.0), 1, List.of()));
        RunScores kept = scores(new ItemValues("a", List.of(1.0), 1, List.of("critical")), new ItemValues("b", List.of(0.0), 0, List.of()));
        RunScores untagged = scores(new ItemValues("a", List.of(0.0), 0, List.of()), new ItemValues("b", List.of(1.0), 1, List.of()));
        RunScores absent = scores(new ItemValues("b", List.of(1.0), 1, List.of()));
        Criterion critical = new Criterion.NoRegression("s", "critical");

        assertThat(passes(kept, before, critical)).isTrue();
        assertThat(passes(kept, before, new Criterion.NoRegression("s", null))).isFalse();
        assertThat(passes(untagged, before, critical)).isFalse();
        assertThat(passes(absent, before, critical)).isFalse();
        assertThat(passes(kept, before, new Criterion.NoRegression("s", "unknown"))).isFalse();
        assertThat(GateJudge.decide(List.of(critical), untagged, before, 0.95).reasons().get(0).text()).contains("1 of 1 items with the tag critical", ": a");
    }

    @Test
    void aGateNeverPassesForWantOfData() {
        RunScores run = run("s", 1, i -> 1);
        assertThat(GateJudge.decide(List.of(), run, null, 0.95).passed()).isFalse();
        assertThat(passes(run, null, new Criterion.NoWorse("s", 1, false))).isFalse();
        assertThat(passes(run, null, new Criterion.NoRegression("s", null))).isFalse();
        assertThat(passes(run, run, new Criterion.NoWorse("s", 1, true))).as("one item has no interval").isFalse();
        assertThat(passes(run, null, new Criterion.Bound("s", 0, true))).isFalse();
    }

    @Test
    void errorsAndItemsAreCounted() {
        RunScores run = new RunScores(10, 50, 5, Map.of(), Map.of());
        assertThat(passes(run, null, new Criterion.Errors(0.1))).isTrue();
        assertThat(passes(run, null, new Criterion.Errors(0.09))).isFalse();
        assertThat(passes(run, null, new Criterion.Items(10))).isTrue();
        assertThat(passes(run, null, new Criterion.Items(11))).isFalse();
        assertThat(GateJudge.decide(List.of(new Criterion.Items(10), new Criterion.Items(11)), run, null, 0.95).reasons())
                .extracting(GateDecision.Reason::met).containsExactly(true, false);
    }

    private static boolean passes(RunScores run, RunScores baseline, Criterion criterion) {
        return GateJudge.decide(List.of(criterion), run, baseline, 0.95).passed();
    }

    private static RunScores run(String score, int items, IntToDoubleFunction values) {
        List<ItemValues> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            all.add(new ItemValues("item " + i, List.of(values.applyAsDouble(i)), -1, List.of()));
        }
        return new RunScores(items, items, 0, Map.of(score, all), Map.of());
    }

    private static RunScores scores(ItemValues... items) {
        return new RunScores(items.length, items.length, 0, Map.of("s", List.of(items)), Map.of());
    }
}
