package io.zeroui.runtime.security.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.problems.ProblemDetail;
import io.zeroui.runtime.problems.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;

/** Refusals before a resource is reached. One text for all credentials that are not good: the answer must tell nothing. */
@ApplicationScoped
public class GateAnswers {

    /** A body up to this size, in bytes, is read away so that the connection can go on. */
    private static final long SMALL_BODY_BYTES = 65_536;

    private static final String WANTED = "A valid API key or token is wanted: Authorization: Bearer zu_…";

    private final ObjectMapper json;

    GateAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** 401. */
    void unauthorised(RoutingContext routing) {
        routing.response().putHeader("WWW-Authenticate", "Bearer realm=\"zeroui\"");
        refuse(routing, ErrorCode.UNAUTHORIZED, WANTED);
    }

    /** 503: whether the credential is good cannot be said. */
    void undecided(RoutingContext routing) {
        routing.response().putHeader("Retry-After", "1");
        refuse(routing, ErrorCode.DEPENDENCY_UNAVAILABLE, "Credentials cannot be checked at the moment");
    }

    /** 403. */
    void forbidden(RoutingContext routing, String detail) {
        refuse(routing, ErrorCode.FORBIDDEN, detail);
    }

    private void refuse(RoutingContext routing, ErrorCode code, String detail) {
        HttpServerRequest request = routing.request();
        String requestId = RequestId.of(request);
        ProblemDetail problem = ProblemDetail.of(code, detail, Map.of(), request.path(), requestId, Instant.now());
        HttpServerResponse response = routing.response().setStatusCode(code.status())
                .putHeader("Content-Type", ProblemDetail.MEDIA_TYPE)
                .putHeader(RequestId.HEADER, requestId);
        if (hasSmallBody(request)) {
            request.resume();
            response.end(body(problem));
        } else {
            response.putHeader("Connection", "close");
            response.end(body(problem)).onComplete(sent -> request.connection().close());
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

    private Buffer body(ProblemDetail problem) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
