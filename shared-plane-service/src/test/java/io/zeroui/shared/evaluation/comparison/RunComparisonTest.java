package io.zeroui.shared.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zeroui.shared.evaluation.comparison.ItemChange.Kind;
import io.zeroui.shared.evaluation.model.Direction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

    private static final double NEAR = 1e-9;

    @Property(tries = 500)
    void itSaysWhatASlowReferenceSays(@ForAll("runs") List<ItemValues> baseline, @ForAll("runs") List<ItemValues> candidate,
            @ForAll Direction direction, @ForAll Random random) {
        RunComparison comparison = RunComparison.of(baseline, candidate, direction, 0.95).orElseThrow();
        SlowComparison slow = new SlowComparison(baseline, candidate, direction);

        assertThat(new TreeMap<>(comparison.counts())).isEqualTo(slow.counts());
        assertThat(comparison.items()).extracting(ItemChange::item).containsExactlyInAnyOrderElementsOf(slow.items());
        MeanEstimate difference = comparison.difference();
        if (slow.differences().isEmpty()) {
            assertThat(difference).isNull();
        } else {
            assertThat(difference.items()).isEqualTo(slow.differences().size());
            assertThat(difference.mean()).isCloseTo(slow.mean(), within(NEAR));
            assertThat(difference.standardError() == null ? 0 : difference.standardError()).isCloseTo(slow.standardError(), within(NEAR));
        }
        List<ItemValues> mixed = new ArrayList<>(candidate);
        Collections.shuffle(mixed, random);
        assertThat(RunComparison.of(baseline, mixed, direction, 0.95).orElseThrow().items()).isEqualTo(comparison.items());
    }

    @Property(tries = 200)
    void theOtherWayRoundIsTheOtherWayRound(@ForAll("runs") List<ItemValues> baseline, @ForAll("runs") List<ItemValues> candidate) {
        RunComparison there = RunComparison.of(baseline, candidate, Direction.HIGHER_IS_BETTER, 0.9).orElseThrow();
        RunComparison back = RunComparison.of(candidate, baseline, Direction.HIGHER_IS_BETTER, 0.9).orElseThrow();

        assertThat(there.counts().getOrDefault(Kind.MISSING, 0)).isEqualTo(back.counts().getOrDefault(Kind.ADDED, 0));
        assertThat(there.counts().getOrDefault(Kind.BETTER, 0)).as("what is worse may have passed before, what is better is better")
                .isLessThanOrEqualTo(back.counts().getOrDefault(Kind.REGRESSED, 0) + back.counts().getOrDefault(Kind.WORSE, 0));
        if (there.difference() != null) {
            assertThat(there.difference().mean()).isCloseTo(-back.difference().mean(), within(NEAR));
        }
    }

    @Provide
    Arbitrary<List<ItemValues>> runs() {
        Arbitrary<ItemValues> item = Combinators.combine(Arbitraries.integers().between(0, 12),
                Arbitraries.integers().between(0, 4).map(value -> value / 4.0).list().ofMinSize(1).ofMaxSize(4), Arbitraries.integers().between(-1, 4))
                .as((id, values, passes) -> new ItemValues("item " + id, values, Math.min(passes, values.size()), List.of()));
        return item.list().ofMinSize(1).ofMaxSize(12).uniqueElements(ItemValues::item);
    }

    @Test
    void studentsIntervalIsThatOfTheTables() {
        // sleep gained by ten patients with the second drug over the first (Student, 1908): 1.58 hours, 95 % 0.7001 to 2.4599
        double[] gained = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};

        MeanEstimate mean = MeanEstimate.of(gained, 0.95);

        assertThat(mean.mean()).isCloseTo(1.58, within(NEAR));
        assertThat(mean.interval().low()).isCloseTo(0.7001142, within(1e-6));
        assertThat(mean.interval().high()).isCloseTo(2.4598858, within(1e-6));
    }

    @Test
    void oneItemHasNoIntervalAndEqualOnesHaveOneOfNoWidth() {
        assertThat(MeanEstimate.of(new double[]{3}, 0.95).interval()).isNull();
        assertThat(MeanEstimate.of(new double[]{3, 3, 3}, 0.95).interval()).isEqualTo(new MeanEstimate.Interval(3, 3, 0.95));
        assertThat(MeanEstimate.of(new double[]{1e15, 1e15 + 2, 1e15 + 4}, 0.95).standardError()).isCloseTo(2 / Math.sqrt(3), within(NEAR));
    }

    @Test
    void regressionsComeFirstAndTheWorstOfThem() {
        List<ItemValues> before = List.of(item("a", 1, 1.0, 1.0), item("b", 2, 1.0, 1.0), item("c", 2, 0.5, 0.5), item("d", 0, 0.0), item("gone", 1, 1.0));
        List<ItemValues> after = List.of(item("a", 2, 0.9, 0.9), item("b", 0, 0.0, 0.5), item("c", 0, 0.4, 0.4), item("d", 1, 1.0), item("new", 1, 1.0));

        RunComparison comparison = RunComparison.of(before, after, Direction.HIGHER_IS_BETTER, 0.95).orElseThrow();

        assertThat(comparison.items()).extracting(change -> change.item() + " " + change.kind().key())
                .containsExactly("b regressed", "c regressed", "a worse", "gone missing", "new added", "d better");
        assertThat(RunComparison.of(before, after, Direction.LOWER_IS_BETTER, 0.95).orElseThrow().counts()).containsEntry(Kind.BETTER, 1)
                .containsEntry(Kind.REGRESSED, 2);
        assertThat(RunComparison.of(List.of(), after, Direction.HIGHER_IS_BETTER, 0.95)).isEmpty();
    }

    private static ItemValues item(String id, int passes, Double... values) {
        return new ItemValues(id, List.of(values), passes, List.of());
    }

    /** The same by definition and in decimals: two passes over exact numbers, nothing shared with what is tested. */
    private record SlowComparison(TreeMap<Kind, Integer> counts, TreeSet<String> items, List<BigDecimal> differences) {

        SlowComparison(List<ItemValues> baseline, List<ItemValues> candidate, Direction direction) {
            this(new TreeMap<>(), new TreeSet<>(), new ArrayList<>());
            baseline.forEach(item -> items.add(item.item()));
            candidate.forEach(item -> items.add(item.item()));
            for (String id : items) {
                ItemValues before = baseline.stream().filter(item -> item.item().equals(id)).findFirst().orElse(null);
                ItemValues after = candidate.stream().filter(item -> item.item().equals(id)).findFirst().orElse(null);
                counts.merge(before == null ? Kind.ADDED : after == null ? Kind.MISSING : kind(before, after, direction), 1, Integer::sum);
                if (before != null && after != null) {
                    differences.add(mean(after).subtract(mean(before)));
                }
            }
        }

        private static Kind kind(ItemValues before, ItemValues after, Direction direction) {
            boolean says = before.passes() >= 0 && after.passes() >= 0;
            if (says && before.passes() > before.values().size() / 2.0 && after.passes() <= after.values().size() / 2.0) {
                return Kind.REGRESSED;
            }
            double better = mean(after).subtract(mean(before)).doubleValue() * (direction == Direction.HIGHER_IS_BETTER ? 1 : -1);
            return Math.abs(better) < 1e-12 ? Kind.UNCHANGED : better > 0 ? Kind.BETTER : says ? Kind.WORSE : Kind.REGRESSED;
        }

        private static BigDecimal mean(ItemValues item) {
            BigDecimal sum = item.values().stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
            return sum.divide(BigDecimal.valueOf(item.values().size()), MathContext.DECIMAL128);
        }

        double mean() {
            return differences.stream().reduce(BigDecimal.ZERO, BigDecimal::add)
                    .divide(BigDecimal.valueOf(differences.size()), MathContext.DECIMAL128).doubleValue();
        }

        double standardError() {
            int n = differences.size();
            if (n < 2) {
                return 0;
            }
            BigDecimal mean = differences.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
            BigDecimal squares = differences.stream().map(one -> one.subtract(mean).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
            return Math.sqrt(squares.doubleValue() / (n - 1) / n);
        }
    }
}
