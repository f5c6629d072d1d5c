package io.zeroui.runtime.security.gate;

import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.bodies.BodyGuard;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.Verdict;
import io.zeroui.runtime.security.keys.ApiKeys;
import io.zeroui.runtime.security.tokens.BearerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass when its credential is good, before its body is read. Whatever is not listed as open is closed, also
 * paths at which there is nothing.
 */
@ApplicationScoped
public class AccessGate {

    /** Before all handlers of the application. */
    private static final int PRIORITY = 1000;

    /** Behind the gate, which knows the caller, and behind the HTTP server's own limit, which it replaces. */
    private static final int BODY_PRIORITY = 1;

    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;
    private final BearerTokens tokens;
    private final GateAnswers answers;
    private final BodyGuard bodies;
    private final List<AuthorisedRoute> routes;
    private final List<LinkRoute> links;
    private final boolean development;

    AccessGate(ApiKeys keys, BearerTokens tokens, GateAnswers answers, BodyGuard bodies, @All List<AuthorisedRoute> routes,
            @All List<LinkRoute> links, LaunchMode mode) {
        this.keys = keys;
        this.tokens = tokens;
        this.answers = answers;
        this.bodies = bodies;
        this.routes = routes;
        this.links = links;
        this.development = mode == LaunchMode.DEVELOPMENT;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, PRIORITY);
        filters.register(this::passBody, BODY_PRIORITY);
    }

    void register(@Observes Router router) {
        for (AuthorisedRoute route : routes) {
            for (HttpMethod method : route.methods()) {
                router.route(method, route.path()).handler(routing -> serve(route, routing));
            }
        }
        for (LinkRoute link : links) {
            for (HttpMethod method : LinkRoute.METHODS) {
                router.route(method, link.prefix() + link.parameters()).handler(link::serve);
            }
        }
    }

    private void pass(RoutingContext routing) {
        String path = routing.normalizedPath();
        if (OpenPaths.isOpen(path, development) || isLink(routing, path)) {
            routing.next();
            return;
        }
        Verdict verdict = verdict(credential(routing));
        if (verdict instanceof Verdict.Accepted accepted) {
            Callers.remember(routing, accepted.caller());
            goOn(routing, path, accepted.caller());
        } else if (verdict instanceof Verdict.Undecided) {
            answers.undecided(routing);
        } else {
            answers.unauthorised(routing);
        }
    }

    /** Routes that read their bodies themselves limit them themselves. */
    private void passBody(RoutingContext routing) {
        String path = routing.normalizedPath();
        for (AuthorisedRoute route : routes) {
            if (route.path().equals(path)) {
                routing.next();
                return;
            }
        }
        bodies.pass(routing);
    }

    /** Only what a link can ask for: whatever else there may be below its prefix stays closed. */
    private boolean isLink(RoutingContext routing, String path) {
        if (links.isEmpty() || !LinkRoute.METHODS.contains(routing.request().method())) {
            return false;
        }
        for (LinkRoute link : links) {
            String prefix = link.prefix();
            if (path.startsWith(prefix) && path.startsWith("/", prefix.length())) {
                return true;
            }
        }
        return false;
    }

    private void goOn(RoutingContext routing, String path, Caller caller) {
        String refusal = OpenPaths.isMetrics(path) ? Callers.refusal(caller, Permission.METRICS_READ, true) : null;
        if (refusal == null) {
            routing.next();
        } else {
            answers.forbidden(routing, refusal);
        }
    }

    private void serve(AuthorisedRoute route, RoutingContext routing) {
        Caller caller = Callers.find(routing);
        if (caller == null) {
            answers.unauthorised(routing);
            return;
        }
        String refusal = Callers.refusal(caller, route.permission(), false);
        if (refusal == null) {
            route.serve(routing, caller);
        } else {
            answers.forbidden(routing, refusal);
        }
    }

    private Verdict verdict(@Nullable String credential) {
        if (credential == null) {
            return new Verdict.Rejected();
        }
        return credential.startsWith(ApiKey.PREFIX) ? keys.check(credential) : tokens.check(credential);
    }

    /** The one credential of a request; null where there is none, or where two do not agree. */
    private static @Nullable String credential(RoutingContext routing) {
        String authorization = routing.request().getHeader("Authorization");
        String key = routing.request().getHeader("api-key");
        if (authorization == null) {
            return key != null && key.startsWith(ApiKey.PREFIX) ? key : null;
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String bearer = authorization.substring(BEARER.length()).strip();
        return key == null || key.equals(bearer) ? bearer : null;
    }
}
