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

/** The evidence API: one hash chain of a tenant. */
@Path("/v1/evidence/receipts/chain-query")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class ChainResource {

    private final ReceiptSearch receipts;
    private final TenantAccess tenants;
    private final EvidenceReads reads;

    ChainResource(ReceiptSearch receipts, TenantAccess tenants, EvidenceReads reads) {
        this.receipts = receipts;
        this.tenants = tenants;
        this.reads = reads;
    }

    /** A page of one chain. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "queryChain", summary = "The receipts of one hash chain in its order, in pages")
    @APIResponse(responseCode = "200", description = "items, and next_cursor or null")
    @APIResponse(responseCode = "400", description = SearchResource.INVALID)
    public Uni<SearchAnswer> chain(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "chain_id (required). " + SearchResource.FILTERS + "limit and cursor as in a search",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"chain_id\":\"local:ide:default:unknown\"}")))
            byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        SearchBody asked = SearchBody.parse(body, "limit", "cursor");
        return reads.begin(EvidenceAction.CHAIN, asked.filters().words())
                .noting(whose, receipts.chain(whose, asked), answer -> answer.items().size());
    }
}
