package io.zeroui.tenant.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.context.ContextKind;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What shall be exported, as it came: nothing of it is kept or logged before it is redacted.
 *
 * @param exportId as the caller wants it, so that he may ask twice; null for a new one
 * @param kind what it is
 * @param title what it is about
 * @param content the text
 * @param tags words to find it by
 */
record ExportRequest(@Nullable UUID exportId, ContextKind kind, String title, String content, List<String> tags) {

    /** Most bytes of a body. */
    static final int BYTES_MOST = 2 << 20;
    private static final int TOO_LARGE = 413;
    private static final Set<String> MEMBERS = Set.of("export_id", "kind", "title", "content", "tags");
    private static final ObjectReader JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

    /**
     * Reads a body.
     *
     * @throws ProblemException 400 that names the member which is wrong, 413 for a body that is too long
     */
    static ExportRequest parse(byte @Nullable [] body) {
        JsonNode object = object(body);
        object.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body may have the members export_id, kind, title, content and tags");
            }
        });
        return new ExportRequest(id(object), kind(object), text(object, "title", ContextChanged.TITLE_MOST),
                text(object, "content", ContextChanged.CONTENT_MOST), tags(object));
    }

    private static JsonNode object(byte @Nullable [] body) {
        if (body != null && body.length > BYTES_MOST) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, "The body has more than " + BYTES_MOST + " bytes",
                    Map.of("max_bytes", BYTES_MOST));
        }
        try {
            JsonNode node = body == null ? null : JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON, or has a member twice");
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON in UTF-8");
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
    }

    private static @Nullable UUID id(JsonNode object) {
        JsonNode value = object.path("export_id");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return id(value.asText(), "export_id");
    }

    /** An export's id. */
    static UUID id(String text, String member) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(member, "must be a UUID in lower case");
        }
        throw invalid(member, "must be a UUID in lower case");
    }

    private static ContextKind kind(JsonNode object) {
        String text = object.path("kind").asText();
        return ContextKind.keys().contains(text) ? ContextKind.ofKey(text) : fail("kind", "must be one of " + String.join(", ", ContextKind.keys()));
    }

    private static String text(JsonNode object, String member, int most) {
        JsonNode value = object.path(member);
        return value.isTextual() ? checked(value.textValue(), member, most) : fail(member, "must be a string");
    }

    private static String checked(String text, String member, int most) {
        if (text.isBlank() || text.length() > most) {
            throw invalid(member, "must have 1 to " + most + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw invalid(member, "must not contain the character U+0000");
        }
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); // without halves of surrogate pairs
    }

    private static List<String> tags(JsonNode object) {
        JsonNode value = object.path("tags");
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.size() > ContextChanged.TAGS_MOST) {
            throw invalid("tags", "must be an array of at most " + ContextChanged.TAGS_MOST + " strings");
        }
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode tag : value) {
            tags.add(tag.isTextual() ? checked(tag.textValue(), "tags", ContextChanged.TAG_MOST) : fail("tags", "must be strings"));
        }
        return List.copyOf(tags);
    }

    private static <T> T fail(String member, String rule) {
        throw invalid(member, rule);
    }

    static ProblemException invalid(String member, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), member + " " + rule, Map.of("member", member));
    }
}
