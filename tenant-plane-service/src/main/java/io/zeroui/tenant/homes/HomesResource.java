package io.zeroui.tenant.homes;

import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where tenants live. */
@Path("/v1/homes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "homes", description = "Where the index of a tenant lives: shared tables, own schema, own database")
public class HomesResource {

    private final HomeKeeper keeper;

    HomesResource(HomeKeeper keeper) {
        this.keeper = keeper;
    }

    /** One tenant's home, and how far a move is. */
    @GET
    @Path("{tenantId}")
    @RequiresPermission(value = Permission.TENANTS_READ, planeWide = true)
    @Operation(operationId = "getHome", summary = "Where the tenant's index lives, and how far a move to another home is")
    @APIResponse(responseCode = "404", description = "This plane knows no such tenant")
    public HomeReport get(@PathParam("tenantId") String tenantId) {
        HomeReport report = keeper.report(tenant(tenantId));
        if (report == null) {
            throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such tenant");
        }
        return report;
    }

    private static TenantId tenant(String text) {
        try {
            return TenantId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }
}
