package io.zeroui.runtime.limits.http;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Allowance;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests over their limit with 429, before the body is read. Runs after the check of the permission. Every answer
 * of a limited method, whatever its status, tells the limit: {@code X-RateLimit-Limit} is the size of the bucket,
 * {@code X-RateLimit-Remaining} what is left in it, {@code X-RateLimit-Reset} the Unix second in which it is whole again if
 * nothing more is taken. Where there is no limit there are no such headers.
 */
public class LimitCheck {

    private static final String KEY = Allowance.class.getName();

    private final RateLimits limits;
    private final Callers callers;

    LimitCheck(RateLimits limits, Callers callers) {
        this.limits = limits;
        this.callers = callers;
    }

    /** Takes a token; fails with 429 when there is none. */
    @ServerRequestFilter(priority = Priorities.USER + 1_000)
    public Uni<Void> check(ResourceInfo resource, ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        Limited limited = method.getAnnotation(Limited.class);
        RequiresPermission permission = method.getAnnotation(RequiresPermission.class);
        if (limited == null || permission == null) {
            return Uni.createFrom().voidItem();
        }
        return limits.account(limited.value(), callers.current(), permission.value(), named(request)).take()
                .invoke(allowance -> request.setProperty(KEY, allowance))
                .invoke(allowance -> refuse(allowance, limited))
                .replaceWithVoid();
    }

    /** Says what the limit is and what is left of it. */
    @ServerResponseFilter
    public void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(KEY) instanceof Allowance allowance) || !allowance.isLimited()) {
            return;
        }
        response.getHeaders().putSingle("X-RateLimit-Limit", allowance.limit());
        response.getHeaders().putSingle("X-RateLimit-Remaining", allowance.remaining());
        response.getHeaders().putSingle("X-RateLimit-Reset", allowance.resetAt(Instant.now()));
        if (!allowance.allowed()) {
            response.getHeaders().putSingle("Retry-After", allowance.retryAfterSeconds());
        }
    }

    private static void refuse(Allowance allowance, Limited limited) {
        if (!allowance.allowed()) {
            throw new ProblemException(ErrorCode.RATE_LIMIT_EXCEEDED, ErrorCode.RATE_LIMIT_EXCEEDED.status(),
                    "The limit of this tenant for " + limited.value().key() + " is reached",
                    Map.of("limit", limited.value().key(), "retry_after_seconds", allowance.retryAfterSeconds()));
        }
    }

    /** The tenant that a request names, in the header or, as reports do, in a parameter. */
    private static @Nullable String named(ContainerRequestContext request) {
        String header = request.getHeaderString(TenantAccess.HEADER);
        return header != null ? header : request.getUriInfo().getQueryParameters().getFirst("tenant");
    }
}
