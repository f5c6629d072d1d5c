package io.zeroui.runtime.security;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The caller of the present request. */
@ApplicationScoped
public class Callers {

    private static final String KEY = Caller.class.getName();

    private final CurrentVertxRequest request;

    Callers(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * The caller; to be asked at the beginning of a resource method, on its own thread.
     *
     * @throws ProblemException 401 when the request did not come through the gate
     */
    public Caller current() {
        return get(request.getCurrent());
    }

    /**
     * The caller of a request.
     *
     * @throws ProblemException 401 when the request did not come through the gate
     */
    public static Caller get(@Nullable RoutingContext routing) {
        Caller caller = routing == null ? null : find(routing);
        if (caller == null) {
            throw new ProblemException(ErrorCode.UNAUTHORIZED, "Nobody is calling");
        }
        return caller;
    }

    /** Remembers who calls. */
    public static void remember(RoutingContext routing, Caller caller) {
        routing.put(KEY, caller);
    }

    /** The caller of a request; null where it did not come through the gate. */
    public static @Nullable Caller find(RoutingContext routing) {
        return routing.get(KEY);
    }

    /** Why this caller may not; null if it may. */
    public static @Nullable String refusal(Caller caller, Permission permission, boolean planeWide) {
        if (!caller.may(permission)) {
            return "The credential does not have the permission " + permission.text();
        }
        return planeWide && caller.tenant() != null
                ? "This is about the whole plane; the credential is for tenant " + caller.tenant()
                : null;
    }
}
