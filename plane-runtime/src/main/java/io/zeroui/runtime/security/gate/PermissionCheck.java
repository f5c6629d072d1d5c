package io.zeroui.runtime.security.gate;

import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses callers that may not use the resource method. Runs before the body is read; a method that names no permission
 * refuses all.
 */
public class PermissionCheck {

    private final Map<Method, Optional<Needed>> needed = new ConcurrentHashMap<>();

    /** What a method's annotation says: to ask the annotation itself goes through reflection. */
    private record Needed(Permission permission, boolean planeWide) {

        static Optional<Needed> of(Method method) {
            return Optional.ofNullable(method.getAnnotation(RequiresPermission.class))
                    .map(annotation -> new Needed(annotation.value(), annotation.planeWide()));
        }
    }

    PermissionCheck() {
    }

    /** Fails with 401 or 403. */
    @ServerRequestFilter
    public void check(ResourceInfo resource, RoutingContext routing) {
        Caller caller = Callers.get(routing);
        Needed wanted = needed.computeIfAbsent(resource.getResourceMethod(), Needed::of).orElse(null);
        String refusal = wanted == null ? "This is for nobody"
                : Callers.refusal(caller, wanted.permission(), wanted.planeWide());
        if (refusal != null) {
            throw new ProblemException(ErrorCode.FORBIDDEN, refusal);
        }
    }
}
