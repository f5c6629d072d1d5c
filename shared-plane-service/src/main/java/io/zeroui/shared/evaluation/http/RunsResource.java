package io.zeroui.shared.evaluation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.formats.ResultFormat;
import io.zeroui.shared.evaluation.harness.Wish;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.Score;
import io.zeroui.shared.evaluation.results.RunExports;
import io.zeroui.shared.evaluation.results.RunItem;
import io.zeroui.shared.evaluation.results.RunRecord;
import io.zeroui.shared.evaluation.results.Runs;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.File;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Runs, their items and artifacts, and runs as files. */
@Path("/v1/evaluations/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evaluations", description = "Suites, datasets, runs, their comparison, and gates")
public class RunsResource {

    private static final int PLACE_MOST = 1_000;
    private static final long LARGEST = 1L << 50;
    private static final String PLACE = "(?:https|s3|gs|oci|sha256):[A-Za-z0-9._~:/+%-]{1,990}";

    private final Runs runs;
    private final RunExports exports;
    private final EvaluationCalls calls;

    RunsResource(Runs runs, RunExports exports, EvaluationCalls calls) {
        this.runs = runs;
        this.exports = exports;
        this.calls = calls;
    }

    /**
     * A page of runs.
     *
     * @param items the newest first
     * @param next for the parameter {@code before} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RunList(List<RunRecord> items, @Nullable Long next) {
    }

    /**
     * A page of items.
     *
     * @param items by id
     * @param next for the parameter {@code after} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemList(List<RunItem> items, @Nullable String next) {
    }

    /**
     * The artifacts of a run.
     *
     * @param items by name
     */
    public record ArtifactList(List<JsonNode> items) {
    }

    /** The runs. */
    @GET
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationRuns", summary = "Runs, the newest first, of one suite or all")
    public Uni<RunList> list(@QueryParam("suite") @Nullable String suite, @QueryParam("before") @DefaultValue("9223372036854775807") long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        return runs.list(suite == null ? null : EvaluationProblem.name("suite", suite), EvaluationCalls.before(before), most)
                .map(items -> new RunList(items, items.size() < most ? null : items.get(most - 1).number()));
    }

    /** One run. */
    @GET
    @Path("{run}")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "getEvaluationRun", summary = "A run: pinned digests, counts, scores with confidence intervals")
    @APIResponse(responseCode = "304", description = EvaluationCalls.NOT_MODIFIED)
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Uni<RestResponse<RunRecord>> get(@PathParam("run") String run, @HeaderParam("If-None-Match") @Nullable String known) {
        return runs.get(id(run)).map(found -> EvaluationCalls.tagged("run " + found.runId() + " " + found.number(), known, () -> found));
    }

    /** Its items. */
    @GET
    @Path("{run}/items")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationItems", summary = "Items of a run by id, with scores and reasons of each epoch; with a tag, or with errors only")
    public Uni<ItemList> items(@PathParam("run") String run, @QueryParam("after") @DefaultValue("") String after, @QueryParam("tag") @Nullable String tag,
            @QueryParam("errors") @DefaultValue("false") boolean errors, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        String from = Objects.requireNonNull(EvaluationCalls.text("after", after, ItemResult.ITEM_MOST));
        return runs.get(id(run)).chain(found -> runs.items(found, from, EvaluationCalls.text("tag", tag, Score.NAME_MOST), errors, most))
                .map(items -> new ItemList(items, items.size() < most ? null : items.get(most - 1).item()));
    }

    /** Its artifacts. */
    @GET
    @Path("{run}/artifacts")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationArtifacts", summary = "What else there is of a run, by reference")
    public Uni<ArtifactList> artifacts(@PathParam("run") String run) {
        return runs.get(id(run)).chain(runs::artifacts).map(ArtifactList::new);
    }

    /** Names an artifact. */
    @POST
    @Path("{run}/artifacts")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.EVALUATION_WRITE, planeWide = true)
    @Operation(operationId = "addEvaluationArtifact", summary = "Names something of a run that is elsewhere: name, sha256, bytes, media_type, place (an URL without "
            + "credentials or query)")
    @APIResponse(responseCode = "409", description = "The run has an artifact of that name")
    public Uni<RestResponse<JsonNode>> addArtifact(@PathParam("run") String run, byte @Nullable [] body) {
        String by = calls.by();
        Wish wish = Wish.parse(body, "name", "sha256", "bytes", "media_type", "place");
        String place = wish.text("place", PLACE_MOST);
        if (!place.matches(PLACE)) {
            throw EvaluationProblem.invalid("place", "must be an https, s3, gs, oci or sha256 address without user, query and fragment");
        }
        ObjectNode artifact = JsonNodeFactory.instance.objectNode().put("name", wish.text("name", Score.NAME_MOST))
                .put("sha256", EvaluationProblem.digest("sha256", wish.text("sha256", Score.NAME_MOST))).put("bytes", wish.whole("bytes", 0, LARGEST))
                .put("media_type", wish.text("media_type", Score.NAME_MOST, "application/octet-stream")).put("place", place);
        return runs.get(id(run)).chain(found -> runs.addArtifact(found, artifact, by)).map(kept -> RestResponse.status(RestResponse.Status.CREATED, kept));
    }

    /** A run as a file. */
    @GET
    @Path("{run}/export")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "exportEvaluationRun", summary = "A run as a file of promptfoo, inspect, openai-evals or jsonl. Texts that went into a model or came out "
            + "are not kept and are empty in it")
    @APIResponse(responseCode = "304", description = EvaluationCalls.NOT_MODIFIED)
    public Uni<RestResponse<File>> export(@PathParam("run") String run, @QueryParam("format") @DefaultValue("jsonl") String format,
            @HeaderParam("If-None-Match") @Nullable String known) {
        ResultFormat wanted = ResultFormat.find(format)
                .orElseThrow(() -> EvaluationProblem.invalid("format", "must be promptfoo, inspect, openai-evals or jsonl"));
        return runs.get(id(run)).chain(found -> exports.file(found, wanted).map(file -> EvaluationCalls.tagged("export " + found.runId() + " "
                + wanted.key(), known, file::toFile)).invoke(answer -> answer.getHeaders().putSingle("Content-Type", wanted.mediaType())));
    }

    /** An id of a run, if it can be one; 404 otherwise. */
    static String id(@Nullable String run) {
        if (run == null || !run.matches("[0-9a-f]{32}")) {
            throw EvaluationProblem.missing("run");
        }
        return run;
    }
}
