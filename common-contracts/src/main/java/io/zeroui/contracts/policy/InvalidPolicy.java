package io.zeroui.contracts.policy;

/** A snapshot that is none, or that must not be one. Has no stack trace: it is an outcome. */
public final class InvalidPolicy extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String path;

    InvalidPolicy(Reason reason, String detail, String path) {
        super(detail, null, false, false);
        this.reason = reason;
        this.path = path;
    }

    /** What is wrong. */
    public enum Reason {
        MALFORMED,
        TOO_LARGE,
        TOO_DEEP,
        INVALID_MEMBER,
        OTHER_HASH,
        CONTAINS_SOURCE_CODE,
        CONTAINS_SECRET,
        CONTAINS_PERSONAL_DATA
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong, in words that do not quote it. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** JSON Pointer (RFC 6901) to it; empty for the whole document. */
    public String path() {
        return path;
    }
}
