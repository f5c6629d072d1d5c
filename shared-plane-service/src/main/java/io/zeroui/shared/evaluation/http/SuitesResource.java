package io.zeroui.shared.evaluation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.harness.DocumentKind;
import io.zeroui.shared.evaluation.harness.Harness;
import io.zeroui.shared.evaluation.harness.SuiteDocument;
import io.zeroui.shared.evaluation.harness.VersionedDocument;
import io.zeroui.shared.evaluation.results.RunRecord;
import io.zeroui.shared.evaluation.results.Runs;
import io.zeroui.shared.evaluation.results.ScoreSummary;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Suites, and how their scores went over time. */
@Path("/v1/evaluations/suites")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evaluations", description = "Suites, datasets, runs, their comparison, and gates")
public class SuitesResource {

    private static final int TEXT_MOST = 200;

    private final Harness harness;
    private final Runs runs;
    private final EvaluationCalls calls;

    SuitesResource(Harness harness, Runs runs, EvaluationCalls calls) {
        this.harness = harness;
        this.runs = runs;
        this.calls = calls;
    }

    /**
     * A score over the runs of a suite.
     *
     * @param suite the suite
     * @param score the score
     * @param points the newest run first; runs without the score are left out
     * @param next for the parameter {@code before} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Trend(String suite, String score, List<Point> points, @Nullable Long next) {
    }

    /**
     * A score of a run.
     *
     * @param runId the run
     * @param recordedAt when it was recorded
     * @param suiteVersion which version of the suite
     * @param datasetDigest of what it was run over: runs over different datasets do not compare
     * @param model what was evaluated
     * @param score over the items
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Point(String runId, Instant recordedAt, long suiteVersion, String datasetDigest, String model, ScoreSummary score) {

        static List<Point> of(RunRecord run, String score) {
            return run.facts().scores().stream().filter(one -> one.name().equals(score)).map(one -> new Point(run.runId(), run.recordedAt(),
                    run.facts().suiteVersion(), run.facts().datasetDigest(), run.facts().model(), one)).toList();
        }
    }

    /** The suites. */
    @GET
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationSuites", summary = "The newest version of each suite, by name")
    public Uni<DocumentList> list(@QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        return harness.list(DocumentKind.SUITE, Objects.requireNonNull(EvaluationCalls.text("after", after, TEXT_MOST)), most)
                .map(items -> DocumentList.byName(items, most));
    }

    /** One suite. */
    @GET
    @Path("{suite}")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "getEvaluationSuite", summary = "A version of a suite, the newest where none is named")
    @APIResponse(responseCode = "304", description = EvaluationCalls.NOT_MODIFIED)
    @APIResponse(responseCode = "404", description = "There is no such suite or version")
    public Uni<RestResponse<VersionedDocument>> get(@PathParam("suite") String suite, @QueryParam("version") @Nullable Long version,
            @HeaderParam("If-None-Match") @Nullable String known) {
        return harness.get(DocumentKind.SUITE, EvaluationProblem.name("suite", suite), version)
                .map(found -> EvaluationCalls.tagged("suite " + found.name() + " " + found.version() + " " + found.digest(), known, () -> found));
    }

    /** Its versions. */
    @GET
    @Path("{suite}/versions")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationSuiteVersions", summary = "The versions of a suite, the newest first")
    public Uni<DocumentList> versions(@PathParam("suite") String suite, @QueryParam("before") @DefaultValue("9223372036854775807") long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        return harness.versions(DocumentKind.SUITE, EvaluationProblem.name("suite", suite), EvaluationCalls.before(before), most)
                .map(items -> DocumentList.byVersion(items, most));
    }

    /** Writes a version. */
    @PUT
    @Path("{suite}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.EVALUATION_WRITE, planeWide = true)
    @Operation(operationId = "putEvaluationSuite", summary = "Writes a version of a suite: description, dataset, dataset_version, graders with name, kind, direction "
            + "and config_digest. The version pins the dataset's digest")
    @APIResponse(responseCode = "404", description = "There is no such dataset")
    public Uni<VersionedDocument> put(@PathParam("suite") String suite, byte @Nullable [] body) {
        String by = calls.by();
        String name = EvaluationProblem.name("suite", suite);
        ObjectNode document = SuiteDocument.parse(body == null ? new byte[0] : body);
        if (!document.has("dataset")) {
            return harness.put(DocumentKind.SUITE, name, document, by);
        }
        Long version = document.has("dataset_version") ? document.path("dataset_version").longValue() : null;
        return harness.get(DocumentKind.DATASET, document.path("dataset").asText(), version)
                .chain(dataset -> harness.put(DocumentKind.SUITE, name,
                        document.put("dataset_version", dataset.version()).put("dataset_digest", dataset.digest()), by));
    }

    /** How a score went. */
    @GET
    @Path("{suite}/trend")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "getEvaluationTrend", summary = "A score of the runs of a suite with its confidence interval, the newest run first")
    public Uni<Trend> trend(@PathParam("suite") String suite, @QueryParam("score") @DefaultValue("score") String score,
            @QueryParam("before") @DefaultValue("9223372036854775807") long before, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        String of = Objects.requireNonNull(EvaluationCalls.text("score", score, TEXT_MOST));
        String name = EvaluationProblem.name("suite", suite);
        return harness.get(DocumentKind.SUITE, name, null)
                .chain(found -> runs.list(name, EvaluationCalls.before(before), most))
                .map(all -> new Trend(name, of, all.stream().flatMap(run -> Point.of(run, of).stream()).toList(),
                        all.size() < most ? null : all.get(most - 1).number()));
    }
}
