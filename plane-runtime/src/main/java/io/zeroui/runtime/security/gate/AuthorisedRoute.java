package io.zeroui.runtime.security.gate;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.Caller;
import java.util.List;

/** A route beside the resources, for what JAX-RS cannot do. The gate registers and guards every bean of this type. */
public interface AuthorisedRoute {

    /** Its path, with {@code :name} for a part that is a parameter. */
    String path();

    /** Its methods. */
    default List<HttpMethod> methods() {
        return List.of(HttpMethod.POST);
    }

    /** What its caller must be allowed to do. */
    Permission permission();

    /** Serves a request whose caller has the permission. Its body has not been read. */
    void serve(RoutingContext routing, Caller caller);
}
