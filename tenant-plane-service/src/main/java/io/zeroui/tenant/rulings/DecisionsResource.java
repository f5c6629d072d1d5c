package io.zeroui.tenant.rulings;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.rulings.DecisionBody;
import io.zeroui.runtime.rulings.DecisionView;
import io.zeroui.runtime.rulings.RulingAnswers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** May a tenant use a model? Answered from memory: without the shared plane, without the bus, without the database. */
@Path("/v1/providers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "providers", description = "Whether a tenant may use a model, by the rules that the shared plane has signed")
public class DecisionsResource {

    private final RulingAnswers answers;

    DecisionsResource(RulingAnswers answers) {
        this.answers = answers;
    }

    /** Decides. */
    @POST
    @Path("decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.PROVIDERS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "decideProvider", summary = "May the tenant use this model with data of this category in this region through this adapter?")
    @APIResponse(responseCode = "200", description = "Whether it may, and what decided; also where it may not")
    @APIResponse(responseCode = "400", description = "A member is missing or wrong")
    public Uni<DecisionView> decide(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @Nullable DecisionBody body) {
        return Uni.createFrom().item(() -> answers.decide(tenant, body));
    }

    /** How fresh the copy is. */
    @GET
    @Path("rulings")
    @RequiresPermission(Permission.PROVIDERS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getRulingsCopy", summary = "Which rulings this plane knows, and whether they are stale")
    public RulingAnswers.Copy copy() {
        return answers.copy();
    }
}
