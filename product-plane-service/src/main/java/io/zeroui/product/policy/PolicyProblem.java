package io.zeroui.product.policy;

import io.zeroui.contracts.policy.InvalidPolicy;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyRefusal;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.policy.registry.RegistryUnavailable;
import io.zeroui.product.policy.templates.ContentSchemas;
import io.zeroui.runtime.problems.ProblemException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Refusals and failures as answers; {@code error.details.reason} is stable. */
public final class PolicyProblem {

    private static final int CONFLICT = 409;

    private PolicyProblem() {
    }

    /** 404 for a version that is not there, 409 for every other act that is not allowed. */
    public static ProblemException of(PolicyActRefused refused) {
        Map<String, Object> details = Map.of("reason", refused.reason().name());
        return refused.reason() == PolicyRefusal.NO_SUCH_VERSION
                ? new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_NOT_FOUND.status(), refused.reason().text(), details)
                : new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, refused.reason().text(), details);
    }

    /** 400 with the path of what must not be there. */
    public static ProblemException of(InvalidPolicy invalid) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), invalid.detail(),
                Map.of("reason", invalid.reason().name(), "path", invalid.path()));
    }

    /** 400 with the faults that the schema finds. */
    static ProblemException of(String type, List<ContentSchemas.Fault> faults) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                "The content is not what the schema of the type " + type + " wants: " + faults.get(0).path() + " " + faults.get(0).rule(),
                Map.of("reason", "SCHEMA", "faults",
                        faults.stream().map(fault -> Map.of("path", fault.path(), "rule", fault.rule())).toList()));
    }

    /** 400 that names the member. */
    public static ProblemException invalid(String member, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), member + " " + rule,
                Map.of("member", member));
    }

    /** 404. */
    public static ProblemException missing(String what) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such " + what);
    }

    /** 503 for files that cannot be read or written; everything else as it is. */
    static Throwable translated(Throwable failure) {
        if (failure instanceof RegistryUnavailable) {
            return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, String.valueOf(failure.getMessage()));
        }
        return failure instanceof UncheckedIOException
                ? new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Templates cannot be read or written now")
                : failure;
    }
}
