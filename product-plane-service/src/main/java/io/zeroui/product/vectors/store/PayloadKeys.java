package io.zeroui.product.vectors.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.filter.PayloadValues;
import io.zeroui.product.vectors.model.FieldType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What payload indexes have of a payload. */
final class PayloadKeys {

    private static final int WORD_MOST = 200;

    private PayloadKeys() {
    }

    /**
     * A row of {@code app.vector_payload_values} without its point.
     *
     * @param word null where there is a number
     * @param number null where there is a word
     */
    record Key(long index, @Nullable String word, @Nullable Double number) {
    }

    /** The keys of a payload in all indexes, each once. */
    static Set<Key> of(JsonNode payload, List<PayloadIndex> indexes) {
        Set<Key> keys = new LinkedHashSet<>();
        for (PayloadIndex index : indexes) {
            for (JsonNode value : PayloadValues.elements(payload, index.path())) {
                if (index.type() == FieldType.TEXT) {
                    if (value.isTextual()) {
                        PayloadValues.words(value.textValue()).forEach(word -> keys.add(new Key(index.id(), cut(word), null)));
                    }
                } else {
                    word(index.type(), value).ifPresent(word -> keys.add(new Key(index.id(), word, null)));
                    number(index.type(), value).ifPresent(number -> keys.add(new Key(index.id(), null, number)));
                }
            }
        }
        return keys;
    }

    /** How an index of words has a value; empty where it does not have it. */
    static Optional<String> word(FieldType type, JsonNode value) {
        return switch (type) {
            case KEYWORD, UUID -> value.isTextual() ? Optional.of(cut(value.textValue())) : Optional.empty();
            case BOOL -> value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** How an index of numbers has a value; empty where it does not have it. Whole numbers and others are both in both. */
    static Optional<Double> number(FieldType type, JsonNode value) {
        return switch (type) {
            case INTEGER, FLOAT -> value.isNumber() ? Optional.of(value.doubleValue() + 0.0) : Optional.empty();
            case DATETIME -> value.isTextual() ? PayloadValues.time(value.textValue()).map(time -> (double) FilterSql.micros(time))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The beginning of a long one. */
    static String cut(String word) {
        return word.codePointCount(0, word.length()) <= WORD_MOST ? word : word.substring(0, word.offsetByCodePoints(0, WORD_MOST));
    }
}
