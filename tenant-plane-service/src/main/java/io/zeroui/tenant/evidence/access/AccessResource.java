package io.zeroui.tenant.evidence.access;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The evidence API: who read a tenant's evidence. */
@Path("/v1/evidence/access")
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class AccessResource {

    private static final int MAX_LIMIT = 500;
    private static final int MAX_DIGITS = 18;

    private final EvidenceReadStore store;
    private final EvidenceReads reads;
    private final TenantAccess tenants;

    AccessResource(EvidenceReadStore store, EvidenceReads reads, TenantAccess tenants) {
        this.store = store;
        this.reads = reads;
        this.tenants = tenants;
    }

    /** A page of records, newest first; what was read within the last second or two may not be there yet. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_AUDIT)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listEvidenceReads", summary = "Who read the tenant's evidence, newest first: limit 1 to 500, before "
            + "as next_before of the page before")
    public Uni<AccessPage> list(@QueryParam("before") @Nullable String before, @QueryParam("limit") @DefaultValue("100") String limit,
            @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_AUDIT_ALL, TenantAccess.HEADER);
        int most = Math.toIntExact(number("limit", limit, MAX_LIMIT));
        long older = before == null ? Long.MAX_VALUE : number("before", before, Long.MAX_VALUE);
        return reads.begin(EvidenceAction.ACCESS, "").noting(whose,
                store.list(whose, older, most + 1).map(found -> AccessPage.of(found, most)), page -> page.items().size());
    }

    private static long number(String name, String text, long most) {
        boolean isNumber = !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = isNumber ? Long.parseLong(text) : 0;
        if (number < 1 || number > most) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    name + " must be an integer from 1" + (most == MAX_LIMIT ? " to " + most : " on"), Map.of("member", name));
        }
        return number;
    }
}
