package io.zeroui.shared.evaluation.http;

import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.results.ImportQueue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How far files are that are brought in; they come by {@link ImportRoute}. */
@Path("/v1/evaluations/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evaluations", description = "Suites, datasets, runs, their comparison, and gates")
public class ImportsResource {

    private final ImportQueue queue;

    ImportsResource(ImportQueue queue) {
        this.queue = queue;
    }

    /**
     * Files that were sent.
     *
     * @param items the newest first, at most 200
     */
    public record ImportList(List<ImportQueue.Import> items) {
    }

    /** The files. */
    @GET
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationImports", summary = "Files that were sent to this instance, the newest first, and how far they are")
    public ImportList list() {
        return new ImportList(queue.list());
    }

    /** One file. */
    @GET
    @Path("{import}")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "getEvaluationImport", summary = "How far a file is: waiting, reading, done with its run, or refused with the reason")
    @APIResponse(responseCode = "404", description = "There is no such file, or this instance does not remember it")
    public ImportQueue.Import get(@PathParam("import") String id) {
        try {
            return queue.find(UUID.fromString(id)).orElseThrow(() -> EvaluationProblem.missing("import"));
        } catch (IllegalArgumentException e) {
            throw EvaluationProblem.missing("import");
        }
    }
}
