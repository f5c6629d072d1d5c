package io.zeroui.runtime.limits.http;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Allowance;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Caller;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Method, Optional<Needed>> needed = new ConcurrentHashMap<>();

    /** What a method's annotations say: to ask the annotations themselves goes through reflection. */
    private record Needed(RateLimit limit, Permission permission) {

        static Optional<Needed> of(Method method) {
            Limited limited = method.getAnnotation(Limited.class);
            RequiresPermission permission = method.getAnnotation(RequiresPermission.class);
            return limited == null || permission == null ? Optional.empty()
                    : Optional.of(new Needed(limited.value(), permission.value()));
        }
    }

    LimitCheck(RateLimits limits) {
        this.limits = limits;
    }

    /** Takes a token; fails with 429 when there is none. Null, which the framework takes for done, where nobody has to be asked. */
    @ServerRequestFilter(priority = Priorities.USER + 1_000)
    public @Nullable Uni<Void> check(ResourceInfo resource, ContainerRequestContext request, RoutingContext routing) {
        Needed wanted = needed.computeIfAbsent(resource.getResourceMethod(), Needed::of).orElse(null);
        if (wanted == null || !limits.isSet(wanted.limit())) {
            return null;
        }
        Caller caller = Callers.get(routing);
        RateLimits.Account account = limits.account(wanted.limit(), caller, wanted.permission(),
                caller.tenant() == null ? named(request) : null);
        Allowance known = account.tryTake();
        if (known != null) {
            settle(known, wanted.limit(), request);
            return null;
        }
        return account.ask().invoke(allowance -> settle(allowance, wanted.limit(), request)).replaceWithVoid();
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

    private static void settle(Allowance allowance, RateLimit limit, ContainerRequestContext request) {
        request.setProperty(KEY, allowance);
        if (!allowance.allowed()) {
            throw new ProblemException(ErrorCode.RATE_LIMIT_EXCEEDED, ErrorCode.RATE_LIMIT_EXCEEDED.status(),
                    "The limit of this tenant for " + limit.key() + " is reached",
                    Map.of("limit", limit.key(), "retry_after_seconds", allowance.retryAfterSeconds()));
        }
    }

    /** The tenant that a request names, in the header or, as reports do, in a parameter. */
    private static @Nullable String named(ContainerRequestContext request) {
        String header = request.getHeaderString(TenantAccess.HEADER);
        return header != null ? header : request.getUriInfo().getQueryParameters().getFirst("tenant");
    }
}
