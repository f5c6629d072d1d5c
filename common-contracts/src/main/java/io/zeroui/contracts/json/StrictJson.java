package io.zeroui.contracts.json;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.contracts.json.InvalidJson.Reason;

/** Reads one JSON object, within limits and without anything that readers could understand differently. */
public final class StrictJson {

    private static final ConcurrentHashMap<JsonLimits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private StrictJson() {
    }

    /**
     * The object that the bytes contain. Integers are kept exactly, other numbers as doubles.
     *
     * @throws InvalidJson when they are not exactly one JSON object (RFC 8259) in valid UTF-8 on one line within the
     *         limits: unique member names, no byte order mark, no NUL (not even escaped), no unpaired surrogate, no
     *         number that a double cannot hold
     */
    public static ObjectNode parseObject(byte[] bytes, JsonLimits limits) throws InvalidJson {
        return parse(LineBytes.decode(bytes, limits.maxBytes()), limits);
    }

    /**
     * The object that a document of one or more lines contains; all else as {@link #parseObject} has it.
     *
     * @throws InvalidJson as {@link #parseObject}, but not for line ends between the tokens
     */
    public static ObjectNode parseDocument(byte[] bytes, JsonLimits limits) throws InvalidJson {
        return parse(LineBytes.decode(bytes, limits.maxBytes(), false), limits);
    }

    /** From characters: Jackson's reader of bytes fails on escaped surrogate pairs in member names. */
    private static ObjectNode parse(char[] characters, JsonLimits limits) throws InvalidJson {
        try (JsonParser parser = factory(limits).createParser(characters)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidJson(Reason.NOT_JSON, "there is nothing but white space");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new InvalidJson(Reason.NOT_AN_OBJECT, "the document is not an object");
            }
            ObjectNode object = new TreeReader(parser, limits).readObject();
            requireEnd(parser);
            return object;
        } catch (StreamConstraintsException e) {
            boolean depth = String.valueOf(e.getOriginalMessage()).contains("nesting depth");
            throw new InvalidJson(depth ? Reason.TOO_DEEP : Reason.TOO_LARGE, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new InvalidJson(Reason.NOT_JSON, "not JSON at character " + e.getLocation().getCharOffset());
        } catch (IOException e) {
            throw new InvalidJson(Reason.NOT_JSON, "not JSON");
        }
    }

    private static void requireEnd(JsonParser parser) throws IOException, InvalidJson {
        boolean more;
        try {
            more = parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            more = true;
        }
        if (more) {
            throw new InvalidJson(Reason.TRAILING_TEXT, "there is text after the object");
        }
    }

    private static JsonFactory factory(JsonLimits limits) {
        JsonFactory known = FACTORIES.get(limits);
        return known != null ? known : FACTORIES.computeIfAbsent(limits, StrictJson::newFactory);
    }

    private static JsonFactory newFactory(JsonLimits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(limits.maxBytes())
                        .maxNestingDepth(limits.maxDepth())
                        .maxStringLength(limits.maxStringLength())
                        .maxNameLength(Math.min(limits.maxStringLength(), 1_024))
                        .maxNumberLength(limits.maxNumberLength())
                        .build())
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .build();
    }
}
