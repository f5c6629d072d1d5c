package io.zeroui.runtime.intake;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.problems.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outcomes that are no success, as problems. */
public final class ReceiptProblem {

    private ReceiptProblem() {
    }

    /** The line is refused. */
    public static ProblemException of(@Nullable ReceiptId id, Refusal refusal) {
        RefusalReason reason = refusal.reason();
        return new ProblemException(reason.errorCode(), reason.httpStatus(), refusal.detail(), details(id, refusal));
    }

    /** Nothing is promised about the receipt. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, detail);
    }

    /** The body is longer than a receipt may be. */
    public static ProblemException tooLarge(long maxBytes) {
        return of(null, Refusal.of(RefusalReason.TOO_LARGE, "a receipt has at most " + maxBytes + " bytes"));
    }

    private static Map<String, Object> details(@Nullable ReceiptId id, Refusal refusal) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("reason", refusal.reason().name());
        if (refusal.path() != null) {
            details.put("path", refusal.path());
        }
        if (id != null) {
            details.put("receipt_id", id.value());
        }
        return details;
    }
}
