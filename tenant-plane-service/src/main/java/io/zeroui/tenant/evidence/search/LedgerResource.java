package io.zeroui.tenant.evidence.search;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.access.EvidenceAction;
import io.zeroui.tenant.evidence.access.EvidenceReads;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

/** The evidence API: a tenant's ledger in its own order. */
@Path("/v1/evidence/receipts/ledger-query")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class LedgerResource {

    private final ReceiptSearch receipts;
    private final TenantAccess tenants;
    private final EvidenceReads reads;

    LedgerResource(ReceiptSearch receipts, TenantAccess tenants, EvidenceReads reads) {
        this.receipts = receipts;
        this.tenants = tenants;
        this.reads = reads;
    }

    /** A stretch of the ledger. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "queryLedger", summary = "The receipts of a stretch of the ledger, in the order in which it took them in")
    @APIResponse(responseCode = "200", description = "items; after and to, between which all that meet the filters are in items; last,"
            + " the end of what is indexed. Whoever goes on behind to misses nothing and gets nothing twice")
    @APIResponse(responseCode = "400", description = SearchResource.INVALID)
    public Uni<LedgerAnswer> ledger(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "after: a ledger sequence, for what follows it; or before, for what comes before it; the end of"
                    + " the ledger if neither is given. limit as in a search. " + SearchResource.FILTERS,
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"after\":0,\"status\":\"hard_block\",\"limit\":100}")))
            byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        SearchBody asked = SearchBody.parse(body, "limit", "after", "before");
        return reads.begin(EvidenceAction.LEDGER, asked.filters().words())
                .noting(whose, receipts.ledger(whose, asked), answer -> answer.items().size());
    }
}
