package io.zeroui.shared.supplychain.sbom;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.problems.ProblemException;
import org.jboss.logging.Logger;

/** Failures that are not the document's. */
public final class SbomFailures {

    private static final Logger LOG = Logger.getLogger(SbomFailures.class);

    private SbomFailures() {
    }

    /** What a caller hears of one. */
    public static ProblemException of(Throwable failure) {
        if (DatabaseFailures.isUnavailable(failure)) {
            return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database does not answer");
        }
        LOG.error("a bill of materials could not be taken in", failure);
        return new ProblemException(ErrorCode.INTERNAL_ERROR, "The document could not be taken in; the service's log says why");
    }
}
