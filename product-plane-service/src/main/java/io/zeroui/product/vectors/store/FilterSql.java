package io.zeroui.product.vectors.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Condition.All;
import io.zeroui.product.vectors.filter.Condition.HasId;
import io.zeroui.product.vectors.filter.Condition.IsEmpty;
import io.zeroui.product.vectors.filter.Condition.IsNull;
import io.zeroui.product.vectors.filter.Condition.MatchAny;
import io.zeroui.product.vectors.filter.Condition.MatchExcept;
import io.zeroui.product.vectors.filter.Condition.MatchText;
import io.zeroui.product.vectors.filter.Condition.Nested;
import io.zeroui.product.vectors.filter.Condition.Range;
import io.zeroui.product.vectors.filter.Condition.TimeRange;
import io.zeroui.product.vectors.filter.Condition.ValuesCount;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.PointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A filter as a condition of SQL on rows that are called {@code p}; true or false, never null. */
final class FilterSql {

    private final SqlText sql;
    private int depth;

    private FilterSql(SqlText sql) {
        this.sql = sql;
    }

    /** The condition; its values become parameters. */
    static String of(Filter filter, SqlText sql) {
        return new FilterSql(sql).filter(filter, "p.payload");
    }

    /** Microseconds since 1970. */
    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    private String filter(Filter filter, String payload) {
        List<String> parts = new ArrayList<>(each(filter.must(), payload));
        if (!filter.should().isEmpty()) {
            parts.add("(" + String.join(" OR ", each(filter.should(), payload)) + ")");
        }
        each(filter.mustNot(), payload).forEach(part -> parts.add("NOT " + part));
        if (filter.minCount() > 0) {
            parts.add("(0" + each(filter.minShould(), payload).stream().map(part -> " + " + part + "::int").collect(Collectors.joining())
                    + ") >= " + sql.bind(filter.minCount(), "int"));
        }
        return parts.isEmpty() ? "(true)" : "(" + String.join(" AND ", parts) + ")";
    }

    private List<String> each(List<Condition> conditions, String payload) {
        return conditions.stream().map(condition -> "(" + condition(condition, payload) + ")").toList();
    }

    private String condition(Condition condition, String payload) {
        if (condition instanceof All all) {
            return filter(all.filter(), payload);
        } else if (condition instanceof HasId has) {
            return "p.point_id = ANY (" + sql.bind(has.ids().stream().map(PointId::key).toArray(String[]::new), "text[]") + ")";
        } else if (condition instanceof MatchAny match) {
            return matchAny(match, payload);
        } else if (condition instanceof MatchExcept match) {
            return elements(match.key(), payload, v -> v + " <> ALL (" + values(match.values()) + ") AND " + v + " <> 'null'");
        } else if (condition instanceof MatchText match) {
            String words = sql.bind(match.words().toArray(String[]::new), "text[]");
            return elements(match.key(), payload, v -> "app.vector_words(" + v + ") " + (match.all() ? "@>" : "&&") + " " + words);
        } else if (condition instanceof Range range) {
            return range(range, payload);
        } else if (condition instanceof TimeRange range) {
            return times(range, payload);
        } else if (condition instanceof ValuesCount count) {
            return count(count, payload);
        } else if (condition instanceof IsEmpty empty) {
            return "NOT " + exists(path(empty.key(), ""), payload, v -> v + " <> 'null' AND " + v + " <> '[]'");
        } else if (condition instanceof IsNull isNull) {
            return exists(path(isNull.key(), ""), payload, v -> v + " = 'null'");
        }
        return nested((Nested) condition, payload);
    }

    /** Of a member of the payload itself without a subquery: containment of a value is equality, or being an element. */
    private String matchAny(MatchAny match, String payload) {
        if (match.key().isTop()) {
            return "COALESCE((" + payload + " -> " + sql.bind(match.key().names().get(0), "text") + ") @> ANY (" + values(match.values())
                    + "), false)";
        }
        return elements(match.key(), payload, v -> v + " = ANY (" + values(match.values()) + ")");
    }

    private String range(Range range, String payload) {
        Map<String, Object> bounds = new LinkedHashMap<>();
        List<String> tests = new ArrayList<>(List.of("@.type() == \"number\""));
        bound(bounds, tests, "gt", ">", range.gt());
        bound(bounds, tests, "gte", ">=", range.gte());
        bound(bounds, tests, "lt", "<", range.lt());
        bound(bounds, tests, "lte", "<=", range.lte());
        String given = bounds.entrySet().stream().map(one -> "\"" + one.getKey() + "\":" + one.getValue()).collect(Collectors.joining(",", "{", "}"));
        return "COALESCE(jsonb_path_exists(" + payload + ", " + path(range.key(), "[*] ? (" + String.join(" && ", tests) + ")") + ", "
                + sql.once(given, "text", "jsonb") + "), false)";
    }

    private static void bound(Map<String, Object> bounds, List<String> tests, String name, String operator, @Nullable Object value) {
        if (value != null) {
            bounds.put(name, value);
            tests.add("@ " + operator + " $" + name);
        }
    }

    private String times(TimeRange range, String payload) {
        return elements(range.key(), payload, v -> {
            String time = "app.vector_time(" + v + ")";
            return time + " IS NOT NULL" + compare(time, " > ", range.gt()) + compare(time, " >= ", range.gte())
                    + compare(time, " < ", range.lt()) + compare(time, " <= ", range.lte());
        });
    }

    private String compare(String value, String operator, @Nullable Instant bound) {
        return bound == null ? "" : " AND " + value + operator + sql.bind(micros(bound), "int8");
    }

    private String count(ValuesCount count, String payload) {
        String counted = "(SELECT COALESCE(sum(CASE jsonb_typeof(v) WHEN 'array' THEN jsonb_array_length(v) WHEN 'null' THEN 0 ELSE 1 END), 0)"
                + " FROM jsonb_path_query(" + payload + ", " + path(count.key(), "") + ") AS v)";
        StringBuilder tests = new StringBuilder("true");
        counts(tests, counted, " > ", count.gt());
        counts(tests, counted, " >= ", count.gte());
        counts(tests, counted, " < ", count.lt());
        counts(tests, counted, " <= ", count.lte());
        return tests.toString();
    }

    private void counts(StringBuilder tests, String counted, String operator, @Nullable Integer bound) {
        if (bound != null) {
            tests.append(" AND ").append(counted).append(operator).append(sql.bind(bound, "int"));
        }
    }

    private String nested(Nested nested, String payload) {
        String inner = "n" + ++depth;
        return "EXISTS (SELECT FROM jsonb_path_query(" + payload + ", " + path(nested.key(), "[*]") + ") AS " + inner
                + " WHERE jsonb_typeof(" + inner + ") = 'object' AND " + filter(nested.filter(), inner) + ")";
    }

    private String elements(KeyPath key, String payload, Function<String, String> test) {
        return exists(path(key, "[*]"), payload, test);
    }

    private String exists(String path, String payload, Function<String, String> test) {
        String value = "v" + ++depth;
        return "EXISTS (SELECT FROM jsonb_path_query(" + payload + ", " + path + ") AS " + value + " WHERE " + test.apply(value) + ")";
    }

    private String path(KeyPath key, String more) {
        return sql.once(key.toJsonPath() + more, "text", "jsonpath");
    }

    private String values(Collection<JsonNode> values) {
        return sql.once(values.stream().map(JsonNode::toString).toArray(String[]::new), "text[]", "jsonb[]") + "::jsonb[]";
    }
}
