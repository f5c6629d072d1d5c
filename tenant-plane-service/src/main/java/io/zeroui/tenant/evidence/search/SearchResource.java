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

/** The evidence API: finding and counting receipts of one tenant. */
@Path("/v1/evidence")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class SearchResource {

    /** The filters, for descriptions. */
    public static final String FILTERS = "Optional filters: from (inclusive) and to (exclusive), RFC 3339; plane, environment, "
            + "gate_id, module_id, policy_version_id, status, severity, repo_id, evaluation_point, kind, actor_type, chain_id, "
            + "parent_receipt_id, emitter_service, signature_status, policy_standing. text: 1 to 200 characters, at most 16 words of rationale, badges or "
            + "tags, in any inflection and all of them; -word for one that must not be there, \"a badge\" for a whole badge or tag. ";
    /** What a refusal of a body says. */
    public static final String INVALID = "A member that is unknown or not valid; error.details.member names it";

    private final ReceiptSearch receipts;
    private final TenantAccess tenants;
    private final EvidenceReads reads;

    SearchResource(ReceiptSearch receipts, TenantAccess tenants, EvidenceReads reads) {
        this.receipts = receipts;
        this.tenants = tenants;
        this.reads = reads;
    }

    /** A page of receipts, newest first. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("search")
    @Operation(operationId = "searchReceipts", summary = "Receipts by filters, newest first, in pages of one moment")
    @APIResponse(responseCode = "200", description = "items, and next_cursor or null")
    @APIResponse(responseCode = "400", description = INVALID)
    public Uni<SearchAnswer> search(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = FILTERS + "limit: 1 to 500, 50 if not given; cursor: next_cursor of the page before",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"status\":\"hard_block\",\"from\":\"2026-01-01T00:00:00Z\",\"limit\":100}")))
            byte @Nullable [] body) {
        TenantId whose = tenant(tenant);
        SearchBody asked = SearchBody.parse(body, "limit", "cursor");
        return reads.begin(EvidenceAction.SEARCH, asked.filters().words())
                .noting(whose, receipts.search(whose, asked), answer -> answer.items().size());
    }

    /** Counts of receipts. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("aggregate")
    @Operation(operationId = "aggregateReceipts", summary = "Counts of receipts by one to three keys, at most 1,000 groups")
    @APIResponse(responseCode = "200", description = "groups, total and truncated")
    @APIResponse(responseCode = "400", description = INVALID)
    public Uni<AggregateAnswer> aggregate(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = FILTERS + "group_by (required): 1 to 3 of day, status, gate_id, policy_version_id, repo_id, "
                    + "severity, actor_type, evaluation_point, kind, module_id, environment, policy_standing",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"group_by\":[\"day\",\"status\"],\"repo_id\":\"core-api\"}")))
            byte @Nullable [] body) {
        TenantId whose = tenant(tenant);
        SearchBody asked = SearchBody.parse(body, "group_by");
        return reads.begin(EvidenceAction.AGGREGATE, asked.filters().words())
                .noting(whose, receipts.aggregate(whose, asked), answer -> answer.groups().size());
    }

    private TenantId tenant(@Nullable String named) {
        return tenants.get(named, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
    }
}
