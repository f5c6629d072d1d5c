package io.zeroui.shared.evaluation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.harness.DocumentKind;
import io.zeroui.shared.evaluation.harness.Fixture;
import io.zeroui.shared.evaluation.harness.Harness;
import io.zeroui.shared.evaluation.harness.VersionedDocument;
import io.zeroui.shared.evaluation.model.ItemResult;
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
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Datasets and their fixtures. */
@Path("/v1/evaluations/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evaluations", description = "Suites, datasets, runs, their comparison, and gates")
public class DatasetsResource {

    private static final int DESCRIPTION_MOST = 2_000;

    private final Harness harness;
    private final EvaluationCalls calls;

    DatasetsResource(Harness harness, EvaluationCalls calls) {
        this.harness = harness;
        this.calls = calls;
    }

    /**
     * A page of fixtures.
     *
     * @param items by id
     * @param next for the parameter {@code after} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FixtureList(List<Fixture> items, @Nullable String next) {
    }

    /** The datasets. */
    @GET
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationDatasets", summary = "The newest version of each dataset, by name")
    @Parameter(name = "limit", description = "From 1 to 1000")
    @Parameter(name = "after", description = "What the page before says as next")
    public Uni<DocumentList> list(@QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        String from = Objects.requireNonNull(EvaluationCalls.text("after", after, DESCRIPTION_MOST));
        return harness.list(DocumentKind.DATASET, from, most).map(items -> DocumentList.byName(items, most));
    }

    /** One dataset. */
    @GET
    @Path("{dataset}")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "getEvaluationDataset", summary = "A version of a dataset, the newest where none is named, without its fixtures")
    @APIResponse(responseCode = "200", description = "The version, with a strong ETag")
    @APIResponse(responseCode = "304", description = EvaluationCalls.NOT_MODIFIED)
    @APIResponse(responseCode = "404", description = "There is no such dataset or version")
    public Uni<RestResponse<VersionedDocument>> get(@PathParam("dataset") String dataset, @QueryParam("version") @Nullable Long version,
            @HeaderParam("If-None-Match") @Nullable String known) {
        return harness.get(DocumentKind.DATASET, EvaluationProblem.name("dataset", dataset), version)
                .map(found -> EvaluationCalls.tagged("dataset " + found.name() + " " + found.version() + " " + found.digest(), known, () -> found));
    }

    /** Its versions. */
    @GET
    @Path("{dataset}/versions")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationDatasetVersions", summary = "The versions of a dataset, the newest first")
    public Uni<DocumentList> versions(@PathParam("dataset") String dataset, @QueryParam("before") @DefaultValue("9223372036854775807") long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        return harness.versions(DocumentKind.DATASET, EvaluationProblem.name("dataset", dataset), EvaluationCalls.before(before), most)
                .map(items -> DocumentList.byVersion(items, most));
    }

    /** Its fixtures without their texts. */
    @GET
    @Path("{dataset}/fixtures")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationFixtures", summary = "Ids, tags and hashes of a dataset's fixtures, by id")
    public Uni<FixtureList> fixtures(@PathParam("dataset") String dataset, @QueryParam("version") @Nullable Long version,
            @QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        String from = Objects.requireNonNull(EvaluationCalls.text("after", after, ItemResult.ITEM_MOST));
        return harness.get(DocumentKind.DATASET, EvaluationProblem.name("dataset", dataset), version)
                .chain(found -> harness.fixtures(found.digest(), from, most))
                .map(items -> new FixtureList(items, items.size() < most ? null : items.get(most - 1).fixture()));
    }

    /** Its fixtures as lines. */
    @GET
    @Path("{dataset}/content")
    @Produces("application/x-ndjson")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "getEvaluationDatasetContent", summary = "The fixtures of a dataset as they are kept: one a line, canonical, by id")
    @APIResponse(responseCode = "304", description = EvaluationCalls.NOT_MODIFIED)
    public Uni<RestResponse<byte[]>> content(@PathParam("dataset") String dataset, @QueryParam("version") @Nullable Long version,
            @HeaderParam("If-None-Match") @Nullable String known) {
        return harness.get(DocumentKind.DATASET, EvaluationProblem.name("dataset", dataset), version)
                .chain(found -> harness.content(found.digest())
                        .map(bytes -> EvaluationCalls.tagged("content " + found.digest(), known, () -> bytes)));
    }

    /** Writes a version. */
    @PUT
    @Path("{dataset}")
    @Consumes({"application/x-ndjson", MediaType.TEXT_PLAIN})
    @RequiresPermission(value = Permission.EVALUATION_WRITE, planeWide = true)
    @Operation(operationId = "putEvaluationDataset", summary = "Writes a version of a dataset: one fixture a line, with id, input, target, tags, metadata. The same "
            + "fixtures in whatever order are the same version")
    @APIResponse(responseCode = "400", description = "A line is no fixture or has tenants' data in it; error.details.place says which and where")
    @APIResponse(responseCode = "413", description = "There are more than 10 MiB")
    public Uni<VersionedDocument> put(@PathParam("dataset") String dataset, @QueryParam("description") @DefaultValue("") String description,
            byte @Nullable [] body) {
        String by = calls.by();
        String text = Objects.requireNonNull(EvaluationCalls.text("description", description, DESCRIPTION_MOST));
        return harness.putDataset(EvaluationProblem.name("dataset", dataset), text, body == null ? new byte[0] : body, by);
    }
}
