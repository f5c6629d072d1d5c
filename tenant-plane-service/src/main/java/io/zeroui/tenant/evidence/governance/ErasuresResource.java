package io.zeroui.tenant.evidence.governance;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.Why;
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

/** The evidence API: erasing several receipts. */
@Path("/v1/evidence/erasures")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence governance", description = "Erasure, legal hold and retention; each leaves an act in the tenant's ledger")
public class ErasuresResource {

    /** Most receipts of one request. */
    private static final int MOST = 64;

    private final Erasures erasures;
    private final TenantAccess tenants;
    private final Callers callers;

    ErasuresResource(Erasures erasures, TenantAccess tenants, Callers callers) {
        this.erasures = erasures;
        this.tenants = tenants;
        this.callers = callers;
    }

    /** Erases several receipts. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_ERASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "eraseReceipts", summary = "Erases several receipts for good, all or none")
    @APIResponse(responseCode = "200", description = "items: their tombstones")
    @APIResponse(responseCode = "404", description = "One is not in the tenant's ledger; error.details.missing names it, and none was erased")
    @APIResponse(responseCode = "409", description = "A legal hold keeps one; error.details names the hold, and none was erased")
    public Uni<Map<String, List<Map<String, Object>>>> eraseAll(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "receipt_ids (required, at most 64), " + ActBody.WHY,
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"receipt_ids\":[\"…\"],\"reason\":\"right to erasure\",\"case_id\":\"DSR-17\"}")))
            byte @Nullable [] body) {
        TenantId whose = tenant(tenant);
        ActBody wish = ActBody.parse(body, "receipt_ids");
        Why why = wish.why(subject());
        List<ReceiptId> ids = wish.receiptIds(MOST);
        if (ids.isEmpty()) {
            throw ActBody.invalid("receipt_ids", "is required");
        }
        return erasures.erase(whose, ids, why)
                .map(erased -> Map.of("items", erased.stream().map(ErasedReceipts::details).toList()));
    }

    private TenantId tenant(@Nullable String named) {
        return tenants.get(named, Permission.EVIDENCE_ERASE_ALL, TenantAccess.HEADER);
    }

    private String subject() {
        return callers.current().subject();
    }
}
