package io.zeroui.contracts.rulings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a gate of the evaluation says about something that wants to go on.
 *
 * @param gate which gate
 * @param subjectKind what kind of thing
 * @param subjectId which one, for example {@code acme/chat} of a model or {@code licences} of a policy
 * @param subjectVersion its version
 * @param verdict whether it may go on
 * @param run the run that was judged
 * @param reasons why, in words; at most 20 of 500 characters
 * @param decidedAt since when this is said
 * @param expiresAt from when it is not said any more; null for never
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GateVerdict(@JsonProperty(required = true) String gate, @JsonProperty(required = true) SubjectKind subjectKind,
        @JsonProperty(required = true) String subjectId, @JsonProperty(required = true) String subjectVersion,
        @JsonProperty(required = true) Verdict verdict, @JsonProperty(required = true) String run,
        @JsonProperty(required = true) List<String> reasons, @JsonProperty(required = true) Instant decidedAt, @Nullable Instant expiresAt) {

    private static final int MAX_TEXT = 300;
    private static final int MAX_REASON = 500;
    private static final int MAX_REASONS = 20;

    /** What is judged. */
    public enum SubjectKind {
        MODEL,
        POLICY,
        PROMPT,
        AGENT;

        /** The name in documents, for example {@code policy}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a gate can say. */
    public enum Verdict {
        PASS,
        FAIL;

        /** The name in documents, for example {@code pass}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public GateVerdict {
        requireText(gate);
        requireText(subjectId);
        requireText(subjectVersion);
        requireText(run);
        if (subjectKind == null || verdict == null || decidedAt == null || reasons == null || reasons.size() > MAX_REASONS) {
            throw new IllegalArgumentException("a verdict without subject, outcome or time, or with too many reasons");
        }
        reasons = List.copyOf(reasons);
        if (reasons.stream().anyMatch(reason -> reason.length() > MAX_REASON)) {
            throw new IllegalArgumentException("a reason of a verdict has at most " + MAX_REASON + " characters");
        }
    }

    /** Whether it still counts. */
    public boolean counts(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    private static void requireText(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("gate, subject, version and run of a verdict have 1 to " + MAX_TEXT + " characters");
        }
    }
}
