package io.zeroui.runtime.problems;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.problems.ProblemDetail;
import java.time.Instant;
import java.util.Map;

/** Refusals of requests that no resource has been reached by, on the event loop. */
public final class ProblemAnswer {

    private static final int UNAVAILABLE = 503;

    private ProblemAnswer() {
    }

    /** Sets status and headers, {@code Retry-After} with 503; returns the body to end with. */
    public static Buffer prepare(HttpServerRequest request, ErrorForms forms, ErrorCode code, int status, String detail,
            Map<String, Object> details) {
        String requestId = RequestId.of(request);
        request.response().setStatusCode(status).putHeader("Content-Type", forms.mediaType(request.path())).putHeader(RequestId.HEADER, requestId);
        if (status == UNAVAILABLE) {
            request.response().putHeader("Retry-After", "1");
        }
        return Buffer.buffer(forms.bytes(request.path(),
                ProblemDetail.of(code, status, detail, details, request.path(), requestId, Instant.now())));
    }

    /** Answers and closes the connection: of the body only a little more is read. On the request's event loop. */
    public static void close(HttpServerRequest request, ErrorForms forms, ErrorCode code, int status, String detail,
            Map<String, Object> details) {
        Buffer body = prepare(request, forms, code, status, detail, details);
        request.response().putHeader("Connection", "close").end(body).onComplete(sent -> LingeringClose.close(request, Vertx.currentContext().owner()));
    }
}
