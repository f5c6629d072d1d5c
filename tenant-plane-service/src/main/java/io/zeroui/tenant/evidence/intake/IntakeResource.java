package io.zeroui.tenant.evidence.intake;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.intake.ReceiptBody;
import io.zeroui.runtime.intake.ReceiptProblem;
import io.zeroui.runtime.intake.SubmitOutcome;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.LedgerPlace;
import io.zeroui.tenant.evidence.ReceiptIntake;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Takes one receipt into the ledger. */
@Path("/v1/evidence/receipts")
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class IntakeResource {

    private final ReceiptIntake intake;
    private final TenantAccess tenants;
    private final int maxBytes;

    IntakeResource(ReceiptIntake intake, TenantAccess tenants, IntakeConfig config) {
        this.intake = intake;
        this.tenants = tenants;
        this.maxBytes = config.maxLineBytes();
    }

    /** Takes in the receipt that is the body: one line, which may end in one line feed. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Consumes({MediaType.APPLICATION_JSON, "application/x-ndjson"})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "submitReceipt", summary = "Takes one receipt into the ledger", description = "The body is stored byte for "
            + "byte. The answer comes when it is in the ledger and on the disk. Its key must be among those that the tenant trusts.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "201", description = "In the ledger", content = @Content(schema = @Schema(implementation = IntakeAnswer.class)))
    @APIResponse(responseCode = "200", description = "The ledger had the same bytes before")
    @APIResponse(responseCode = "403", description = "The receipt is another tenant's, or the tenant is not active")
    @APIResponse(responseCode = "409", description = "The ledger has another receipt of this id")
    @APIResponse(responseCode = "422", description = "Signature, time or content is not accepted")
    @APIResponse(responseCode = "503", description = "Nothing was promised; try again")
    public Uni<RestResponse<IntakeAnswer>> submit(InputStream body, @HeaderParam("Content-Length") @Nullable Long length,
            @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_WRITE_ALL, TenantAccess.HEADER);
        byte[] line = ReceiptBody.read(body, length, maxBytes);
        return intake.submit(whose, List.of(line), false).map(outcomes -> answer(outcomes.get(0)));
    }

    private static RestResponse<IntakeAnswer> answer(SubmitOutcome<LedgerPlace> outcome) {
        if (outcome instanceof SubmitOutcome.Stored<LedgerPlace> stored) {
            return RestResponse.ResponseBuilder
                    .create(RestResponse.Status.fromStatusCode(stored.status()), IntakeAnswer.of(stored)).build();
        }
        if (outcome instanceof SubmitOutcome.Refused<LedgerPlace> refused) {
            throw ReceiptProblem.of(refused.id(), refused.refusal());
        }
        throw ReceiptProblem.unavailable(((SubmitOutcome.Unavailable<LedgerPlace>) outcome).detail());
    }
}
