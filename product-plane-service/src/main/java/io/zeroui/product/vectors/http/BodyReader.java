package io.zeroui.product.vectors.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.model.VectorProblem;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads a body. Numbers in it are exact, as payloads keep what was written, but for the components of vectors: they are many, will be float4 in any
 * case, and go into an array at once.
 */
final class BodyReader {

    /** How deep objects and lists may be in each other. */
    static final int DEPTH_MOST = 100;
    private static final int NUMBER_MOST = 400;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MOST).maxNumberLength(NUMBER_MOST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final String VECTOR = "vector";
    /** What is in these is the caller's; a member that is called vector is nothing to us there. */
    private static final Set<String> FOREIGN = Set.of("payload", "filter");
    private static final int USUAL_DIMENSION = 1_024;

    private final JsonParser parser;

    private BodyReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The value; a vector in it is a POJO node with a {@code float[]}.
     *
     * @throws IOException where the bytes are not one JSON value in UTF-8
     */
    static JsonNode read(byte[] bytes) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return NODES.missingNode();
            }
            JsonNode value = new BodyReader(parser).value(first, true);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows the value");
            }
            return value;
        }
    }

    private JsonNode value(JsonToken token, boolean isOurs) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(isOurs);
            case START_ARRAY -> list(isOurs);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new StreamReadException(parser, "a value is missing");
        };
    }

    private JsonNode whole() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private ObjectNode object(boolean isOurs) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            object.set(name, isOurs && name.equals(VECTOR) && token == JsonToken.START_ARRAY ? NODES.pojoNode(components())
                    : value(token, isOurs && !FOREIGN.contains(name)));
        }
        return object;
    }

    private ArrayNode list(boolean isOurs) throws IOException {
        ArrayNode list = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(token, isOurs));
        }
        return list;
    }

    /** Numbers that no float holds are infinite: whoever takes the vector refuses them. */
    private float[] components() throws IOException {
        float[] components = new float[USUAL_DIMENSION];
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (!token.isNumeric()) {
                throw VectorProblem.invalid(VECTOR, "must be a list of numbers");
            }
            if (count == components.length) {
                components = Arrays.copyOf(components, 2 * count);
            }
            components[count++] = parser.getFloatValue();
        }
        return Arrays.copyOf(components, count);
    }
}
