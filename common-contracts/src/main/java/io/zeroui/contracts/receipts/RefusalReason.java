package io.zeroui.contracts.receipts;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.signature.KeyObjection;

/** Why a receipt is refused. The names are stable: they are in quarantine files and in error bodies. */
public enum RefusalReason {
    NOT_JSON(ErrorCode.VALIDATION_ERROR, 400),
    TOO_LARGE(ErrorCode.VALIDATION_ERROR, 413),
    TOO_DEEP(ErrorCode.VALIDATION_ERROR, 400),
    DUPLICATE_MEMBER(ErrorCode.VALIDATION_ERROR, 400),
    BOM(ErrorCode.VALIDATION_ERROR, 400),
    NUL(ErrorCode.VALIDATION_ERROR, 400),
    CRLF(ErrorCode.VALIDATION_ERROR, 400),
    NOT_ONE_LINE(ErrorCode.VALIDATION_ERROR, 400),
    INVALID_UTF8(ErrorCode.VALIDATION_ERROR, 400),
    NOT_AN_OBJECT(ErrorCode.VALIDATION_ERROR, 400),
    MISSING_FIELD(ErrorCode.VALIDATION_ERROR, 400),
    WRONG_TYPE(ErrorCode.VALIDATION_ERROR, 400),
    INVALID_VALUE(ErrorCode.VALIDATION_ERROR, 400),
    UNSAFE_PATH(ErrorCode.VALIDATION_ERROR, 400),
    TIMESTAMP_IN_FUTURE(ErrorCode.VALIDATION_ERROR, 422),
    SIGNATURE_MALFORMED(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    SIGNATURE_INVALID(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    KID_UNKNOWN(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    KID_CONFLICT(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    KID_SWAPPED(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    KID_DOCUMENT_DAMAGED(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    KID_REVOKED(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    KID_NOT_YET_VALID(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    KID_EXPIRED(ErrorCode.SIGNATURE_VERIFICATION_FAILED, 422),
    CONTAINS_SOURCE_CODE(ErrorCode.VALIDATION_ERROR, 422),
    CONTAINS_SECRET(ErrorCode.VALIDATION_ERROR, 422),
    CONTAINS_PERSONAL_DATA(ErrorCode.VALIDATION_ERROR, 422),
    TENANT_ID_MISSING(ErrorCode.TENANT_ID_MISSING, 400),
    TENANT_MISMATCH(ErrorCode.FORBIDDEN, 403),
    TENANT_UNKNOWN(ErrorCode.FORBIDDEN, 403),
    TENANT_SUSPENDED(ErrorCode.FORBIDDEN, 403),
    TENANT_DELETED(ErrorCode.FORBIDDEN, 403),
    EDGE_NOT_ENROLLED(ErrorCode.FORBIDDEN, 403),
    CONFLICTING_DUPLICATE(ErrorCode.DUPLICATE_RECEIPT, 409),
    RETENTION_PASSED(ErrorCode.VALIDATION_ERROR, 422),
    TORN_LINE(ErrorCode.VALIDATION_ERROR, 400);

    private final ErrorCode errorCode;
    private final int httpStatus;

    RefusalReason(ErrorCode errorCode, int httpStatus) {
        this.errorCode = errorCode;
        this.httpStatus = httpStatus;
    }

    /** The refusal of a signature that is good, by a key that is not. */
    public static RefusalReason of(KeyObjection objection) {
        return switch (objection) {
            case SWAPPED -> KID_SWAPPED;
            case DOCUMENT_DAMAGED -> KID_DOCUMENT_DAMAGED;
            case REVOKED -> KID_REVOKED;
            case NOT_YET_VALID -> KID_NOT_YET_VALID;
            case EXPIRED -> KID_EXPIRED;
        };
    }

    /** The error code that a client sees. */
    public ErrorCode errorCode() {
        return errorCode;
    }

    /** The HTTP status that a client sees. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the receipt broke the metadata-only rule. */
    public boolean isMetadataOnlyRule() {
        return this == CONTAINS_SOURCE_CODE || this == CONTAINS_SECRET || this == CONTAINS_PERSONAL_DATA;
    }
}
