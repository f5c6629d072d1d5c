package io.zeroui.product.vectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body. Numbers in it are exact, as payloads keep what was written, but for the components of vectors: they are many, will be float4 in any
 * case, and go into an array at once.
 */
public final class BodyReader {

    private static final int NUMBER_MOST = 400;
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    /** Lists of the body whose objects have vectors too; what is in payloads is the caller's, whatever it is called. */
    private static final Set<String> LISTS = Set.of("points", "searches");
    private static final int USUAL_DIMENSION = 1_024;

    private final JsonFactory json;
    private final Set<String> vectors;

    /**
     * A reader.
     *
     * @param depthMost how deep objects and lists may be in each other
     * @param vectors members of the body, and of the objects in its lists of points and searches, that are vectors where they are lists of numbers
     */
    public BodyReader(int depthMost, Set<String> vectors) {
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(depthMost).maxNumberLength(NUMBER_MOST).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
        this.vectors = Set.copyOf(vectors);
    }

    /** Where in the body a value stands. */
    private enum Place {
        BODY, LIST, ELSEWHERE
    }

    /**
     * The value, missing where there is none; a vector in it is a POJO node with a {@code float[]}, see {@link #vector}.
     *
     * @throws IOException where the bytes are not one JSON value in UTF-8
     */
    public JsonNode read(byte[] bytes) throws IOException {
        try (JsonParser parser = json.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return NODES.missingNode();
            }
            JsonNode value = value(parser, first, Place.BODY);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something follows the value");
            }
            return value;
        }
    }

    /** The components of a node that was read as a vector; null for any other. */
    public static float @Nullable [] vector(JsonNode node) {
        return node instanceof POJONode read && read.getPojo() instanceof float[] components ? components : null;
    }

    private JsonNode value(JsonParser parser, JsonToken token, Place place) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser, place);
            case START_ARRAY -> list(parser, place == Place.LIST ? Place.LIST : Place.ELSEWHERE);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "a value is missing");
        };
    }

    private static JsonNode whole(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private ObjectNode object(JsonParser parser, Place place) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (place != Place.ELSEWHERE && token == JsonToken.START_ARRAY && vectors.contains(name)) {
                object.set(name, components(parser));
            } else {
                object.set(name, value(parser, token, place == Place.BODY && LISTS.contains(name) && token == JsonToken.START_ARRAY ? Place.LIST
                        : Place.ELSEWHERE));
            }
        }
        return object;
    }

    private ArrayNode list(JsonParser parser, Place place) throws IOException {
        ArrayNode list = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token, token == JsonToken.START_OBJECT ? place : Place.ELSEWHERE));
        }
        return list;
    }

    /** Numbers that no float holds are infinite: whoever takes the vector refuses them. A list with anything else in it is a list. */
    private JsonNode components(JsonParser parser) throws IOException {
        float[] components = new float[USUAL_DIMENSION];
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (!token.isNumeric()) {
                return mixed(parser, token, Arrays.copyOf(components, count));
            }
            if (count == components.length) {
                components = Arrays.copyOf(components, 2 * count);
            }
            components[count++] = parser.getFloatValue();
        }
        return NODES.pojoNode(Arrays.copyOf(components, count));
    }

    private ArrayNode mixed(JsonParser parser, JsonToken first, float[] before) throws IOException {
        ArrayNode list = NODES.arrayNode();
        for (float component : before) {
            list.add(component);
        }
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token, Place.ELSEWHERE));
        }
        return list;
    }
}
