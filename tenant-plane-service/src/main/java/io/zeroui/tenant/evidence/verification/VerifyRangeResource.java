package io.zeroui.tenant.evidence.verification;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.security.Callers;
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

/** The evidence API: checks many receipts. */
@Path("/v1/evidence/verify_range")
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class VerifyRangeResource {

    private final RangeVerifier verifier;
    private final TenantAccess tenants;
    private final Callers callers;
    private final RateLimits limits;
    private final EvidenceReads reads;

    VerifyRangeResource(RangeVerifier verifier, TenantAccess tenants, Callers callers, RateLimits limits,
            EvidenceReads reads) {
        this.verifier = verifier;
        this.tenants = tenants;
        this.callers = callers;
        this.limits = limits;
        this.reads = reads;
    }

    /** A page of checks; each receipt of it counts against the limit. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.VERIFY)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "verifyRange", summary = "Checks hash, signature and chain of receipts from the stored bytes, in pages")
    @APIResponse(responseCode = "200", description = "items, totals and chains of the page, and next_cursor where there is more")
    @APIResponse(responseCode = "400", description = "A member that is unknown or not valid; error.details.member names it")
    public Uni<RangeAnswer> verify(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "Either receipt_ids (1 to 500), or from (inclusive) and to (exclusive), RFC 3339, by the "
                    + "receipts' own time, with limit (1 to 500, 100 if not given) and cursor",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"from\":\"2026-11-01T00:00:00Z\",\"limit\":500}")))
            byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        RateLimits.Account account = limits.account(RateLimit.VERIFY, callers.current(), Permission.EVIDENCE_READ, whose.value());
        RangeRequest range = RangeRequest.parse(body, whose);
        return reads.begin(EvidenceAction.VERIFY_RANGE, range.words())
                .noting(whose, verifier.verify(whose, range), answer -> answer.items().size())
                .invoke(answer -> account.charge(answer.items().size() - 1L));
    }
}
