package io.zeroui.product.vectors.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Condition.All;
import io.zeroui.product.vectors.filter.Condition.HasId;
import io.zeroui.product.vectors.filter.Condition.MatchAny;
import io.zeroui.product.vectors.filter.Condition.MatchText;
import io.zeroui.product.vectors.filter.Condition.Range;
import io.zeroui.product.vectors.filter.Condition.TimeRange;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.PointId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conditions by which the points that a filter means can be looked up, instead of looking at all. Each names every point that the filter
 * means, and others, which the filter itself then leaves out.
 */
final class Leads {

    private static final int MOST = 8;

    private final List<PayloadIndex> indexes;

    private Leads(List<PayloadIndex> indexes) {
        this.indexes = indexes;
    }

    /** One of them: the text of a query of ids. */
    interface Lead {
        /** A query with the one column {@code point_id}, which may have an id more than once. */
        String select(SqlText sql);
    }

    /** Those that a filter has; empty where all points must be looked at. */
    static List<Lead> of(Filter filter, List<PayloadIndex> indexes) {
        List<Lead> leads = new ArrayList<>();
        new Leads(indexes).collect(filter, leads);
        return leads.size() <= MOST ? leads : leads.subList(0, MOST);
    }

    private void collect(Filter filter, List<Lead> leads) {
        for (Condition condition : filter.must()) {
            if (condition instanceof All all) {
                collect(all.filter(), leads);
            } else if (condition instanceof MatchText match && match.all() && !match.words().isEmpty()) {
                index(match.key(), type -> type == FieldType.TEXT)
                        .ifPresent(index -> match.words().forEach(word -> leads.add(words(index, List.of(word)))));
            } else {
                lead(condition).ifPresent(leads::add);
            }
        }
    }

    private Optional<Lead> lead(Condition condition) {
        if (condition instanceof HasId has) {
            return Optional.of(sql -> "SELECT unnest(" + sql.bind(has.ids().stream().map(PointId::key).toArray(String[]::new), "text[]")
                    + ") AS point_id");
        } else if (condition instanceof MatchAny match) {
            return matchAny(match);
        } else if (condition instanceof Range range) {
            return index(range.key(), type -> type == FieldType.INTEGER || type == FieldType.FLOAT).map(index -> numbers(index,
                    low(first(range.gte(), range.gt())), high(first(range.lte(), range.lt()))));
        } else if (condition instanceof TimeRange range) {
            return index(range.key(), type -> type == FieldType.DATETIME).map(index -> numbers(index,
                    low(micros(first(range.gte(), range.gt()))), high(micros(first(range.lte(), range.lt())))));
        }
        return Optional.empty();
    }

    private Optional<Lead> matchAny(MatchAny match) {
        return index(match.key(), type -> type != FieldType.TEXT && type != FieldType.DATETIME
                && match.values().stream().allMatch(value -> PayloadKeys.word(type, value).isPresent()
                        || PayloadKeys.number(type, value).isPresent()))
                .map(index -> index.type() == FieldType.INTEGER || index.type() == FieldType.FLOAT ? equal(index, match.values())
                        : words(index, match.values().stream().flatMap(value -> PayloadKeys.word(index.type(), value).stream()).toList()));
    }

    private static Lead words(PayloadIndex index, List<String> words) {
        String[] looked = words.stream().map(PayloadKeys::cut).toArray(String[]::new);
        return sql -> from(sql, index) + " AND word = ANY (" + sql.bind(looked, "text[]") + ")";
    }

    private static Lead equal(PayloadIndex index, List<JsonNode> values) {
        Double[] numbers = values.stream().map(value -> value.doubleValue() + 0.0).toArray(Double[]::new);
        return sql -> from(sql, index) + " AND number = ANY (" + sql.bind(numbers, "float8[]") + ")";
    }

    private static Lead numbers(PayloadIndex index, double low, double high) {
        return sql -> from(sql, index) + " AND number >= " + sql.bind(low, "float8") + " AND number <= " + sql.bind(high, "float8");
    }

    private static String from(SqlText sql, PayloadIndex index) {
        return "SELECT point_id FROM app.vector_payload_values WHERE index_id = " + sql.bind(index.id(), "int8");
    }

    /** A float8 that is no higher: numbers are in the index as near as one is. */
    private static double low(@Nullable BigDecimal bound) {
        return bound == null ? Double.NEGATIVE_INFINITY : Math.nextDown(bound.doubleValue());
    }

    private static double high(@Nullable BigDecimal bound) {
        return bound == null ? Double.POSITIVE_INFINITY : Math.nextUp(bound.doubleValue());
    }

    private static @Nullable BigDecimal micros(@Nullable Instant time) {
        return time == null ? null : BigDecimal.valueOf(FilterSql.micros(time));
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    private Optional<PayloadIndex> index(KeyPath path, Predicate<FieldType> fits) {
        return indexes.stream()
                .filter(index -> index.isReady() && index.path().equals(path) && fits.test(index.type())).findFirst();
    }
}
