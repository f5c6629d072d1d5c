package io.zeroui.product.vectors.filter;

import java.util.List;

/**
 * Which points are meant: those that meet all of {@code must}, none of {@code mustNot}, one of {@code should} unless that is empty, and as
 * many of {@code minShould} as it says.
 *
 * @param minShould conditions of which some must be met; empty for none
 * @param minCount how many of those
 */
public record Filter(List<Condition> must, List<Condition> should, List<Condition> mustNot, List<Condition> minShould, int minCount) {

    /** Every point. */
    public static final Filter EVERY = new Filter(List.of(), List.of(), List.of(), List.of(), 0);

    public Filter {
        must = List.copyOf(must);
        should = List.copyOf(should);
        mustNot = List.copyOf(mustNot);
        minShould = List.copyOf(minShould);
    }

    /** What meets all of these. */
    public static Filter must(Condition... conditions) {
        return new Filter(List.of(conditions), List.of(), List.of(), List.of(), 0);
    }

    /** What meets none of these. */
    public static Filter mustNot(Condition... conditions) {
        return new Filter(List.of(), List.of(), List.of(conditions), List.of(), 0);
    }

    /** What meets both. */
    public Filter and(Filter other) {
        return equals(EVERY) ? other : other.equals(EVERY) ? this : must(new Condition.All(this), new Condition.All(other));
    }
}
