package io.zeroui.contracts.json;

import java.io.IOException;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.zeroui.contracts.json.InvalidJson.Reason;

/**
 * Builds the tree of one document. Jackson's own reader would need a second structure to find duplicate members and a
 * second walk for the other rules.
 */
final class TreeReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private int membersLeft;

    TreeReader(JsonParser parser, JsonLimits limits) {
        this.parser = parser;
        this.membersLeft = limits.maxMembers();
    }

    /** The object whose start is the current token. The recursion is as deep as the parser's limit allows. */
    ObjectNode readObject() throws IOException, InvalidJson {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            countMember();
            JsonNode value = readValue(parser.nextToken());
            if (object.replace(requireText(name), value) != null) {
                throw new InvalidJson(Reason.DUPLICATE_MEMBER, "a member occurs twice: " + shorten(name));
            }
        }
        return object;
    }

    private ArrayNode readArray() throws IOException, InvalidJson {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            countMember();
            array.add(readValue(token));
        }
        return array;
    }

    private JsonNode readValue(JsonToken token) throws IOException, InvalidJson {
        return switch (token) {
            case START_OBJECT -> readObject();
            case START_ARRAY -> readArray();
            case VALUE_STRING -> NODES.textNode(requireText(parser.getText()));
            case VALUE_NUMBER_INT -> readInteger();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(requireFinite(parser.getDoubleValue()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new InvalidJson(Reason.NOT_JSON, "unexpected " + token);
        };
    }

    private JsonNode readInteger() throws IOException, InvalidJson {
        NumberType type = parser.getNumberType();
        if (type == NumberType.INT) {
            return NODES.numberNode(parser.getIntValue());
        }
        if (type == NumberType.LONG) {
            return NODES.numberNode(parser.getLongValue());
        }
        BigInteger value = parser.getBigIntegerValue();
        double unused = requireFinite(value.doubleValue());
        return NODES.numberNode(value);
    }

    @CanIgnoreReturnValue
    private static double requireFinite(double value) throws InvalidJson {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            throw new InvalidJson(Reason.NUMBER_OUT_OF_RANGE, "a number is too large for a double");
        }
        return value;
    }

    private void countMember() throws InvalidJson {
        if (--membersLeft < 0) {
            throw new InvalidJson(Reason.TOO_LARGE, "too many members and elements");
        }
    }

    /** Refuses what has no UTF-8 form, and the NUL that databases cannot store. */
    @CanIgnoreReturnValue
    private static String requireText(String text) throws InvalidJson {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidJson(Reason.NUL, "an escaped NUL in a string");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new InvalidJson(Reason.INVALID_UTF8, "an unpaired surrogate in a string");
                }
                i++;
            }
        }
        return text;
    }

    private static String shorten(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
