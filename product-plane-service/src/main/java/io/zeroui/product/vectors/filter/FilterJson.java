package io.zeroui.product.vectors.filter;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.problems.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a filter as Qdrant's REST interface writes it. Depth, conditions and values are bounded. */
public final class FilterJson {

    /** How deep filters may be in each other. */
    public static final int DEPTH_MOST = 16;
    /** How many conditions a filter may have, all in all. */
    public static final int CONDITIONS_MOST = 512;
    /** How many values and ids its conditions may name, all in all. */
    public static final int VALUES_MOST = 10_000;

    private static final Set<String> CLAUSES = Set.of("must", "should", "must_not", "min_should");
    private static final Set<String> BOUNDS = Set.of("gt", "gte", "lt", "lte");
    private static final int TEXT_MOST = 4_096;
    private static final int DIGITS_MOST = 400;

    private int conditions;
    private int values;

    private FilterJson() {
    }

    /** The filter; every point for null. 400 where it is not one, with what is wrong. */
    public static Filter read(@Nullable JsonNode json) {
        return json == null || json.isNull() || json.isMissingNode() ? Filter.EVERY : new FilterJson().filter(json, 1);
    }

    private Filter filter(JsonNode json, int depth) {
        if (depth > DEPTH_MOST) {
            throw wrong("must not be nested more than " + DEPTH_MOST + " deep");
        }
        members(json, CLAUSES);
        JsonNode minShould = json.path("min_should");
        List<Condition> some = List.of();
        int count = 0;
        if (minShould.isObject()) {
            members(minShould, Set.of("conditions", "min_count"));
            some = clause(minShould.path("conditions"), depth);
            count = whole(minShould.path("min_count"));
        } else if (!minShould.isMissingNode() && !minShould.isNull()) {
            throw wrong("min_should must have conditions and min_count");
        }
        return new Filter(clause(json.path("must"), depth), clause(json.path("should"), depth), clause(json.path("must_not"), depth), some,
                count);
    }

    /** A condition alone, or a list of them. */
    private List<Condition> clause(JsonNode json, int depth) {
        if (json.isMissingNode() || json.isNull()) {
            return List.of();
        }
        List<Condition> clause = new ArrayList<>();
        if (json.isObject()) {
            clause.add(condition(json, depth));
        } else if (json.isArray()) {
            json.forEach(one -> clause.add(condition(one, depth)));
        } else {
            throw wrong("clauses must be lists of conditions");
        }
        return clause;
    }

    private Condition condition(JsonNode json, int depth) {
        if (++conditions > CONDITIONS_MOST) {
            throw wrong("must have at most " + CONDITIONS_MOST + " conditions");
        }
        if (!json.isObject() || json.isEmpty()) {
            throw wrong("has a condition that is no object, or empty");
        }
        for (String clause : CLAUSES) {
            if (json.has(clause)) {
                return new All(filter(json, depth + 1));
            }
        }
        if (json.has("key")) {
            return onField(KeyPath.of(text(json.path("key"))), json);
        }
        if (json.size() != 1) {
            throw wrong("has a condition with members that do not belong together");
        }
        String kind = json.fieldNames().next();
        JsonNode of = json.path(kind);
        return switch (kind) {
            case "has_id" -> new HasId(ids(of));
            case "is_empty" -> new IsEmpty(KeyPath.of(text(of.path("key"))));
            case "is_null" -> new IsNull(KeyPath.of(text(of.path("key"))));
            case "nested" -> new Nested(KeyPath.of(text(of.path("key"))), filter(of.path("filter"), depth + 1));
            default -> throw wrong("has a condition of a kind that is not known");
        };
    }

