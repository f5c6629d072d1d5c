package io.zeroui.shared.supplychain.sbom.model;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.Map;

/** Why a document or a question about it is refused. */
public enum SbomProblem {
    /** It is none of the formats. */
    FORMAT_UNKNOWN(400),
    /** It is one of them, in a version that is not read. */
    VERSION_UNKNOWN(400),
    /** It breaks the rules of its format. */
    MALFORMED(400),
    /** It declares a document type or entities. */
    ENTITIES_REFUSED(400),
    /** It is nested too deeply. */
    TOO_DEEP(400),
    /** It, or something in it, is too long, or there is too much of something. */
    TOO_LARGE(413),
    /** Two components have the same reference. */
    DUPLICATE_REF(400),
    /** A package URL is none. */
    WRONG_PURL(400),
    /** A parameter is wrong. */
    WRONG_PARAMETER(400),
    /** It is not there. */
    NOT_FOUND(404);

    private final int status;

    SbomProblem(int status) {
        this.status = status;
    }

    /** The refusal, for people and with the name of the rule for programs. */
    public ProblemException because(String detail) {
        ErrorCode code = this == NOT_FOUND ? ErrorCode.RESOURCE_NOT_FOUND : ErrorCode.VALIDATION_ERROR;
        return new ProblemException(code, status, detail, Map.of("reason", name()));
    }
}
