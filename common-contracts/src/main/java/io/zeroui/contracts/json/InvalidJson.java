package io.zeroui.contracts.json;

/** The bytes are not one JSON object within the limits. Has no stack trace: it is an outcome, thrown often. */
public final class InvalidJson extends Exception {

    private final Reason reason;

    InvalidJson(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong and where, in words. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The kinds of wrong. */
    public enum Reason {
        NOT_JSON,
        NOT_AN_OBJECT,
        TRAILING_TEXT,
        DUPLICATE_MEMBER,
        TOO_LARGE,
        TOO_DEEP,
        BOM,
        NUL,
        CARRIAGE_RETURN,
        LINE_FEED,
        INVALID_UTF8,
        NUMBER_OUT_OF_RANGE
    }
}
