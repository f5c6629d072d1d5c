package io.zeroui.runtime.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.problems.ProblemAnswer;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.problems.RequestId;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Serves streams of receipts: NDJSON in, one answer per line out, both at the same time; so many streams at once and no more. */
public final class BulkStreams {

    private static final String NDJSON = "application/x-ndjson";

    private final BulkLimits limits;
    private final ErrorForms forms;
    private final ObjectWriter results;
    private final Bulkhead served;

    public BulkStreams(BulkLimits limits, ObjectMapper mapper, ErrorForms forms) {
        this.limits = limits;
        this.forms = forms;
        this.results = mapper.writerFor(BulkResult.class);
        this.served = new Bulkhead(limits.streamsPerOwner(), limits.streams());
    }

    /**
     * Whose stream it is.
     *
     * @param name by which the streams of one owner are counted
     * @param intake takes its lines
     * @param limit counts them
     */
    public record Owner(String name, LineIntake<?> intake, RateLimits.Account limit) {
    }

    /**
     * Serves a request whose body has not been read.
     *
     * @param owner finds out whose it is, or throws a {@link ProblemException}, which is the answer then
     */
    public void serve(RoutingContext routing, Supplier<Owner> owner) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = request.response();
        request.pause();
        response.putHeader(RequestId.HEADER, RequestId.of(request));
        String type = String.valueOf(request.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (!type.startsWith(NDJSON) && !type.startsWith("application/jsonl")) {
            refuse(request, ErrorCode.VALIDATION_ERROR, 415, "The Content-Type must be " + NDJSON, Map.of());
            return;
        }
        Owner whose;
        try {
            whose = owner.get();
        } catch (ProblemException problem) {
            refuse(request, problem.code(), problem.status(), String.valueOf(problem.getMessage()), problem.details());
            return;
        }
        if (!served.tryTake(whose.name())) {
            refuse(request, ErrorCode.DEPENDENCY_UNAVAILABLE, 503, "Too many streams are being served", Map.of());
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            response.writeContinue();
        }
        new BulkExchange(request, Vertx.currentContext(), whose, limits, results, () -> served.giveBack(whose.name())).start();
    }

    private void refuse(HttpServerRequest request, ErrorCode code, int status, String detail, Map<String, Object> details) {
        ProblemAnswer.close(request, forms, code, status, detail, details);
    }
}
