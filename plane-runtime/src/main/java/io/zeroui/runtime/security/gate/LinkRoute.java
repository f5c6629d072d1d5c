package io.zeroui.runtime.security.gate;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * A route for links that carry their own right: a request for one needs no credential, and none that comes with it counts. The
 * gate registers every bean of this type. The route itself must refuse every link that it did not make.
 */
public interface LinkRoute {

    /** How links may be used. */
    List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.HEAD);

    /** What the paths of its links, and of nothing else, begin with; without a slash at its end. */
    String prefix();

    /** What follows the prefix, each part as {@code /:name}. */
    String parameters();

    /** Serves a request, of which nothing is known. */
    void serve(RoutingContext routing);
}
