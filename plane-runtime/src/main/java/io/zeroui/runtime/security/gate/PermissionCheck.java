package io.zeroui.runtime.security.gate;

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

    private final Callers callers;
    private final Map<Method, Optional<RequiresPermission>> required = new ConcurrentHashMap<>();

    PermissionCheck(Callers callers) {
        this.callers = callers;
    }

    /** Fails with 401 or 403. */
    @ServerRequestFilter
    public void check(ResourceInfo resource) {
        Caller caller = callers.current();
        RequiresPermission needed = required.computeIfAbsent(resource.getResourceMethod(),
                method -> Optional.ofNullable(method.getAnnotation(RequiresPermission.class))).orElse(null);
        String refusal = needed == null ? "This is for nobody"
                : Callers.refusal(caller, needed.value(), needed.planeWide());
        if (refusal != null) {
            throw new ProblemException(ErrorCode.FORBIDDEN, refusal);
        }
    }
}
