package io.zeroui.runtime.problems;

import io.vertx.core.http.HttpServerRequest;
import io.zeroui.contracts.access.CredentialText;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Names a request in its answer and in the log: the caller's {@code X-Request-Id} where it is one, else a new one. */
public class RequestId {

    /** The header, in requests and in answers. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The id of this request; the same for every call with the same request. */
    public static String of(HttpServerRequest request) {
        String id = request.getHeader(HEADER);
        if (id == null || !ACCEPTED.matcher(id).matches() || !CredentialText.redacted(id).equals(id)) {
            id = UUID.randomUUID().toString();
            request.headers().set(HEADER, id);
        }
        return id;
    }

    @ServerRequestFilter(preMatching = true)
    public void name(ContainerRequestContext context, HttpServerRequest request) {
        MDC.put("requestId", of(request));
    }

    @ServerResponseFilter
    public void answer(ContainerResponseContext response, HttpServerRequest request) {
        response.getHeaders().putSingle(HEADER, of(request));
    }
}
