package io.zeroui.tenant.evidence.governance;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.lookup.ErasedReceipts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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

/** The evidence API: erasing one receipt. */
@Path("/v1/evidence/receipts/{id}/erasure")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence governance", description = "Erasure, legal hold and retention; each leaves an act in the tenant's ledger")
public class ErasureResource {

    private final Erasures erasures;
    private final TenantAccess tenants;
    private final Callers callers;

    ErasureResource(Erasures erasures, TenantAccess tenants, Callers callers) {
        this.erasures = erasures;
        this.tenants = tenants;
        this.callers = callers;
    }

    /** Erases one receipt. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_ERASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "eraseReceipt", summary = "Erases a receipt for good; a tombstone stays, and every proof holds")
    @APIResponse(responseCode = "200", description = "The tombstone; that of before if the receipt was erased already")
    @APIResponse(responseCode = "404", description = "The tenant's ledger does not have the receipt")
    @APIResponse(responseCode = "409", description = "A legal hold keeps it; error.details names the hold")
    public Uni<Map<String, Object>> erase(@PathParam("id") String id, @HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = ActBody.WHY, content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                    example = "{\"reason\":\"a name in the rationale\",\"case_id\":\"DSR-17\"}")))
            byte @Nullable [] body) {
        TenantId whose = tenant(tenant);
        ReceiptId receipt = ActBody.receiptId(id);
        return erasures.erase(whose, List.of(receipt), ActBody.parse(body).why(subject()))
                .map(erased -> ErasedReceipts.details(erased.get(0)));
    }

    private TenantId tenant(@Nullable String named) {
        return tenants.get(named, Permission.EVIDENCE_ERASE_ALL, TenantAccess.HEADER);
    }

    private String subject() {
        return callers.current().subject();
    }
}
