package io.zeroui.runtime.problems;

import io.zeroui.contracts.problems.ErrorCode;
import java.util.Map;

/** A request that is answered with a problem document. Not an error of ours unless its status is 5xx. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int status;
    private final transient Map<String, Object> details;

    /** A problem with the code's own HTTP status. */
    public ProblemException(ErrorCode code, String detail) {
        this(code, code.status(), detail, Map.of());
    }

    /** A problem with another status than the code's own, and members for {@code error.details}. */
    public ProblemException(ErrorCode code, int status, String detail, Map<String, Object> details) {
        super(detail, null, false, false);
        this.code = code;
        this.status = status;
        this.details = Map.copyOf(details);
    }

    /** What clients branch on. */
    public ErrorCode code() {
        return code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Members of {@code error.details}. */
    public Map<String, Object> details() {
        return details;
    }
}
