package io.zeroui.tenant.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A tenant's exports of context. */
@Path("/v1/context/exports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "context", description = "Redacted texts that a tenant exports for search")
public class ContextResource {

    private static final int PAGE_MOST = 100;

    private final ContextExports exports;
    private final TenantAccess tenants;
    private final Callers callers;

    ContextResource(ContextExports exports, TenantAccess tenants, Callers callers) {
        this.exports = exports;
        this.tenants = tenants;
        this.callers = callers;
    }

    /**
     * A page of exports.
     *
     * @param items the newest first, without their texts
     * @param next for the parameter {@code before} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exports(List<ExportView> items, @Nullable String next) {
    }

    /** Exports a text. */
    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.CONTEXT_WRITE)
    @Limited(RateLimit.INGEST)
    @Operation(operationId = "exportContext", summary = "Exports a text for search on the product plane: kind (document, conversation, knowledge, snapshot), "
            + "title, content, tags, and export_id to ask again without another export. Source code, secrets and personal data are removed first")
    @APIResponse(responseCode = "201", description = "What was exported, and how many places were removed")
    @APIResponse(responseCode = "403", description = "A policy of the type context-export forbids it")
    @APIResponse(responseCode = "409", description = "Another export has the id, or there are too many")
    @APIResponse(responseCode = "413", description = "The body is too long")
    @APIResponse(responseCode = "422", description = "Nothing of the text may leave")
    public Uni<RestResponse<ExportView>> export(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.CONTEXT_WRITE_ALL, TenantAccess.HEADER);
        return exports.export(whose, ExportRequest.parse(body), callers.current().subject())
                .map(view -> RestResponse.status(RestResponse.Status.CREATED, view));
    }

    /** Exports, the newest first. */
    @GET
    @RequiresPermission(Permission.CONTEXT_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listContextExports", summary = "A tenant's exports, the newest first, and whether they are searchable")
    @Parameter(name = "limit", description = "From 1 to 100")
    @Parameter(name = "before", description = "What the page before says as next")
    public Uni<Exports> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("before") @Nullable String before) {
        TenantId whose = tenants.get(tenant, Permission.CONTEXT_READ_ALL, TenantAccess.HEADER);
        if (limit < 1 || limit > PAGE_MOST) {
            throw ExportRequest.invalid("limit", "must be from 1 to " + PAGE_MOST);
        }
        return exports.list(whose, before == null ? null : ExportRequest.id(before, "before"), limit)
                .map(page -> new Exports(page.items(), page.next() == null ? null : page.next().toString()));
    }

    /** One export. */
    @GET
    @Path("{export}")
    @RequiresPermission(Permission.CONTEXT_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getContextExport", summary = "An export with its redacted text")
    @APIResponse(responseCode = "404", description = "The tenant has no such export")
    public Uni<ExportView> get(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("export") String export) {
        TenantId whose = tenants.get(tenant, Permission.CONTEXT_READ_ALL, TenantAccess.HEADER);
        return exports.get(whose, ExportRequest.id(export, "export"));
    }

    /** Withdraws an export. */
    @DELETE
    @Path("{export}")
    @RequiresPermission(Permission.CONTEXT_WRITE)
    @Limited(RateLimit.INGEST)
    @Operation(operationId = "withdrawContextExport", summary = "Withdraws an export: its text is removed here at once, and from search soon")
    @Parameter(name = "reason", description = "Why, 1 to 500 characters without personal data: it is kept")
    @APIResponse(responseCode = "404", description = "The tenant has no such export")
    public Uni<ExportView> withdraw(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("export") String export,
            @QueryParam("reason") @Nullable String reason) {
        TenantId whose = tenants.get(tenant, Permission.CONTEXT_WRITE_ALL, TenantAccess.HEADER);
        String why = reason == null ? "withdrawn" : reason;
        String fault = Why.fault(why, Why.MAX_REASON);
        if (fault != null) {
            throw ExportRequest.invalid("reason", fault);
        }
        return exports.withdraw(whose, ExportRequest.id(export, "export"), Why.of(callers.current().subject(), why, ""));
    }
}
