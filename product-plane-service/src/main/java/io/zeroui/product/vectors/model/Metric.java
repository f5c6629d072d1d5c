package io.zeroui.product.vectors.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What nearness of two vectors is, and what a score says. */
public enum Metric {
    /** The score is the cosine of the angle, 1 for the same direction; higher is nearer. */
    COSINE(true),
    /** The score is the Euclidean distance; lower is nearer. */
    L2(false),
    /** The score is the inner product; higher is nearer. */
    INNER_PRODUCT(true),
    /** The score is the taxicab distance; lower is nearer. */
    L1(false);

    private final boolean higherIsNearer;

    Metric(boolean higherIsNearer) {
        this.higherIsNearer = higherIsNearer;
    }

    /** Whether the nearest point has the highest score. */
    public boolean higherIsNearer() {
        return higherIsNearer;
    }

    /** As it is written in requests and tables, for example {@code inner_product}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The metric of that key; 400 where there is none. */
    @JsonCreator
    public static Metric ofKey(String key) {
        for (Metric metric : values()) {
            if (metric.key().equals(key)) {
                return metric;
            }
        }
        throw VectorProblem.invalid("metric", "must be cosine, l2, inner_product or l1");
    }
}
