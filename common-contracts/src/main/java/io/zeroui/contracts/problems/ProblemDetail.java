package io.zeroui.contracts.problems;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.zeroui.contracts.access.CredentialText;

/**
 * An error body: the members of RFC 9457 and the {@code error} member that clients of the evidence API expect.
 *
 * @param type URI of the problem type, {@code urn:zeroui:problem:{kebab-code}}
 * @param title short text, the same for every occurrence of the type
 * @param status the HTTP status
 * @param detail what is wrong in this occurrence
 * @param instance path of the request, when known
 * @param error code, retry hint and request id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDetail(String type, String title, int status, String detail, @Nullable String instance,
        ErrorBody error) {

    /** The media type of the body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * The {@code error} member.
     *
     * @param code what clients branch on
     * @param message the same text as the problem's detail
     * @param details open attributes, for example {@code reason} and {@code path}
     * @param retryable whether the same request may succeed later
     * @param requestId the request as it is named in the service's log
     * @param timestamp when the error happened
     */
    public record ErrorBody(ErrorCode code, String message, Map<String, Object> details, boolean retryable,
            @JsonProperty("request_id") String requestId,
            Instant timestamp) {

        public ErrorBody {
            details = Map.copyOf(details);
        }
    }

    /** The problem with the code's own HTTP status. */
    public static ProblemDetail of(ErrorCode code, String detail, Map<String, Object> details,
            @Nullable String instance, String requestId, Instant timestamp) {
        return of(code, code.status(), detail, details, instance, requestId, timestamp);
    }

    /** The problem with a more exact HTTP status than the code's own. Credentials that the texts quote are taken out. */
    public static ProblemDetail of(ErrorCode code, int status, String detail, Map<String, Object> details,
            @Nullable String instance, String requestId, Instant timestamp) {
        String said = CredentialText.redacted(detail);
        return new ProblemDetail(code.type(), code.title(), status, said,
                instance == null ? null : CredentialText.redacted(instance),
                new ErrorBody(code, said, redacted(details), code.retryable(), requestId, timestamp));
    }

    private static Map<String, Object> redacted(Map<String, Object> details) {
        Map<String, Object> redacted = new HashMap<>(details);
        redacted.replaceAll((name, value) -> value instanceof String text ? CredentialText.redacted(text) : value);
        return redacted;
    }
}
