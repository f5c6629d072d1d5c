package io.zeroui.runtime.bodies;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.problems.ProblemAnswer;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets no body through that is too long, ends those that are too slow, and bounds how many large ones a caller has under way. */
@ApplicationScoped
public class BodyGuard {

    private static final int TOO_LARGE = 413;
    private static final String NOBODY = "";

    private final BodyConfig config;
    private final Bulkhead large;
    private final ErrorForms forms;
    private final Counter tooSlow;

    BodyGuard(BodyConfig config, ErrorForms forms, MeterRegistry meters) {
        this.config = config;
        this.large = new Bulkhead(config.largePerCaller(), config.large());
        this.forms = forms;
        this.tooSlow = Counter.builder("zeroui.http.slow.bodies").description("Connections closed because a body came too slowly")
                .register(meters);
    }

    /** Lets a request go on to its endpoint, or answers it; its caller is known, its body not read. */
    public void pass(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        boolean isChunked = request.headers().contains("Transfer-Encoding");
        String length = request.getHeader("Content-Length");
        if (request.isEnded() || !isChunked && (length == null || length.equals("0"))) {
            routing.next();
            return;
        }
        long bytes = isChunked ? Long.MAX_VALUE : bytes(length);
        if (!isChunked && bytes > config.maxBytes()) {
            ProblemAnswer.close(request, forms, ErrorCode.VALIDATION_ERROR, TOO_LARGE, "A body has at most " + config.maxBytes() + " bytes",
                    Map.of("reason", "TOO_LARGE"));
            return;
        }
        admit(routing, bytes);
    }

    private void admit(RoutingContext routing, long bytes) {
        boolean isLarge = bytes > config.smallBytes();
        String caller = name(Callers.find(routing));
        if (isLarge && !large.tryTake(caller)) {
            ProblemAnswer.close(routing.request(), forms, ErrorCode.DEPENDENCY_UNAVAILABLE, ErrorCode.DEPENDENCY_UNAVAILABLE.status(),
                    "Too many large bodies are under way", Map.of("reason", "TOO_MANY_BODIES"));
            return;
        }
        WatchedBody.watch(routing, config, bytes, tooSlow::increment, () -> {
            if (isLarge) {
                large.giveBack(caller);
            }
        });
        routing.next();
    }

    private static String name(@Nullable Caller caller) {
        if (caller == null) {
            return NOBODY;
        }
        return caller.tenant() == null ? caller.subject() : "tenant:" + caller.tenant();
    }

    private static long bytes(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
