package io.zeroui.product.tenants;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.PlaneConfig;
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

/** The tenants. */
@Path("/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tenants", description = "The registry of tenants and edges")
public class TenantsResource {

    private final TenantRegistry registry;
    private final Callers callers;
    private final PlaneConfig plane;

    TenantsResource(TenantRegistry registry, Callers callers, PlaneConfig plane) {
        this.registry = registry;
        this.callers = callers;
        this.plane = plane;
    }

    /** Makes a tenant. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "createTenant", summary = "Makes a tenant; the other planes take its receipts once they have heard of it")
    @APIResponse(responseCode = "201", description = "The tenant")
    @APIResponse(responseCode = "409", description = "There is, or was, a tenant of that id")
    public Uni<Response> create(@Nullable NewTenant body) {
        NewTenant wish = RegistryWishes.body(body);
        TenantId id = RegistryWishes.newTenant(wish.tenantId());
        return registry.create(id, RegistryWishes.name(wish.name(), id.value()),
                RegistryWishes.region(wish.region(), plane.region()), callers.current().subject())
                .map(made -> Response.status(Response.Status.CREATED).header("Location", "/v1/tenants/" + id).entity(made)
                        .build());
    }

    /** Tenants in pages. */
    @GET
    @RequiresPermission(value = Permission.TENANTS_READ, planeWide = true)
    @Operation(operationId = "listTenants", summary = "Tenants in the order of their ids, deleted ones too")
    public Uni<Map<String, List<TenantView>>> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return registry.list(after == null ? null : RegistryWishes.tenant(after), RegistryWishes.limit(limit))
                .map(items -> Map.of("items", items));
    }

    /** One tenant. */
    @GET
    @Path("{tenantId}")
    @RequiresPermission(value = Permission.TENANTS_READ, planeWide = true)
    @Operation(operationId = "getTenant", summary = "One tenant")
    @APIResponse(responseCode = "404", description = "There is no such tenant")
    public Uni<TenantView> get(@PathParam("tenantId") String tenantId) {
        return registry.get(RegistryWishes.tenant(tenantId));
    }

    /** Refuses a tenant's receipts from now on. */
    @POST
    @Path("{tenantId}/suspend")
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "suspendTenant", summary = "Suspends a tenant: its receipts go to the dead-letter folder")
    @APIResponse(responseCode = "409", description = "It is deleted")
    public Uni<TenantView> suspend(@PathParam("tenantId") String tenantId) {
        return move(tenantId, RegistryState.SUSPENDED);
    }

    /** Takes a suspended tenant's receipts again. */
    @POST
    @Path("{tenantId}/resume")
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "resumeTenant", summary = "Resumes a suspended tenant")
    @APIResponse(responseCode = "409", description = "It is deleted")
    public Uni<TenantView> resume(@PathParam("tenantId") String tenantId) {
        return move(tenantId, RegistryState.ACTIVE);
    }

    /** Wishes a higher isolation tier for a tenant. */
    @POST
    @Path("{tenantId}/promote")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "promoteTenant", summary = "Moves a tenant up to tables or a database of its own; the tenant plane does it while the tenant goes on")
    @APIResponse(responseCode = "409", description = "It is deleted, or its tier is as high already")
    public Uni<TenantView> promote(@PathParam("tenantId") String tenantId, @Nullable Promotion body) {
        Promotion wish = RegistryWishes.body(body);
        IsolationTier tier = RegistryWishes.tier(wish.tier());
        return registry.promote(RegistryWishes.tenant(tenantId), tier, RegistryWishes.database(wish.database(), tier),
                callers.current().subject());
    }

    /** Refuses a tenant's receipts for good. Its evidence stays where it is. */
    @DELETE
    @Path("{tenantId}")
    @RequiresPermission(value = Permission.TENANTS_MANAGE, planeWide = true)
    @Operation(operationId = "deleteTenant", summary = "Deletes a tenant for good; its evidence stays, its id is not given again")
    public Uni<TenantView> delete(@PathParam("tenantId") String tenantId) {
        return move(tenantId, RegistryState.DELETED);
    }

    private Uni<TenantView> move(String tenantId, RegistryState state) {
        return registry.move(RegistryWishes.tenant(tenantId), state, callers.current().subject());
    }
}
