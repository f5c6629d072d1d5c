package io.zeroui.product.vectors.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.json.BodyReader;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.VectorProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request. A member that is unknown or of another type is refused by its name, with status 400. */
final class VectorBody {

    private static final int DEPTH_MOST = 100;
    private static final BodyReader JSON = new BodyReader(DEPTH_MOST, Set.of("vector"));

    private final ObjectNode object;

    private VectorBody(ObjectNode object) {
        this.object = object;
    }

    /** The body, which has no members but these. */
    static VectorBody parse(byte @Nullable [] bytes, String... members) {
        return of(read(bytes), members);
    }

    /** An object within a body, which has no members but these. */
    static VectorBody of(JsonNode node, String... members) {
        if (!(node instanceof ObjectNode object)) {
            throw VectorProblem.invalid("body", "and what is in its lists must be JSON objects");
        }
        Set<String> known = new TreeSet<>(List.of(members));
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw VectorProblem.unknown(name, known);
            }
        });
        return new VectorBody(object);
    }

    private static JsonNode read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.read(bytes);
        } catch (JsonProcessingException e) {
            throw VectorProblem.invalid("body", "must be JSON, without duplicate members, at most " + DEPTH_MOST + " deep: "
                    + e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("[^ -~]", "?"));
        } catch (IOException e) {
            throw VectorProblem.invalid("body", "must be JSON in UTF-8");
        }
    }

    /** A member as it is; null where it is not there. */
    @Nullable
    JsonNode find(String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? null : value;
    }

    /** A list of objects and values; empty where it is not there. */
    List<JsonNode> list(String member) {
        JsonNode list = find(member);
        if (list == null) {
            return List.of();
        }
        if (!list.isArray()) {
            throw VectorProblem.invalid(member, "must be a list");
        }
        List<JsonNode> values = new ArrayList<>(list.size());
        list.forEach(values::add);
        return values;
    }

    /** An object; empty where it is not there. */
    ObjectNode object(String member) {
        JsonNode value = find(member);
        if (value == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!(value instanceof ObjectNode given)) {
            throw VectorProblem.invalid(member, "must be an object");
        }
        return given;
    }

    /** A text that must be there. */
    String text(String member) {
        JsonNode value = find(member);
        if (value == null || !value.isTextual() || value.textValue().length() > 4_096) {
            throw VectorProblem.invalid(member, "is required: a text of at most 4096 characters");
        }
        return value.textValue();
    }

    /** A whole number. */
    int whole(String member, int usual) {
        JsonNode value = find(member);
        if (value == null) {
            return usual;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw VectorProblem.invalid(member, "must be a whole number");
        }
        return value.intValue();
    }

    /** True or false; false where it is not there. */
    boolean truth(String member) {
        JsonNode value = find(member);
        if (value != null && !value.isBoolean()) {
            throw VectorProblem.invalid(member, "must be true or false");
        }
        return value != null && value.booleanValue();
    }

    /** A number; null where it is not there. */
    @Nullable
    Double number(String member) {
        JsonNode value = find(member);
        if (value != null && !value.isNumber()) {
            throw VectorProblem.invalid(member, "must be a number");
        }
        return value == null ? null : Double.valueOf(value.doubleValue());
    }

    /** The components of a vector that must be there. */
    float[] vector(String member) {
        return vector(member, find(member));
    }

    /** The same of a value that is at hand. */
    static float[] vector(String member, @Nullable JsonNode value) {
        float[] read = value == null ? null : BodyReader.vector(value);
        if (read != null && read.length > 0) {
            return read;
        }
        if (value == null || !value.isArray() || value.isEmpty()) {
            throw VectorProblem.invalid(member, "is required: a list of numbers");
        }
        float[] vector = new float[value.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!value.get(i).isNumber()) {
                throw VectorProblem.invalid(member, "must be a list of numbers");
            }
            vector[i] = value.get(i).floatValue();
        }
        return vector;
    }

    /** Ids of points; empty where there are none. */
    List<PointId> ids(String member) {
        return list(member).stream().map(PointId::of).toList();
    }
}
