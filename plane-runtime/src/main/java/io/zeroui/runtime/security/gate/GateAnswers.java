package io.zeroui.runtime.security.gate;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.problems.ProblemAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Refusals before a resource is reached. One text for all credentials that are not good: the answer must tell nothing. */
@ApplicationScoped
public class GateAnswers {

    /** A body up to this size, in bytes, is read away so that the connection can go on. */
    private static final long SMALL_BODY_BYTES = 65_536;

    private static final String WANTED = "A valid API key or token is wanted: Authorization: Bearer zu_…";

    private final ErrorForms forms;

    GateAnswers(ErrorForms forms) {
        this.forms = forms;
    }

    /** 401. */
    void unauthorised(RoutingContext routing) {
        routing.response().putHeader("WWW-Authenticate", "Bearer realm=\"zeroui\"");
        refuse(routing, ErrorCode.UNAUTHORIZED, WANTED);
    }

    /** 503: whether the credential is good cannot be said. */
    void undecided(RoutingContext routing) {
        refuse(routing, ErrorCode.DEPENDENCY_UNAVAILABLE, "Credentials cannot be checked at the moment");
    }

    /** 403. */
    void forbidden(RoutingContext routing, String detail) {
        refuse(routing, ErrorCode.FORBIDDEN, detail);
    }

    private void refuse(RoutingContext routing, ErrorCode code, String detail) {
        HttpServerRequest request = routing.request();
        if (hasSmallBody(request)) {
            request.resume();
            request.response().end(ProblemAnswer.prepare(request, forms, code, code.status(), detail, Map.of()));
        } else {
            ProblemAnswer.close(request, forms, code, code.status(), detail, Map.of());
        }
    }

    private static boolean hasSmallBody(HttpServerRequest request) {
        if (request.headers().contains("Transfer-Encoding")) {
            return false;
        }
        String length = request.getHeader("Content-Length");
        try {
            return length == null || Long.parseLong(length) <= SMALL_BODY_BYTES;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
