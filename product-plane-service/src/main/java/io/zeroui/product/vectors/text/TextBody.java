package io.zeroui.product.vectors.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.product.vectors.filter.PayloadValues;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of a request. A member that is unknown, twice there or of another type is refused by its name. Refusals are
 * {@link ProblemException}s with status 400.
 */
public final class TextBody {

    private static final ObjectReader JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

    private final JsonNode object;

    private TextBody(JsonNode object) {
        this.object = object;
    }

    /** The body, which has no members but these. */
    public static TextBody parse(byte @Nullable [] bytes, String... members) {
        JsonNode object = read(bytes);
        requireMembers(object, members);
        return new TextBody(object);
    }

    private static JsonNode read(byte @Nullable [] bytes) {
        try {
            JsonNode node = bytes == null || bytes.length == 0 ? null : JSON.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw invalid("body", "is not JSON, or has a member twice");
        } catch (IOException e) {
            throw invalid("body", "is not JSON in UTF-8");
        }
        throw invalid("body", "must be a JSON object");
    }

    static void requireMembers(JsonNode object, String... members) {
        Set<String> known = new LinkedHashSet<>(List.of(members));
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw VectorProblem.unknown(name, known);
            }
        });
    }

    /** A member; null where it is missing or null. */
    public @Nullable JsonNode find(String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? null : value;
    }

    /** A text; null where it is not there. */
    public @Nullable String text(String member, int most) {
        JsonNode value = find(member);
        return value == null ? null : checked(value, member, most);
    }

    /** A text that must be there. */
    public String required(String member, int most) {
        JsonNode value = find(member);
        if (value == null) {
            throw invalid(member, "is required");
        }
        return checked(value, member, most);
    }

    private static String checked(JsonNode value, String member, int most) {
        if (!value.isTextual() || value.textValue().isBlank() || value.textValue().length() > most || value.textValue().indexOf('\0') >= 0) {
            throw invalid(member, "must be a string of 1 to " + most + " characters, without U+0000");
        }
        return new String(value.textValue().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); // without halves of surrogate pairs
    }

    /** Texts, each once; empty where they are not there. */
    List<String> texts(String member, int count, int most) {
        JsonNode value = find(member);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > count) {
            throw invalid(member, "must be an array of at most " + count + " strings");
        }
        Set<String> texts = new LinkedHashSet<>();
        value.forEach(text -> texts.add(checked(text, member, most)));
        return List.copyOf(texts);
    }

    /** A time; null where it is not there. */
    @Nullable
    Instant time(String member) {
        String text = text(member, 64);
        return text == null ? null : PayloadValues.time(text).orElseThrow(() -> invalid(member, "must be a time of RFC 3339"));
    }

    /** An object; an empty one where it is not there. */
    JsonNode object(String member) {
        JsonNode value = find(member);
        if (value != null && !value.isObject()) {
            throw invalid(member, "must be an object");
        }
        return value == null ? JsonNodeFactory.instance.objectNode() : value;
    }

    /** A truth; false where it is not there. */
    public boolean truth(String member) {
        JsonNode value = find(member);
        if (value != null && !value.isBoolean()) {
            throw invalid(member, "must be true or false");
        }
        return value != null && value.booleanValue();
    }

    /** A whole number. */
    public int number(String member, int otherwise) {
        return whole(object.path(member), member, otherwise);
    }

    static int whole(JsonNode value, String member, int otherwise) {
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw invalid(member, "must be a whole number");
        }
        return value.intValue();
    }

    static ProblemException invalid(String member, String rule) {
        return VectorProblem.invalid(member, rule);
    }
}
