package io.zeroui.product.vectors.filter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.model.FieldType;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Payloads of every shape, and filters over them in the form that requests have. */
public final class RandomFilters {

    /** Indexes over the fields of the payloads. */
    public static final Map<String, FieldType> INDEXES = Map.of("color", FieldType.KEYWORD, "n", FieldType.INTEGER, "price", FieldType.FLOAT, "at",
            FieldType.DATETIME, "flag", FieldType.BOOL, "text", FieldType.TEXT, "a.b", FieldType.INTEGER, "items[].x", FieldType.KEYWORD);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> COLORS = List.of("red", "green", "blue", "Grün", "", "it's", "a\"b\\");
    private static final List<String> WORDS = List.of("Ledger", "receipt", "proof", "übung", "x1", "merkle", "tree");
    private static final List<String> TIMES = List.of("2026-01-16", "2026-01-16T00:00:00Z", "2026-01-16T10:00:00.123456789+02:00",
            "2026-02-30T00:00:00Z", "not a time", "2026-11-22 08:15:30", "1969-12-31T23:59:59.5Z");

    private final Random random;

    /** The same ones for the same seed. */
    public RandomFilters(Random random) {
        this.random = random;
    }

    /** A payload in which any field may be missing, null, a value, or an array. */
    public ObjectNode payload() {
        ObjectNode payload = JSON.objectNode();
        if (maybe(8)) {
            if (random.nextInt(4) == 0) {
                ArrayNode colors = payload.putArray("color");
                for (int i = random.nextInt(3); i > 0; i--) {
                    colors.add(pick(COLORS));
                }
            } else {
                payload.put("color", pick(COLORS));
            }
        }
        if (maybe(8)) {
            payload.put("n", random.nextInt(20));
        }
        if (maybe(7)) {
            payload.put("price", random.nextInt(400) / 4.0);
        }
        if (maybe(7)) {
            payload.put("at", pick(TIMES));
        }
        if (maybe(6)) {
            payload.put("flag", random.nextBoolean());
        }
        if (maybe(7)) {
            payload.put("text", pick(WORDS) + ", " + pick(WORDS) + "—" + pick(WORDS));
        }
        if (maybe(5)) {
            payload.putObject("a").put("b", random.nextInt(5));
        }
        if (maybe(5)) {
            ArrayNode items = payload.putArray("items");
            for (int i = random.nextInt(4); i > 0; i--) {
                ObjectNode item = items.addObject();
                item.put("x", pick(COLORS));
                item.put("y", random.nextInt(4));
            }
        }
        if (random.nextInt(10) == 0) {
            payload.putNull(pick(List.of("color", "n", "at", "text", "a")));
        }
        return payload;
    }

    /** A filter as a request writes it; nested up to a depth. */
    public ObjectNode filter(int depth) {
        ObjectNode filter = JSON.objectNode();
        for (String clause : List.of("must", "should", "must_not")) {
            if (random.nextInt(clause.equals("must") ? 2 : 4) == 0) {
                clause(filter.putArray(clause), depth, clause.equals("must") ? 2 : 3);
            }
        }
        if (random.nextInt(8) == 0) {
            ObjectNode minShould = filter.putObject("min_should");
            clause(minShould.putArray("conditions"), depth, 4);
            minShould.put("min_count", random.nextInt(3));
        }
        return filter;
    }

    private void clause(ArrayNode clause, int depth, int most) {
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            ObjectNode inner = depth > 0 && random.nextInt(4) == 0 ? filter(depth - 1) : condition();
            clause.add(inner.isEmpty() ? condition() : inner);
        }
    }

    private ObjectNode condition() {
        ObjectNode condition = JSON.objectNode();
        switch (random.nextInt(14)) {
            case 0 -> condition.put("key", "color").putObject("match").put("value", pick(COLORS));
            case 1 -> condition.put("key", "color").putObject("match").putArray("any").add(pick(COLORS)).add(pick(COLORS));
            case 2 -> condition.put("key", "color").putObject("match").putArray("except").add(pick(COLORS)).add(pick(COLORS));
            case 3 -> condition.put("key", "text").putObject("match").put("text", pick(WORDS) + " " + pick(WORDS));
            case 4 -> condition.put("key", "text").putObject("match").put("text_any", pick(WORDS) + "." + pick(WORDS));
            case 5 -> condition.put("key", "price").putObject("range").put("gte", random.nextInt(60)).put("lt", 40 + random.nextInt(60));
            case 6 -> condition.put("key", "at").putObject("range").put("gt", "2026-01-16").put("lte", "2026-01-16T08:00:00.123456Z");
            case 7 -> condition.put("key", "at").putObject("datetime_range").put("gte", "1970-01-01T00:00:00Z");
            case 8 -> condition.put("key", "items").putObject("values_count").put("gte", 1 + random.nextInt(3));
            case 9 -> condition.putObject("is_empty").put("key", pick(List.of("color", "items", "a", "a.b", "n")));
            case 10 -> condition.putObject("is_null").put("key", pick(List.of("color", "a", "n", "text")));
            case 11 -> {
                ObjectNode nested = condition.putObject("nested").put("key", "items");
                ArrayNode must = nested.putObject("filter").putArray("must");
                must.addObject().put("key", "x").putObject("match").put("value", pick(COLORS));
                must.addObject().put("key", "y").putObject("range").put("lte", random.nextInt(4));
            }
            case 12 -> condition.put("key", random.nextBoolean() ? "items[].x" : "color").putObject("match").put("value", pick(COLORS));
            default -> {
                if (random.nextBoolean()) {
                    condition.put("key", random.nextBoolean() ? "a.b" : "n").putObject("match").put("value", random.nextInt(6));
                } else {
                    condition.put("key", "flag").putObject("match").put("value", random.nextBoolean());
                }
            }
        }
        return condition;
    }

    private boolean maybe(int inTen) {
        return random.nextInt(10) < inTen;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
