package io.zeroui.tenant.evidence.governance.retention;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.LedgerAct.RetentionSet;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.tenant.evidence.governance.ActBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The evidence API: how long a tenant keeps its evidence. */
@Path("/v1/evidence/retention")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence governance", description = "Erasure, legal hold and retention; each leaves an act in the tenant's ledger")
public class RetentionResource {

    private final Retention retention;
    private final TenantAccess tenants;
    private final Callers callers;

    RetentionResource(Retention retention, TenantAccess tenants, Callers callers) {
        this.retention = retention;
        this.tenants = tenants;
        this.callers = callers;
    }

    /** How long. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_RETENTION)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getRetention", summary = "How long the tenant keeps its evidence, what is dropped, and which legal hold keeps more")
    public Uni<RetentionAnswer> get(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        return retention.state(tenant(tenant)).map(RetentionAnswer::of);
    }

    /** Sets how long. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.EVIDENCE_RETENTION)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "setRetention", summary = "Sets how many days the tenant keeps its evidence; what is older goes at the next look")
    @APIResponse(responseCode = "200", description = "What is kept now")
    @APIResponse(responseCode = "400", description = "A member that is unknown or not valid; error.details.member names it")
    public Uni<RetentionAnswer> set(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "days (required): full days behind the one on which a receipt came, 0 for ever; "
                    + ActBody.WHY,
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"days\":730,\"reason\":\"policy R-7\"}")))
            byte @Nullable [] body) {
        TenantId whose = tenant(tenant);
        ActBody wish = ActBody.parse(body, "days");
        int days = wish.number("days", 0, RetentionSet.MAX_DAYS);
        return retention.set(whose, days, wish.why(callers.current().subject())).map(RetentionAnswer::of);
    }

    /** Drops now. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_RETENTION)
    @Limited(RateLimit.QUERY)
    @Path("runs")
    @Operation(operationId = "runRetention", summary = "Drops what the tenant keeps no longer now, and not at the next look")
    @APIResponse(responseCode = "200", description = "What is kept now")
    @APIResponse(responseCode = "503", description = "It must wait, for example for the log's checkpoint; try again")
    public Uni<RetentionAnswer> run(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenant(tenant);
        return retention.apply(whose)
                .onFailure(TransientFailure.class).transform(failure -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        failure.getMessage() + "; try again"))
                .chain(() -> retention.state(whose)).map(RetentionAnswer::of);
    }

    private TenantId tenant(@Nullable String named) {
        return tenants.get(named, Permission.EVIDENCE_RETENTION_ALL, TenantAccess.HEADER);
    }
}
