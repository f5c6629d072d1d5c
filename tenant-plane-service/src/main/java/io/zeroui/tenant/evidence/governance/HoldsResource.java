package io.zeroui.tenant.evidence.governance;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.HoldFilter;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The evidence API: legal holds. */
@Path("/v1/evidence/holds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence governance", description = "Erasure, legal hold and retention; each leaves an act in the tenant's ledger")
public class HoldsResource {

    private final LegalHolds holds;
    private final TenantAccess tenants;
    private final Callers callers;

    HoldsResource(LegalHolds holds, TenantAccess tenants, Callers callers) {
        this.holds = holds;
        this.tenants = tenants;
        this.callers = callers;
    }

    /** Places a hold. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.EVIDENCE_HOLD)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "placeHold", summary = "Places a legal hold: what it is about is not erased")
    @APIResponse(responseCode = "201", description = "The hold")
    @APIResponse(responseCode = "400", description = "A member that is unknown or not valid; error.details.member names it")
    public Uni<Response> place(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "name and reason (required), case_id; what it is about: receipt_ids (at most 64), repo_id, "
                    + "gate_id, from (inclusive) and to (exclusive) of the receipts' own time; the whole tenant with none of them",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"name\":\"INC-2026-7\",\"repo_id\":\"core-api\",\"reason\":\"breach under investigation\"}")))
            byte @Nullable [] body) {
        TenantId whose = tenant(tenant);
        ActBody wish = ActBody.parse(body, "name", "receipt_ids", "repo_id", "gate_id", "from", "to");
        HoldFilter filter = new HoldFilter(wish.receiptIds(HoldFilter.MAX_RECEIPTS), wish.parsed("repo_id", RepoId::of),
                wish.has("gate_id") ? wish.name("gate_id") : null, wish.time("from"), wish.time("to"));
        return holds.place(whose, wish.name("name"), filter, wish.why(callers.current().subject()))
                .map(hold -> Response.status(Response.Status.CREATED).entity(HoldAnswer.of(hold))
                        .header("Location", "/v1/evidence/holds/" + hold.placed().holdId()).build());
    }

    /** The holds. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_HOLD)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listHolds", summary = "Legal holds that last, oldest first; with released=true also those that ended")
    public Uni<Map<String, List<HoldAnswer>>> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @QueryParam("released") boolean released) {
        return holds.list(tenant(tenant), released)
                .map(found -> Map.of("items", found.stream().map(HoldAnswer::of).toList()));
    }

    /** Releases a hold. */
    @DELETE
    @RequiresPermission(Permission.EVIDENCE_HOLD)
    @Limited(RateLimit.QUERY)
    @Path("{id}")
    @Operation(operationId = "releaseHold", summary = "Releases a legal hold; the parameter reason is required")
    @APIResponse(responseCode = "200", description = "The hold as it was")
    @APIResponse(responseCode = "404", description = "The tenant has no such hold")
    @APIResponse(responseCode = "409", description = "It was released already")
    public Uni<HoldAnswer> release(@PathParam("id") String id, @HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @QueryParam("reason") @Nullable String reason, @QueryParam("case_id") @Nullable String caseId) {
        TenantId whose = tenant(tenant);
        Why why = ActBody.why(callers.current().subject(), reason, caseId);
        return holds.release(whose, id, why).map(HoldAnswer::of);
    }

    private TenantId tenant(@Nullable String named) {
        return tenants.get(named, Permission.EVIDENCE_HOLD_ALL, TenantAccess.HEADER);
    }
}
