package io.zeroui.contracts.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads members of JSON objects and refuses, with one reason, what has another form. In the JSON of protocol buffers
 * a member that is null is one that is absent, and a 64-bit integer is a text.
 *
 * @param malformed the reason of what is refused
 */
public record Members(Reason malformed) {

    /** Bytes that an attestation, a bundle or a trust root may have. */
    public static final int BYTES_MOST = 8 << 20;

    /** Depth 48, texts of the whole length, 100,000 members. */
    private static final JsonLimits LIMITS = new JsonLimits(BYTES_MOST, 48, BYTES_MOST, 40, 100_000);

    /**
     * The object that is the document.
     *
     * @throws AttestationRefused as malformed JSON, too large or too deep
     */
    public static ObjectNode document(byte[] bytes) throws AttestationRefused {
        try {
            return StrictJson.parseDocument(bytes, LIMITS);
        } catch (InvalidJson e) {
            Reason reason = switch (e.reason()) {
                case TOO_LARGE -> Reason.TOO_LARGE;
                case TOO_DEEP -> Reason.TOO_DEEP;
                default -> Reason.MALFORMED_JSON;
            };
            throw new AttestationRefused(reason, e.detail());
        }
    }

    /** Whether the member is there and not null. */
    public static boolean has(JsonNode object, String name) {
        return object.hasNonNull(name);
    }

    /** A text that is not empty. */
    public String text(JsonNode object, String name) throws AttestationRefused {
        JsonNode value = object.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw refused(name + " is missing or no text");
        }
        return value.textValue();
    }

    /** A text, or nothing when the member is absent. */
    public @Nullable String optionalText(JsonNode object, String name) throws AttestationRefused {
        if (!has(object, name)) {
            return null;
        }
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw refused(name + " is no text");
        }
        return value.textValue();
    }

    /** An object. */
    public JsonNode object(JsonNode object, String name) throws AttestationRefused {
        JsonNode value = object.path(name);
        if (!value.isObject()) {
            throw refused(name + " is missing or no object");
        }
        return value;
    }

    /** The elements of an array, none when it is absent, at most so many. */
    public List<JsonNode> array(JsonNode object, String name, int most) throws AttestationRefused {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw refused(name + " is no array");
        }
        if (value.size() > most) {
            throw new AttestationRefused(Reason.TOO_LARGE, name + " has " + value.size() + " elements, at most " + most + " are read");
        }
        List<JsonNode> elements = new ArrayList<>(value.size());
        value.forEach(elements::add);
        return elements;
    }

    /** An integer that is not negative, as a number or as a text; 0 when it is absent. */
    public long integer(JsonNode object, String name) throws AttestationRefused {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
            return value.longValue();
        }
        String digits = value.isTextual() ? value.textValue() : "";
        if (digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9') || digits.isEmpty()) {
            throw refused(name + " is no integer from 0");
        }
        return Long.parseLong(digits);
    }

    /** A time of RFC 3339, or nothing when it is absent. */
    public @Nullable Instant time(JsonNode object, String name) throws AttestationRefused {
        String text = optionalText(object, name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw refused(name + " is no time");
        }
    }

    /**
     * The bytes of a member in base64, of which there is at least one.
     *
     * @throws AttestationRefused when it is missing, or, as invalid base64, is no base64 or was cut off
     */
    public byte[] base64(JsonNode object, String name) throws AttestationRefused {
        return base64(text(object, name), name);
    }

    /** The bytes of a text in standard or URL-safe base64; padding is asked for when there would be some. */
    public static byte[] base64(String text, String name) throws AttestationRefused {
        try {
            boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
            byte[] bytes = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
            Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
            if (encoder.encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new AttestationRefused(Reason.INVALID_BASE64, name + " is not base64: " + e.getMessage());
        }
        throw new AttestationRefused(Reason.INVALID_BASE64, name + " is base64 that was cut off or altered");
    }

    /** What is thrown of something malformed. */
    public AttestationRefused refused(String detail) {
        return new AttestationRefused(malformed, detail);
    }
}
