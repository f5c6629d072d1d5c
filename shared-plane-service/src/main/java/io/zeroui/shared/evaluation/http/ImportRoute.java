package io.zeroui.shared.evaluation.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.bodies.BodyFile;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.problems.ProblemAnswer;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.problems.RequestId;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.gate.AuthorisedRoute;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.formats.ResultFormat;
import io.zeroui.shared.evaluation.formats.ResultLimits;
import io.zeroui.shared.evaluation.guard.TenantDataRule;
import io.zeroui.shared.evaluation.model.Score;
import io.zeroui.shared.evaluation.results.ImportQueue;
import io.zeroui.shared.evaluation.results.ImportWish;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/evaluations/imports}: a result file as the body, of any length up to 1 GiB, which goes to the disk and is read from there. A Vert.x
 * route, because such a body must not be in memory; its description for OpenAPI is in {@code META-INF/openapi.yaml}.
 */
@ApplicationScoped
public class ImportRoute implements AuthorisedRoute {

    private static final Logger LOG = Logger.getLogger(ImportRoute.class);
    private static final String PATH = "/v1/evaluations/imports";
    private static final int ACCEPTED = 202;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int PER_CALLER = 2;
    private static final int TOGETHER = 4;
    private static final String COMMIT = "[0-9a-f]{40}";

    private final ImportQueue queue;
    private final ErrorForms forms;
    private final ObjectMapper json;
    private final Bulkhead places = new Bulkhead(PER_CALLER, TOGETHER);

    ImportRoute(ImportQueue queue, ErrorForms forms, ObjectMapper json) {
        this.queue = queue;
        this.forms = forms;
        this.json = json;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Permission permission() {
        return Permission.EVALUATION_WRITE;
    }

    @Override
    public void serve(RoutingContext routing, Caller caller) {
        HttpServerRequest request = routing.request();
        request.pause();
        String refusal = Callers.refusal(caller, permission(), true);
        if (refusal != null) {
            refuse(request, new ProblemException(ErrorCode.FORBIDDEN, FORBIDDEN, refusal, Map.of()));
            return;
        }
        try {
            ImportWish wish = wish(request, caller.subject());
            String length = request.getHeader("Content-Length");
            if (length != null && !length.matches("\\d{1,15}") || length != null && Long.parseLong(length) > ResultLimits.USUAL.bytes()) {
                throw tooLarge();
            }
            if (!places.tryTake(caller.subject())) {
                throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many files are being received");
            }
            routing.addEndHandler(ended -> places.giveBack(caller.subject()));
            receive(routing, wish);
        } catch (ProblemException problem) {
            refuse(request, problem);
        }
    }

    private void receive(RoutingContext routing, ImportWish wish) {
        HttpServerRequest request = routing.request();
        Context context = Vertx.currentContext();
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "zeroui-import-" + UUID.randomUUID() + ".tmp");
        BodyFile.receive(routing.vertx(), request, file, ResultLimits.USUAL.bytes())
                .onSuccess(bytes -> context.runOnContext(now -> queued(routing, wish, file, bytes)))
                .onFailure(failure -> context.runOnContext(now -> refuse(request, failure instanceof BodyFile.TooLong ? tooLarge()
                        : new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The file cannot be received now"))));
    }

    private void queued(RoutingContext routing, ImportWish wish, Path file, long bytes) {
        try {
            accepted(routing.request(), queue.add(wish, file, bytes));
        } catch (ProblemException problem) {
            routing.vertx().fileSystem().delete(file.toString()).onFailure(failure -> LOG.warnf("a file is still there: %s", failure));
            refuse(routing.request(), problem);
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, "A result file has at most " + ResultLimits.USUAL.bytes() + " bytes",
                Map.of("reason", "TOO_LARGE"));
    }

    private static ImportWish wish(HttpServerRequest request, String by) {
        ResultFormat format = ResultFormat.find(String.valueOf(request.getParam("format")))
                .orElseThrow(() -> EvaluationProblem.invalid("format", "must be promptfoo, inspect, openai-evals or jsonl"));
        String dataset = request.getParam("dataset_digest");
        String code = request.getParam("code_digest");
        return new ImportWish(format, EvaluationProblem.name("suite", request.getParam("suite")),
                dataset == null ? null : EvaluationProblem.digest("dataset_digest", dataset),
                code != null && code.matches(COMMIT) ? code : EvaluationProblem.digest("code_digest", code), text("model", request.getParam("model")),
                EvaluationProblem.digest("model_digest", request.getParam("model_digest")), text("variant", request.getParam("variant")), by);
    }

    private static @Nullable String text(String what, @Nullable String text) {
        String checked = EvaluationCalls.text(what, text, 2 * Score.NAME_MOST);
        if (checked != null && TenantDataRule.find(checked).isPresent()) {
            throw EvaluationProblem.invalid(what, "must have no tenants' data in it");
        }
        return checked;
    }

    private void accepted(HttpServerRequest request, ImportQueue.Import begun) {
        try {
            String body = json.writeValueAsString(begun);
            request.response().setStatusCode(ACCEPTED).putHeader("Content-Type", "application/json").putHeader(RequestId.HEADER, RequestId.of(request))
                    .putHeader("Location", PATH + "/" + begun.importId()).end(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuse(HttpServerRequest request, ProblemException problem) {
        if (!request.response().ended() && !request.response().closed()) {
            if (!request.isEnded()) {
                request.resume();
            }
            ProblemAnswer.close(request, forms, problem.code(), problem.status(), String.valueOf(problem.getMessage()), problem.details());
        }
    }
}
