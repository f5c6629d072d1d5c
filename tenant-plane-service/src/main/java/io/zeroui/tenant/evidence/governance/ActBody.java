package io.zeroui.tenant.evidence.governance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that an act is asked for with. A member that is unknown or of another type is refused by its name: a filter that
 * is misspelt must not make a hold another one. Refusals are {@link ProblemException}s with status 400.
 */
public final class ActBody {

    private static final int MAX_BYTES = 65_536;
    private static final ObjectReader JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

    /** What every act is asked for with, in the words of the API's description. */
    public static final String WHY = "reason (required, 1 to 500 characters, no personal data: it stays for ever), case_id";

    private final JsonNode object;

    private ActBody(JsonNode object) {
        this.object = object;
    }

    /** The body, which has no members but these and {@code reason} and {@code case_id}. */
    public static ActBody parse(byte @Nullable [] bytes, String... members) {
        JsonNode object = object(bytes);
        Set<String> known = new LinkedHashSet<>(List.of(members));
        known.addAll(List.of("reason", "case_id"));
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body may have the members " + String.join(", ", known));
            }
        });
        return new ActBody(object);
    }

    private static JsonNode object(byte @Nullable [] bytes) {
        try {
            JsonNode node = bytes == null || bytes.length > MAX_BYTES ? null : JSON.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON, or has a member twice");
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON in UTF-8");
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object of at most " + MAX_BYTES + " bytes");
    }

    /** Who, and the members {@code reason}, which is required, and {@code case_id}. */
    public Why why(String by) {
        return why(by, text("reason"), text("case_id"));
    }

    /** The same from parameters of a request. */
    static Why why(String by, @Nullable String reason, @Nullable String caseId) {
        if (reason == null) {
            throw invalid("reason", "is required");
        }
        return Why.of(by, checked("reason", reason, Why.MAX_REASON),
                caseId == null ? "" : checked("case_id", caseId, Why.MAX_CASE));
    }

    /** A text for people; null where there is none. */
    @Nullable
    String text(String member) {
        JsonNode value = find(member);
        if (value != null && !value.isTextual()) {
            throw invalid(member, "must be a string");
        }
        return value == null ? null : value.textValue();
    }

    /** A number that must be there. */
    public int number(String member, int least, int most) {
        JsonNode value = find(member);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            throw invalid(member, "must be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** A text for people that must be there. */
    String name(String member) {
        String text = text(member);
        if (text == null) {
            throw invalid(member, "is required");
        }
        return checked(member, text, Why.MAX_CASE);
    }

    /** A member of another form; null where it is not there. */
    public <T> @Nullable T parsed(String member, Function<String, T> parser) {
        String text = text(member);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            throw invalid(member, "must be a time of RFC 3339 in UTC, as in 2026-01-31T12:00:00Z");
        } catch (IllegalArgumentException e) {
            throw invalid(member, "is not valid");
        }
    }

    /** A time; null where it is not there. */
    @Nullable
    Instant time(String member) {
        return parsed(member, Instant::parse);
    }

    /** Ids of receipts, each once; empty where they are not there. */
    List<ReceiptId> receiptIds(int most) {
        JsonNode value = find("receipt_ids");
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.isEmpty() || value.size() > most) {
            throw invalid("receipt_ids", "must be an array of 1 to " + most + " ids");
        }
        Set<ReceiptId> ids = new LinkedHashSet<>();
        for (JsonNode id : value) {
            ids.add(receiptId(id.asText()));
        }
        return new ArrayList<>(ids);
    }

    /** Whether the member is there, be it null. */
    boolean has(String member) {
        return object.has(member);
    }

    /** The id of a receipt. */
    static ReceiptId receiptId(String text) {
        try {
            return ReceiptId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    /** A refusal of a member. */
    static ProblemException invalid(String member, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), member + " " + rule,
                Map.of("member", member));
    }

    private static String checked(String member, String text, int most) {
        String fault = Why.fault(text, most);
        if (fault != null) {
            throw invalid(member, fault);
        }
        return text;
    }

    private @Nullable JsonNode find(String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? null : value;
    }
}
