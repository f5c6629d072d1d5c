package io.zeroui.shared.evaluation;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.evaluation.formats.InvalidResults;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refusals of evaluations, and the checks that every request needs. */
public final class EvaluationProblem {

    private static final int CONFLICT = 409;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?");

    private EvaluationProblem() {
    }

    /** 400 for a member or parameter. */
    public static ProblemException invalid(String what, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), what + " " + rule, Map.of("parameter", what));
    }

    /** 400 for a document, with the place in it. */
    public static ProblemException refused(InvalidResults why) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                why.place().isEmpty() ? why.what() : why.place() + ": " + why.what(), Map.of("place", why.place()));
    }

    /** 404. */
    public static ProblemException missing(String what) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such " + what);
    }

    /** 409. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, detail, Map.of());
    }

    /** A name of a dataset, suite or gate, if it can be one; 400 otherwise. */
    public static String name(String what, @Nullable String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw invalid(what, "must be 1 to 100 of a-z, 0-9, '.', '_' and '-', first and last no sign");
        }
        return value;
    }

    /** A SHA-256 as {@code sha256:{hex}}; 400 where it is none. */
    public static String digest(String what, @Nullable String value) {
        try {
            if (value != null) {
                return Hash.parse(value).prefixed();
            }
        } catch (IllegalArgumentException e) {
            // the same answer as for none
        }
        throw invalid(what, "must be a SHA-256: 64 hex digits, with or without sha256: before them");
    }
}
