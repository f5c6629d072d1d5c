package io.zeroui.runtime.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one line of a stream.
 *
 * @param line number of the line, 1-based
 * @param status the HTTP status that the line would have had by itself
 * @param receiptId id of the receipt, as far as it was read
 * @param duplicate true where the same bytes were stored before; else absent
 * @param uniqueness {@code deferred} where it is still open whether another receipt has the id; else absent
 * @param error why the line was not taken; absent where it was
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkResult(long line, int status, @Nullable String receiptId, @Nullable Boolean duplicate,
        @Nullable String uniqueness, @Nullable BulkError error) {

    /**
     * Why a line was not taken.
     *
     * @param code what clients branch on
     * @param reason the exact reason
     * @param message the reason in words
     * @param path JSON Pointer to the offending value
     * @param retryable whether the same line may be taken later
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BulkError(ErrorCode code, @Nullable String reason, String message, @Nullable String path,
            boolean retryable) {
    }

    static BulkResult of(long line, SubmitOutcome<?> outcome) {
        if (outcome instanceof SubmitOutcome.Stored<?> stored) {
            return new BulkResult(line, stored.status(), stored.id().value(), stored.duplicate() ? Boolean.TRUE : null,
                    stored.deferred() ? "deferred" : null, null);
        }
        if (outcome instanceof SubmitOutcome.Refused<?> refused) {
            return refused(line, refused.id(), refused.refusal());
        }
        SubmitOutcome.Unavailable<?> unavailable = (SubmitOutcome.Unavailable<?>) outcome;
        return unavailable(line, unavailable.id(), unavailable.detail());
    }

    static BulkResult refused(long line, @Nullable ReceiptId id, Refusal refusal) {
        ErrorCode code = refusal.reason().errorCode();
        return new BulkResult(line, refusal.reason().httpStatus(), id == null ? null : id.value(), null, null,
                new BulkError(code, refusal.reason().name(), refusal.detail(), refusal.path(), code.retryable()));
    }

    static BulkResult unavailable(long line, @Nullable ReceiptId id, String detail) {
        ErrorCode code = ErrorCode.DEPENDENCY_UNAVAILABLE;
        return new BulkResult(line, code.status(), id == null ? null : id.value(), null, null,
                new BulkError(code, null, detail, null, true));
    }
}
