package io.zeroui.runtime.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.http.HttpServerRequest;
import io.zeroui.contracts.access.CredentialText;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.problems.ProblemDetail;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where failures become answers. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** A detail that says after how many seconds to try again. */
    private static final String RETRY_AFTER = "retry_after_seconds";

    private final ErrorForms forms;

    ProblemMappers(ErrorForms forms) {
        this.forms = forms;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem, HttpServerRequest request) {
        if (problem.status() >= 500) {
            LOG.warnf("%s %s answered %d: %s", request.method(), CredentialText.redacted(request.path()), problem.status(),
                    problem.getMessage());
        }
        return response(problem.code(), problem.status(), String.valueOf(problem.getMessage()), problem.details(),
                request);
    }

    /** What the framework itself refuses: unknown paths, methods, media types, unreadable parameters. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException refusal, HttpServerRequest request) {
        int status = refusal.getResponse().getStatus();
        if (status >= 500) {
            return failure(refusal, request);
        }
        ErrorCode code = switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.RESOURCE_NOT_FOUND;
            case 429 -> ErrorCode.RATE_LIMIT_EXCEEDED;
            default -> ErrorCode.VALIDATION_ERROR;
        };
        return response(code, status, explain(status, refusal, request), Map.of(), request);
    }

    /** More exact than the framework's own mapper, which answers without a problem document. */
    @ServerExceptionMapper
    public Response unfit(MismatchedInputException unreadable, HttpServerRequest request) {
        return unreadable(unreadable, request);
    }

    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException unreadable, HttpServerRequest request) {
        return response(ErrorCode.VALIDATION_ERROR, 400, unreadable.getOriginalMessage(), Map.of(), request);
    }

    @ServerExceptionMapper
    public Response failure(Throwable failure, HttpServerRequest request) {
        boolean isClients = failure instanceof IOException && (request.response().closed() || request.response().ended());
        LOG.logf(isClients ? Logger.Level.DEBUG : Logger.Level.ERROR, failure, "%s %s failed, request %s", request.method(),
                CredentialText.redacted(request.path()), RequestId.of(request));
        return response(ErrorCode.INTERNAL_ERROR, 500, "The request failed; the service's log has the cause under "
                + RequestId.of(request), Map.of(), request);
    }

    private static String explain(int status, WebApplicationException refusal, HttpServerRequest request) {
        return switch (status) {
            case 404 -> "There is nothing at " + request.path();
            case 405 -> "The method " + request.method() + " is not offered at " + request.path();
            case 413 -> "The body is too large";
            case 415 -> "The Content-Type " + request.getHeader("Content-Type") + " is not accepted here";
            case 406 -> "None of the offered media types is in Accept: " + request.getHeader("Accept");
            default -> message(refusal);
        };
    }

    private static String message(WebApplicationException refusal) {
        @Nullable
        Throwable cause = refusal.getCause();
        String text = cause != null && cause.getMessage() != null ? cause.getMessage() : refusal.getMessage();
        return String.valueOf(text);
    }

    private Response response(ErrorCode code, int status, String detail, Map<String, Object> details,
            HttpServerRequest request) {
        ProblemDetail body = ProblemDetail.of(code, status, detail, details, request.path(), RequestId.of(request),
                Instant.now());
        Response.ResponseBuilder response = Response.status(status).type(forms.mediaType(request.path()))
                .entity(forms.body(request.path(), body));
        Object wait = status == 503 ? "1" : details.get(RETRY_AFTER);
        if (wait != null) {
            response = response.header("Retry-After", wait);
        }
        return response.build();
    }
}