    private Condition onField(KeyPath key, JsonNode json) {
        String kind = null;
        for (Iterator<String> names = json.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!name.equals("key") && !json.path(name).isNull()) {
                if (kind != null) {
                    throw wrong("has a condition with two kinds at once");
                }
                kind = name;
            }
        }
        JsonNode of = kind == null ? json.path("") : json.path(kind);
        return switch (String.valueOf(kind)) {
            case "match" -> match(key, of);
            case "range" -> range(key, of);
            case "datetime_range" -> times(key, of);
            case "values_count" -> new ValuesCount(key, countOf(of, "gt"), countOf(of, "gte"), countOf(of, "lt"), countOf(of, "lte"));
            case "is_empty" -> truth(of) ? new IsEmpty(key) : new All(Filter.mustNot(new IsEmpty(key)));
            case "is_null" -> truth(of) ? new IsNull(key) : new All(Filter.mustNot(new IsNull(key)));
            default -> throw wrong("has a condition on a field that is not known; known are match, range, datetime_range and values_count");
        };
    }

    private Condition match(KeyPath key, JsonNode match) {
        if (!match.isObject() || match.size() != 1) {
            throw wrong("match must have one of value, any, except, text and text_any");
        }
        String kind = match.fieldNames().next();
        JsonNode of = match.path(kind);
        return switch (kind) {
            case "value" -> new MatchAny(key, List.of(scalar(of)));
            case "any" -> new MatchAny(key, scalars(of));
            case "except" -> new MatchExcept(key, scalars(of));
            case "text" -> new MatchText(key, words(of), true);
            case "text_any" -> new MatchText(key, words(of), false);
            default -> throw wrong("match must have one of value, any, except, text and text_any");
        };
    }

    /** Numbers; or times, which Qdrant's clients also write here. */
    private static Condition range(KeyPath key, JsonNode range) {
        members(range, BOUNDS);
        for (JsonNode bound : range) {
            if (bound.isTextual()) {
                return times(key, range);
            }
        }
        return new Range(key, number(range.path("gt")), number(range.path("gte")), number(range.path("lt")), number(range.path("lte")));
    }

    private static Condition times(KeyPath key, JsonNode range) {
        members(range, BOUNDS);
        return new TimeRange(key, time(range.path("gt")), time(range.path("gte")), time(range.path("lt")), time(range.path("lte")));
    }

    private static void members(JsonNode json, Set<String> known) {
        if (!json.isObject()) {
            throw wrong("must be an object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw wrong("has a member that is not known where " + String.join(", ", known.stream().sorted().toList()) + " can be");
            }
        });
    }

    private Set<String> words(JsonNode text) {
        Set<String> words = PayloadValues.words(text(text));
        for (int i = 0; i < words.size(); i++) {
            count();
        }
        return words;
    }

    private List<JsonNode> scalars(JsonNode list) {
        if (!list.isArray()) {
            throw wrong("any and except must be lists");
        }
        List<JsonNode> scalars = new ArrayList<>();
        list.forEach(one -> scalars.add(scalar(one)));
        return scalars;
    }

    private JsonNode scalar(JsonNode value) {
        count();
        if (value.isTextual()) {
            text(value);
        } else if (value.isNumber()) {
            number(value);
        } else if (!value.isBoolean()) {
            throw wrong("matched values must be texts, numbers, true or false");
        }
        return value;
    }

    private Set<PointId> ids(JsonNode list) {
        if (!list.isArray()) {
            throw wrong("has_id must be a list");
        }
        Set<PointId> ids = new HashSet<>();
        for (JsonNode id : list) {
            count();
            ids.add(PointId.of(id));
        }
        return ids;
    }

    private void count() {
        if (++values > VALUES_MOST) {
            throw wrong("must name at most " + VALUES_MOST + " values");
        }
    }

    private static String text(JsonNode value) {
        if (!value.isTextual() || value.textValue().length() > TEXT_MOST || value.textValue().indexOf('\0') >= 0) {
            throw wrong("must have texts of at most " + TEXT_MOST + " characters, without NUL, where texts belong");
        }
        return value.textValue();
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
            throw wrong("bounds must be numbers");
        }
        BigDecimal number = value.decimalValue();
        if (number.precision() > DIGITS_MOST || Math.abs(number.scale()) > DIGITS_MOST) {
            throw wrong("numbers must have at most " + DIGITS_MOST + " digits");
        }
        return number;
    }

    private static @Nullable Instant time(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return PayloadValues.time(text(value)).orElseThrow(() -> wrong("times must be as RFC 3339 writes them"));
    }

    private static @Nullable Integer countOf(JsonNode counts, String bound) {
        members(counts, BOUNDS);
        JsonNode value = counts.path(bound);
        return value.isMissingNode() || value.isNull() ? null : Integer.valueOf(whole(value));
    }

    private static int whole(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw wrong("counts must be whole numbers from 0");
        }
        return value.intValue();
    }

    private static boolean truth(JsonNode value) {
        if (!value.isBoolean()) {
            throw wrong("is_empty and is_null must be true or false here");
        }
        return value.booleanValue();
    }

    private static ProblemException wrong(String rule) {
        return VectorProblem.invalid("filter", rule);
    }
}
