package io.zeroui.product.vectors.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.model.PointId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition on a point. Where the value is an array, it is enough that one of its elements meets it. */
public sealed interface Condition {

    /** The value equals one of these: texts, numbers, truths. */
    record MatchAny(KeyPath key, List<JsonNode> values) implements Condition {
        public MatchAny {
            values = List.copyOf(values);
        }
    }

    /** There is a value, not null, that equals none of these. */
    record MatchExcept(KeyPath key, List<JsonNode> values) implements Condition {
        public MatchExcept {
            values = List.copyOf(values);
        }
    }

    /**
     * A text has these words.
     *
     * @param words in lower case
     * @param all whether it must have all of them, or one is enough
     */
    record MatchText(KeyPath key, Set<String> words, boolean all) implements Condition {
        public MatchText {
            words = Set.copyOf(words);
        }
    }

    /** A number is within bounds, each of which may be missing. */
    record Range(KeyPath key, @Nullable BigDecimal gt, @Nullable BigDecimal gte, @Nullable BigDecimal lt, @Nullable BigDecimal lte)
            implements Condition {
    }

    /** A time as RFC 3339 writes it is within bounds, each of which may be missing; microseconds count. */
    record TimeRange(KeyPath key, @Nullable Instant gt, @Nullable Instant gte, @Nullable Instant lt, @Nullable Instant lte)
            implements Condition {
    }

    /** How many values there are: elements of an array, 1 for another value, 0 for null and for none. */
    record ValuesCount(KeyPath key, @Nullable Integer gt, @Nullable Integer gte, @Nullable Integer lt, @Nullable Integer lte)
            implements Condition {
    }

    /** There is no value, or null, or an empty array. */
    record IsEmpty(KeyPath key) implements Condition {
    }

    /** There is a value, which is null. */
    record IsNull(KeyPath key) implements Condition {
    }

    /** The point's id is one of these. */
    record HasId(Set<PointId> ids) implements Condition {
        public HasId {
            ids = Set.copyOf(ids);
        }
    }

    /** One object at the path, or one in an array there, meets the whole filter by itself. */
    record Nested(KeyPath key, Filter filter) implements Condition {
    }

    /** A filter within a filter. */
    record All(Filter filter) implements Condition {
    }
}
