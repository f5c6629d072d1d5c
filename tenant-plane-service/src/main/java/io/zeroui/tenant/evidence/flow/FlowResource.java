package io.zeroui.tenant.evidence.flow;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.access.EvidenceAction;
import io.zeroui.tenant.evidence.access.EvidenceReads;
import io.zeroui.tenant.evidence.flow.ReceiptFlow.Direction;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The evidence API: the receipts around one receipt. */
@Path("/v1/evidence/receipts/{id}/chain")
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class FlowResource {

    private static final int MAX_DEPTH = 50;
    /** Shorter than any number that is too great for an int. */
    private static final int MAX_DIGITS = 2;

    private final ReceiptFlow flow;
    private final TenantAccess tenants;
    private final EvidenceReads reads;

    FlowResource(ReceiptFlow flow, TenantAccess tenants, EvidenceReads reads) {
        this.flow = flow;
        this.tenants = tenants;
        this.reads = reads;
    }

    /** Ancestors, descendants or siblings of a receipt. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getReceiptChain",
            summary = "Receipts around one by parent_receipt_id: direction up, down, both (default) or siblings; max_depth 1 to 50")
    @APIResponse(responseCode = "200", description = "nodes, and whether there are more, a cycle, or parents that are not there")
    @APIResponse(responseCode = "404", description = "The tenant's ledger does not have the receipt")
    public Uni<FlowAnswer> chain(@PathParam("id") String id, @QueryParam("direction") @DefaultValue("both") String direction,
            @QueryParam("max_depth") @DefaultValue("10") String maxDepth,
            @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        ReceiptId receipt = receiptId(id);
        Direction way = direction(direction);
        int depth = depth(maxDepth);
        return reads.begin(EvidenceAction.FLOW, receipt.value())
                .noting(whose, flow.follow(whose, receipt, way, depth), answer -> answer.nodes().size());
    }

    private static ReceiptId receiptId(String id) {
        try {
            return ReceiptId.of(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private static Direction direction(String text) {
        return switch (text) {
            case "up" -> Direction.UP;
            case "down" -> Direction.DOWN;
            case "both" -> Direction.BOTH;
            case "siblings" -> Direction.SIBLINGS;
            default -> throw invalid("direction", "must be up, down, both or siblings");
        };
    }

    private static int depth(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int depth = isNumber ? Integer.parseInt(text) : 0;
        if (depth < 1 || depth > MAX_DEPTH) {
            throw invalid("max_depth", "must be an integer from 1 to " + MAX_DEPTH);
        }
        return depth;
    }

    private static ProblemException invalid(String parameter, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), parameter + " " + rule,
                Map.of("member", parameter));
    }
}
