package io.zeroui.ide.status;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.ide.receipts.index.ReceiptIndex;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How this edge is doing. */
@Path("/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "status", description = "How this edge is doing")
public class StatusResource {

    private final EdgeStatus status;
    private final ReceiptIndex index;

    StatusResource(EdgeStatus status, ReceiptIndex index) {
        this.status = status;
        this.index = index;
    }

    /** The present state; answers also while the database is down. */
    @GET
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Operation(summary = "Index, outbox, quarantine and enrolment of this edge")
    public Uni<IdeStatus> get() {
        return status.now();
    }

    /** A fingerprint of the index, equal after a rebuild from the same files. */
    @GET
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Path("/digest")
    @Operation(summary = "Rows of the index and SHA-256 over them")
    public Uni<ReceiptIndex.Digest> digest() {
        return index.digest().onFailure()
                .transform(failure -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "The index does not answer"));
    }
}
