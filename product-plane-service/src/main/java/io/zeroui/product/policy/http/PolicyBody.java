package io.zeroui.product.policy.http;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.release.InvalidPlan;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.policy.PolicyProblem;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that something is asked for with. A member that is unknown or of another type is refused by its name. Refusals are
 * {@link ProblemException}s with status 400.
 */
final class PolicyBody {

    private static final int TOO_LARGE = 413;
    /** White space and what stands beside the content. */
    private static final int BYTES_MOST = 2 * PolicySnapshotCodec.LIMITS.maxBytes();
    private static final ObjectReader JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

    private final ObjectNode object;

    private PolicyBody(ObjectNode object) {
        this.object = object;
    }

    /** The body, which has no members but these; one that is not there is an empty object. */
    static PolicyBody parse(byte @Nullable [] bytes, String... members) {
        PolicyBody body = new PolicyBody(object(bytes));
        Set<String> known = new TreeSet<>(List.of(members));
        body.object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body may have the members " + String.join(", ", known));
            }
        });
        return body;
    }

    /** The body as it is. */
    static ObjectNode object(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return (ObjectNode) JSON.createObjectNode();
        }
        if (bytes.length > BYTES_MOST) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, "A body has at most " + BYTES_MOST + " bytes", Map.of());
        }
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode found) {
                return found;
            }
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON in UTF-8, or has a member twice");
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
    }

    /** Why; empty where nothing is said. */
    String reason() {
        String reason = find("reason", text -> text);
        String fault = PolicyAct.faultOfReason(reason == null ? "" : reason);
        if (fault != null) {
            throw PolicyProblem.invalid("reason", fault);
        }
        return reason == null ? "" : reason.strip();
    }

    /** Why, where it must be said. */
    String requiredReason() {
        String reason = reason();
        if (reason.isEmpty()) {
            throw PolicyProblem.invalid("reason", "is required: it says why, for ever");
        }
        return reason;
    }

    /** A text that must be there. */
    <T> T get(String member, Function<String, T> parser) {
        T found = find(member, parser);
        if (found == null) {
            throw PolicyProblem.invalid(member, "is required");
        }
        return found;
    }

    /** A text; null where it is not there. */
    <T> @Nullable T find(String member, Function<String, T> parser) {
        JsonNode value = value(member);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw PolicyProblem.invalid(member, "must be a string");
        }
        try {
            return parser.apply(value.textValue());
        } catch (DateTimeException e) {
            throw PolicyProblem.invalid(member, "must be a time of RFC 3339 in UTC, as in 2026-01-31T12:00:00Z");
        } catch (IllegalArgumentException e) {
            throw PolicyProblem.invalid(member, "is not valid: " + e.getMessage());
        }
    }

    /** A time; null where it is not there. */
    @Nullable
    Instant time(String member) {
        return find(member, Instant::parse);
    }

    /** An object; null where it is not there. */
    @Nullable
    ObjectNode object(String member) {
        JsonNode value = value(member);
        if (value != null && !(value instanceof ObjectNode)) {
            throw PolicyProblem.invalid(member, "must be an object");
        }
        return (ObjectNode) value;
    }

    /** The members {@code gate}, {@code steps} and {@code evaluation}; null where none is there. */
    @Nullable
    RolloutPlan plan() {
        try {
            return RolloutPlan.read(object);
        } catch (InvalidPlan e) {
            throw PolicyProblem.invalid(e.member(), e.rule());
        }
    }

    /** Whether the member is there, be it null. */
    boolean has(String member) {
        return object.has(member);
    }

    private @Nullable JsonNode value(String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? null : value;
    }
}
