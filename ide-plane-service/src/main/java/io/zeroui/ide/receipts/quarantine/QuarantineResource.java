package io.zeroui.ide.receipts.quarantine;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was not accepted. */
@Path("/v1/quarantine")
@Tag(name = "quarantine", description = "What was not accepted, and why")
public class QuarantineResource {

    private static final int MAX_LIMIT = 1000;

    private final ReceiptQuarantine quarantine;

    QuarantineResource(ReceiptQuarantine quarantine) {
        this.quarantine = quarantine;
    }

    /** A page of entries, newest first. */
    @GET
    @RequiresPermission(value = Permission.QUARANTINE_READ, planeWide = true)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Lines that were not accepted, newest first, with the reason and the line")
    public Uni<QuarantinePage> list(
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") int limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "limit must be 1 to " + MAX_LIMIT);
        }
        return quarantine.list(limit, cursor)
                .map(QuarantinePage::of)
                .onFailure(IllegalArgumentException.class)
                .transform(failure -> new ProblemException(ErrorCode.VALIDATION_ERROR, "cursor is not one of ours"));
    }
}
