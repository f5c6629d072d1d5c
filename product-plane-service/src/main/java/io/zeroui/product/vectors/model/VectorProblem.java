package io.zeroui.product.vectors.model;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.Collection;
import java.util.Map;

/** Refusals as answers; {@code error.details.member} names what is wrong. */
public final class VectorProblem {

    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int NAME_MOST = 64;

    private VectorProblem() {
    }

    /** 400 that names the member. */
    public static ProblemException invalid(String member, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), member + " " + rule, Map.of("member", member));
    }

    /** 400 that names a member which nobody knows, and those that are known. */
    public static ProblemException unknown(String name, Collection<String> known) {
        return invalid(name.length() <= NAME_MOST ? name : name.substring(0, NAME_MOST) + "…", "is unknown here; known are " + String.join(", ", known));
    }

    /** 404. */
    public static ProblemException missing(String what) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such " + what);
    }

    /** 409. */
    public static ProblemException conflict(String member, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, detail, Map.of("member", member));
    }

    /** 413. */
    public static ProblemException tooLarge(String member, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, member + " " + rule, Map.of("member", member));
    }

    /** 503. */
    public static ProblemException unavailable() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the product plane does not answer");
    }
}
