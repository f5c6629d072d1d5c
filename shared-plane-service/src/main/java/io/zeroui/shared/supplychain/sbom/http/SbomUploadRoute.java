package io.zeroui.shared.supplychain.sbom.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.bodies.BodyFile;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.problems.ProblemAnswer;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.problems.RequestId;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.gate.AuthorisedRoute;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.supplychain.sbom.SbomFailures;
import io.zeroui.shared.supplychain.sbom.SbomJobs;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/sboms}: takes a document in. A Vert.x route, because it goes from the network to the disk without passing through memory; its
 * description for OpenAPI is in {@code META-INF/openapi.yaml}.
 */
@ApplicationScoped
public class SbomUploadRoute implements AuthorisedRoute {

    private static final String PATH = "/v1/sboms";
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int AT_ONCE = 8;
    private static final int AT_ONCE_OF_ONE = 4;

    private final SbomJobs jobs;
    private final SbomConfig config;
    private final ObjectStore objects;
    private final ErrorForms forms;
    private final ObjectMapper mapper;
    private final Bulkhead slots = new Bulkhead(AT_ONCE_OF_ONE, AT_ONCE);

    SbomUploadRoute(SbomJobs jobs, SbomConfig config, ObjectStore objects, ErrorForms forms, ObjectMapper mapper) {
        this.jobs = jobs;
        this.config = config;
        this.objects = objects;
        this.forms = forms;
        this.mapper = mapper;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Permission permission() {
        return Permission.SUPPLY_WRITE;
    }

    @Override
    public void serve(RoutingContext routing, Caller caller) {
        HttpServerRequest request = routing.request();
        request.pause();
        if (caller.tenant() != null) {
            refuse(request, new ProblemException(ErrorCode.FORBIDDEN, "This is about the whole plane; the credential is for tenant " + caller.tenant()));
        } else if (length(request) > config.bytesMost()) {
            refuse(request, tooLarge());
        } else if (!slots.tryTake(caller.subject())) {
            refuse(request, new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many documents are being sent"));
        } else {
            routing.addEndHandler(ended -> slots.giveBack(caller.subject()));
            receive(routing, caller);
        }
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private ProblemException tooLarge() {
        return SbomProblem.TOO_LARGE.because("A document has at most " + config.bytesMost() + " bytes");
    }

    private void receive(RoutingContext routing, Caller caller) {
        Path folder = Objects.requireNonNull(objects.path(Area.SBOM, Hash.ZERO).getParent()).resolveSibling("");
        Path file = folder.resolve(".upload-" + UUID.randomUUID() + ".tmp");
        Context context = Vertx.currentContext();
        HttpServerRequest request = routing.request();
        BodyFile.receive(routing.vertx(), request, file, config.bytesMost())
                .onSuccess(bytes -> context.runOnContext(now -> begin(request, caller, file, bytes)))
                .onFailure(failure -> context.runOnContext(now -> refuse(request,
                        failure instanceof BodyFile.TooLong ? tooLarge() : SbomFailures.of(failure))));
    }

    private void begin(HttpServerRequest request, Caller caller, Path file, long bytes) {
        Context context = Vertx.currentContext();
        jobs.add(file, bytes, request.getParam("project"), request.getParam("release"), caller.subject())
                .subscribe().with(job -> context.runOnContext(now -> answer(request, job)),
                        failure -> context.runOnContext(now -> refuse(request, failure instanceof ProblemException known ? known : SbomFailures.of(failure))));
    }

    private void answer(HttpServerRequest request, SbomJobs.Job job) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (job.problem() != null) {
            refuse(request, job.problem());
            return;
        }
        Pages.JobView view = Pages.JobView.of(job);
        String location = view.sbom() == null ? PATH + "/jobs/" + view.jobId() : PATH + "/" + view.sbom().digest();
        response.setStatusCode(view.sbom() == null ? ACCEPTED : Boolean.TRUE.equals(view.isNew()) ? CREATED : 200)
                .putHeader("Content-Type", "application/json").putHeader("Location", location).putHeader(RequestId.HEADER, RequestId.of(request));
        if (view.sbom() != null) {
            response.putHeader("ETag", "\"" + view.sbom().digest() + "\"");
        }
        response.end(body(view)).onFailure(gone -> request.connection().close());
    }

    private Buffer body(Pages.JobView view) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(view));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job has no JSON", e);
        }
    }

    private void refuse(HttpServerRequest request, @Nullable ProblemException problem) {
        HttpServerResponse response = request.response();
        if (problem == null || response.closed() || response.ended()) {
            return;
        }
        String detail = String.valueOf(problem.getMessage());
        Map<String, Object> details = problem.details();
        if (request.isEnded()) {
            response.end(ProblemAnswer.prepare(request, forms, problem.code(), problem.status(), detail, details)).onFailure(gone -> request.connection().close());
        } else {
            request.resume();
            ProblemAnswer.close(request, forms, problem.code(), problem.status(), detail, details);
        }
    }
}
