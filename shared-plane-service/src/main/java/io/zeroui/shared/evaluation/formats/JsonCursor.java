package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.Score;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through JSON and holds one value at a time. What nobody looks at is skipped without being kept, so memory is bounded by the limits whatever
 * the file is.
 */
final class JsonCursor {

    private static final int MEMBERS_MOST = 10_000;
    private static final int NAME_MOST = 50_000;
    private static final int TAGS_MOST = 50;
    private static final int TAG_MOST = 100;
    private static final int NUMBER_MOST = 1_000;

    private final JsonParser parser;
    private final ResultLimits limits;

    JsonCursor(InputStream in, ResultLimits limits) throws IOException {
        this.limits = limits;
        // names are neither kept in a table nor made the JVM's: a file may have as many as it likes
        JsonFactory json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(limits.bytes()).maxNestingDepth(limits.depth())
                        .maxStringLength(limits.text()).maxNameLength(NAME_MOST).maxNumberLength(NUMBER_MOST).build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
        this.parser = json.createParser(in);
    }

    ResultLimits limits() {
        return limits;
    }

    /** What is done with a member; a value that it leaves alone is skipped. */
    @FunctionalInterface
    interface Member {
        void at(String name) throws IOException, InvalidResults;
    }

    /** What is done with an element. */
    @FunctionalInterface
    interface Element {
        void at() throws IOException, InvalidResults;
    }

    /** The next value outside of all others; false at the end. */
    boolean next() throws IOException, InvalidResults {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isList() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Visits the members of an object; of anything else none. */
    void members(Member visitor) throws IOException, InvalidResults {
        if (!isObject()) {
            skip();
            return;
        }
        Set<String> seen = new HashSet<>();
        try {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (!seen.add(name)) {
                    throw wrong("two members have one name");
                }
                if (seen.size() > MEMBERS_MOST) {
                    throw wrong("an object has more than " + MEMBERS_MOST + " members");
                }
                parser.nextToken();
                visitor.at(name);
                skip();
            }
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw wrong("the file ends within an object");
        }
    }

    /** Visits the elements of a list; of anything else none. */
    void elements(Element visitor) throws IOException, InvalidResults {
        if (!isList()) {
            skip();
            return;
        }
        try {
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == null) {
                    throw wrong("the file ends within a list");
                }
                visitor.at();
                skip();
            }
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    private void skip() throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
            parser.skipChildren();
        }
    }

    /** A text, or a number or truth as a text; empty for anything else. */
    String text() throws IOException, InvalidResults {
        try {
            JsonToken token = parser.currentToken();
            return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : "";
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    /** The beginning of a text. */
    String text(int most) throws IOException, InvalidResults {
        String text = text();
        return text.length() <= most ? text : text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** A finite number, or a truth as 1 or 0; null for anything else. */
    @Nullable
    Double number() throws IOException, InvalidResults {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Double.isFinite(parser.getDoubleValue()) ? parser.getDoubleValue() : null;
                case VALUE_TRUE -> 1.0;
                case VALUE_FALSE -> 0.0;
                default -> null;
            };
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    /** A truth; null for anything else. */
    @Nullable
    Boolean truth() {
        return parser.currentToken() == JsonToken.VALUE_TRUE ? Boolean.TRUE : parser.currentToken() == JsonToken.VALUE_FALSE ? Boolean.FALSE : null;
    }

    /** A whole number of at least {@code least}; the other one for anything else. */
    int whole(int least, int otherwise) throws IOException, InvalidResults {
        try {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT
                    && parser.getIntValue() >= least ? parser.getIntValue() : otherwise;
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    /** SHA-256 of a value: of a text its UTF-8, of anything else its tokens as JSON without blanks, members in the file's order. */
    @Nullable
    Hash hash() throws IOException, InvalidResults {
        if (isNull()) {
            return null;
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Hash.of(text().getBytes(StandardCharsets.UTF_8));
        }
        try (HashedJson hashed = new HashedJson()) {
            hashed.copy(parser);
            return hashed.hash();
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    /** Tags: a list of texts, or one. */
    List<String> tags() throws IOException, InvalidResults {
        List<String> tags = new ArrayList<>();
        if (isList()) {
            elements(() -> tag(tags));
        } else {
            tag(tags);
        }
        return tags;
    }

    private void tag(List<String> tags) throws IOException, InvalidResults {
        String tag = text();
        if (tag.isBlank() || tags.contains(tag)) {
            return;
        }
        if (tag.length() > TAG_MOST || tags.size() == TAGS_MOST) {
            throw wrong("an item has at most " + TAGS_MOST + " tags of " + TAG_MOST + " characters");
        }
        tags.add(tag);
    }

    /** Adds a score under a name that is still free. */
    void add(List<Score> scores, String name, double value, @Nullable Boolean passed, String reason) throws InvalidResults {
        if (name.isBlank() || name.length() > Score.NAME_MOST) {
            throw wrong("the name of a score has 1 to " + Score.NAME_MOST + " characters");
        }
        if (scores.size() == limits.scores()) {
            throw wrong("a result has at most " + limits.scores() + " scores");
        }
        if (scores.stream().noneMatch(score -> score.name().equals(name))) {
            scores.add(new Score(name, value, passed, reason));
        }
    }

    /** The id of an item, if it can be one. */
    String item(String text) throws InvalidResults {
        if (text.isBlank() || text.length() > ItemResult.ITEM_MOST) {
            throw wrong("the id of an item has 1 to " + ItemResult.ITEM_MOST + " characters");
        }
        return text;
    }

    /** A refusal of what stands here. */
    InvalidResults wrong(String what) {
        return new InvalidResults(place(), what);
    }

    private String place() {
        return "line " + parser.currentLocation().getLineNr() + ", " + parser.getParsingContext().pathAsPointer();
    }

    private InvalidResults broken(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        boolean isLimit = message.contains("exceeds the maximum");
        return new InvalidResults(place(), isLimit ? "the file goes beyond a limit: " + message : "this is not JSON");
    }
}
