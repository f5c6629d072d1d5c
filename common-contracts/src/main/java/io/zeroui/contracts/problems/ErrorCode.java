package io.zeroui.contracts.problems;

import java.util.Locale;

/** The stable error codes that clients branch on. */
public enum ErrorCode {
    VALIDATION_ERROR(400, false, "The request is not valid"),
    SCHEMA_NOT_FOUND(404, false, "There is no such schema"),
    SIGNATURE_VERIFICATION_FAILED(422, false, "The signature could not be verified"),
    TENANT_ID_MISSING(400, false, "Nothing says which tenant this is for"),
    DUPLICATE_RECEIPT(409, false, "Another receipt has this id"),
    CHAIN_INTEGRITY_FAILED(409, false, "The hash chain is broken"),
    UNAUTHORIZED(401, false, "Credentials are missing or not valid"),
    FORBIDDEN(403, false, "This is not allowed"),
    RATE_LIMIT_EXCEEDED(429, true, "Too many requests"),
    RESOURCE_NOT_FOUND(404, false, "There is no such resource"),
    INTERNAL_ERROR(500, true, "Something went wrong on our side"),
    DEPENDENCY_UNAVAILABLE(503, true, "Something this service depends on is not available");

    private final int status;
    private final boolean retryable;
    private final String title;
    private final String type = "urn:zeroui:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');

    ErrorCode(int status, boolean retryable, String title) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /** The HTTP status that goes with the code unless something more exact is known. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** A short text for people, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The problem type of RFC 9457, {@code urn:zeroui:problem:{kebab-code}}. */
    public String type() {
        return type;
    }
}
