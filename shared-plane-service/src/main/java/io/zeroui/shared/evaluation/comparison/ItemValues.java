package io.zeroui.shared.evaluation.comparison;

import java.util.List;

/**
 * What one grader gave one item in a run.
 *
 * @param item id of the item
 * @param values one of each epoch, finite, at least one
 * @param passes in how many epochs it passed; -1 where the grader does not say
 * @param tags the item's
 */
public record ItemValues(String item, List<Double> values, int passes, List<String> tags) {

    public ItemValues {
        values = List.copyOf(values);
        tags = List.copyOf(tags);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("an item has a value");
        }
    }

    /** Mean over the epochs. */
    public double mean() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.size();
    }

    /** Whether it passed in more than half of the epochs. */
    boolean isPassed() {
        return passes * 2 > values.size();
    }
}
