package io.zeroui.tenant.evidence.requests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a question about the ledger is asked with. Every member may be missing or null; one that is unknown,
 * twice there or of another type is refused by its name. Refusals are {@link ProblemException}s with status 400 and quote
 * nothing that is not a plain name.
 */
public final class JsonBody {

    private static final int MAX_BYTES = 65_536;
    private static final int MAX_DEPTH = 4;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /** The body as an object that has none but these members. */
    public static JsonBody parse(byte @Nullable [] bytes, Set<String> known) {
        if (bytes == null || bytes.length > MAX_BYTES) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR,
                    "The body must be a JSON object of at most " + MAX_BYTES + " bytes");
        }
        JsonNode object = object(bytes);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid(name, "is not known here");
            }
        });
        return new JsonBody(object);
    }

    private static JsonNode object(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON, nests too deep or has a member twice"
                    + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON in UTF-8");
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
    }

    /** A refusal of a member. */
    public static ProblemException invalid(String member, String rule) {
        String name = PLAIN_NAME.matcher(member).matches() ? member : "(a member whose name is not plain)";
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), name + " " + rule,
                Map.of("member", name));
    }

    /** A member; null where it is missing or null. */
    public @Nullable JsonNode find(String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? null : value;
    }

    /** A member that must be a string. */
    public @Nullable String text(String member) {
        JsonNode value = find(member);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(member, "must be a string");
        }
        return value.textValue();
    }

    /** A member that must be an integer from 1 on. */
    public int number(String member, int most, int otherwise) {
        JsonNode value = find(member);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
            throw invalid(member, "must be an integer from 1 to " + most);
        }
        return value.intValue();
    }

    /** A member that must be a time. */
    public @Nullable Instant time(String member) {
        String text = text(member);
        if (text == null) {
            return null;
        }
        try {
            if (RFC_3339.matcher(text).matches()) {
                return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            throw notATime(member);
        }
        throw notATime(member);
    }

    private static ProblemException notATime(String member) {
        return invalid(member, "must be a time of RFC 3339, as in 2026-01-31T12:00:00Z");
    }
}
