package io.zeroui.product.tenants;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The edges of a tenant. */
@Path("/v1/tenants/{tenantId}/edges")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tenants", description = "The registry of tenants and edges")
public class EdgesResource {

    private final TenantRegistry registry;
    private final Callers callers;

    EdgesResource(TenantRegistry registry, Callers callers) {
        this.registry = registry;
        this.callers = callers;
    }

    /** Enrols an edge. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "enrolEdge", summary = "Enrols an edge for this tenant and no other")
    @APIResponse(responseCode = "201", description = "The edge")
    @APIResponse(responseCode = "404", description = "There is no such tenant")
    @APIResponse(responseCode = "409", description = "There is, or was, an edge of that id")
    public Uni<Response> enrol(@PathParam("tenantId") String tenantId, @Nullable NewEdge body) {
        NewEdge wish = RegistryWishes.body(body);
        TenantId tenant = RegistryWishes.tenant(tenantId);
        EdgeId id = RegistryWishes.edge(wish.edgeId());
        return registry.enrol(id, tenant, RegistryWishes.name(wish.name(), id.value()), callers.current().subject())
                .map(made -> Response.status(Response.Status.CREATED)
                        .header("Location", "/v1/tenants/" + tenant + "/edges/" + id).entity(made).build());
    }

    /** Edges in pages. */
    @GET
    @RequiresPermission(value = Permission.TENANTS_READ, planeWide = true)
    @Operation(operationId = "listEdges", summary = "Edges of a tenant in the order of their ids, removed ones too")
    @APIResponse(responseCode = "404", description = "There is no such tenant")
    public Uni<Map<String, List<EdgeView>>> list(
            @PathParam("tenantId") String tenantId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return registry.listEdges(RegistryWishes.tenant(tenantId), after == null ? null : RegistryWishes.edge(after),
                RegistryWishes.limit(limit)).map(items -> Map.of("items", items));
    }

    /** One edge. */
    @GET
    @Path("{edgeId}")
    @RequiresPermission(value = Permission.TENANTS_READ, planeWide = true)
    @Operation(operationId = "getEdge", summary = "One edge")
    @APIResponse(responseCode = "404", description = "The tenant has no such edge")
    public Uni<EdgeView> get(@PathParam("tenantId") String tenantId, @PathParam("edgeId") String edgeId) {
        return registry.getEdge(RegistryWishes.edge(edgeId), RegistryWishes.tenant(tenantId));
    }

    /** Refuses an edge's receipts from now on. */
    @POST
    @Path("{edgeId}/suspend")
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "suspendEdge", summary = "Suspends an edge: what it sends goes to the dead-letter folder")
    @APIResponse(responseCode = "409", description = "It is removed")
    public Uni<EdgeView> suspend(@PathParam("tenantId") String tenantId, @PathParam("edgeId") String edgeId) {
        return move(tenantId, edgeId, RegistryState.SUSPENDED);
    }

    /** Takes a suspended edge's receipts again. */
    @POST
    @Path("{edgeId}/resume")
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "resumeEdge", summary = "Resumes a suspended edge")
    @APIResponse(responseCode = "409", description = "It is removed")
    public Uni<EdgeView> resume(@PathParam("tenantId") String tenantId, @PathParam("edgeId") String edgeId) {
        return move(tenantId, edgeId, RegistryState.ACTIVE);
    }

    /** Removes an edge for good. */
    @DELETE
    @Path("{edgeId}")
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "removeEdge", summary = "Removes an edge for good; its id is not given again")
    public Uni<EdgeView> remove(@PathParam("tenantId") String tenantId, @PathParam("edgeId") String edgeId) {
        return move(tenantId, edgeId, RegistryState.DELETED);
    }

    private Uni<EdgeView> move(String tenantId, String edgeId, RegistryState state) {
        return registry.moveEdge(RegistryWishes.edge(edgeId), RegistryWishes.tenant(tenantId), state,
                callers.current().subject());
    }
}
