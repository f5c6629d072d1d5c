package io.zeroui.shared.evaluation.comparison;

import io.zeroui.shared.evaluation.comparison.ItemChange.Kind;
import io.zeroui.shared.evaluation.model.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two runs compared item by item by one grader. The difference of an item is that of its means over its epochs, and the mean difference is over the
 * items that both have, with Student's interval of paired differences: what makes an item hard is in both and falls out (E. Miller, "Adding Error
 * Bars to Evals", arXiv:2411.00640, section 4.2).
 *
 * @param difference candidate less baseline over the items that both have; null where they have none in common
 * @param baseline mean of all the baseline's items
 * @param candidate mean of all the candidate's items
 * @param counts how many items of each kind
 * @param items all, regressions first: by kind, then those with the larger change, then by id
 */
public record RunComparison(@Nullable MeanEstimate difference, MeanEstimate baseline, MeanEstimate candidate, Map<Kind, Integer> counts,
        List<ItemChange> items) {

    /** Differences below this are none: sums of floating-point numbers differ so far by the order of their parts. */
    private static final double SAME = 1e-12;

    /** Kind, then the worst or the best first, then the id: the same order whatever the order of the rows. */
    private static final Comparator<ItemChange> ORDER = Comparator.comparing(ItemChange::kind)
            .thenComparing(change -> -Math.abs(change.difference() == null ? 0 : change.difference())).thenComparing(ItemChange::item);

    /**
     * Compares.
     *
     * @param confidence of the intervals, between 0 and 1
     * @return nothing where one of the runs has no item
     */
    public static Optional<RunComparison> of(List<ItemValues> baseline, List<ItemValues> candidate, Direction direction, double confidence) {
        if (baseline.isEmpty() || candidate.isEmpty()) {
            return Optional.empty();
        }
        Map<String, ItemValues> left = new HashMap<>(2 * baseline.size());
        baseline.forEach(item -> left.put(item.item(), item));
        List<ItemChange> changes = new ArrayList<>(candidate.size());
        double[] differences = new double[candidate.size()];
        int pairs = 0;
        for (ItemValues after : candidate) {
            ItemValues before = left.remove(after.item());
            if (before == null) {
                changes.add(new ItemChange(after.item(), Kind.ADDED, null, after.mean(), null, List.of(0, after.values().size()), after.tags()));
            } else {
                ItemChange change = pair(before, after, direction);
                differences[pairs++] = after.mean() - before.mean();
                changes.add(change);
            }
        }
        left.values().forEach(before -> changes
                .add(new ItemChange(before.item(), Kind.MISSING, before.mean(), null, null, List.of(before.values().size(), 0), before.tags())));
        changes.sort(ORDER);
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        changes.forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
        return Optional.of(new RunComparison(pairs == 0 ? null : MeanEstimate.of(Arrays.copyOf(differences, pairs), confidence),
                mean(baseline, confidence), mean(candidate, confidence), counts, List.copyOf(changes)));
    }

    /** The mean of a run's items. */
    public static MeanEstimate mean(List<ItemValues> items, double confidence) {
        return MeanEstimate.of(items.stream().mapToDouble(ItemValues::mean).toArray(), confidence);
    }

    private static ItemChange pair(ItemValues before, ItemValues after, Direction direction) {
        double difference = after.mean() - before.mean();
        return new ItemChange(after.item(), kind(before, after, direction.sign() * difference), before.mean(), after.mean(), difference,
                List.of(before.values().size(), after.values().size()),
                tags(before, after));
    }

    /** Of both: a gate looks for a tag, and a run must not get rid of it by leaving it out. */
    private static List<String> tags(ItemValues before, ItemValues after) {
        return before.tags().equals(after.tags()) ? after.tags() : Stream.concat(after.tags().stream(), before.tags().stream()).distinct().toList();
    }

    private static Kind kind(ItemValues before, ItemValues after, double better) {
        boolean saysPassed = before.passes() >= 0 && after.passes() >= 0;
        if (saysPassed && before.isPassed() && !after.isPassed()) {
            return Kind.REGRESSED;
        }
        if (Math.abs(better) < SAME) {
            return Kind.UNCHANGED;
        }
        return better > 0 ? Kind.BETTER : saysPassed ? Kind.WORSE : Kind.REGRESSED;
    }
}
