package io.zeroui.ide.receipts.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.problems.ProblemDetail;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.intake.ReceiptLog;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.RequestId;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.gate.AuthorisedRoute;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * {@code POST /v1/receipts/bulk}: NDJSON in, NDJSON out. A Vert.x route, because answers go out while the request still
 * comes in; its description for OpenAPI is in {@code META-INF/openapi.yaml}.
 */
@ApplicationScoped
public class BulkRoute implements AuthorisedRoute {

    private static final String PATH = "/v1/receipts/bulk";
    private static final String NDJSON = "application/x-ndjson";

    private final ReceiptLog log;
    private final ReceiptsConfig config;
    private final RateLimits limits;
    private final ObjectMapper mapper;
    private final ObjectWriter results;
    private final Semaphore streams;

    BulkRoute(ReceiptLog log, ReceiptsConfig config, RateLimits limits, ObjectMapper mapper) {
        this.log = log;
        this.limits = limits;
        this.config = config;
        this.mapper = mapper;
        this.results = mapper.writerFor(BulkResult.class);
        this.streams = new Semaphore(config.maxStreams());
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Permission permission() {
        return Permission.RECEIPTS_WRITE;
    }

    @Override
    public void serve(RoutingContext routing, Caller caller) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = request.response();
        request.pause();
        response.putHeader(RequestId.HEADER, RequestId.of(request));
        String type = String.valueOf(request.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (!type.startsWith(NDJSON) && !type.startsWith("application/jsonl")) {
            refuse(request, ErrorCode.VALIDATION_ERROR, 415, "The Content-Type must be " + NDJSON);
            return;
        }
        if (caller.tenant() == null && !caller.may(Permission.RECEIPTS_WRITE_ALL)) {
            refuse(request, ErrorCode.FORBIDDEN, 403, TenantAccess.NO_TENANT);
            return;
        }
        if (!streams.tryAcquire()) {
            refuse(request, ErrorCode.DEPENDENCY_UNAVAILABLE, 503, "Too many streams are being served");
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            response.writeContinue();
        }
        Context context = Vertx.currentContext();
        RateLimits.Account limit = limits.account(RateLimit.INGEST, caller, permission(), null);
        new BulkExchange(request, context, log, config, results, caller.tenant(), limit, streams::release).start();
    }

    private void refuse(HttpServerRequest request, ErrorCode code, int status, String detail) {
        ProblemDetail problem = ProblemDetail.of(code, status, detail, Map.of(), request.path(), RequestId.of(request),
                Instant.now());
        HttpServerResponse response = request.response().setStatusCode(status)
                .putHeader("Content-Type", ProblemDetail.MEDIA_TYPE)
                .putHeader("Connection", "close");
        if (status == 503) {
            response.putHeader("Retry-After", "1");
        }
        response.end(Buffer.buffer(json(problem))).onComplete(sent -> request.connection().close());
    }

    private byte[] json(ProblemDetail problem) {
        try {
            return mapper.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
