package io.zeroui.tenant.evidence.intake;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.intake.ReceiptBody;
import io.zeroui.runtime.intake.ReceiptProblem;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Takes the receipts of a courier in: all of a batch or nothing. */
@Path("/v1/evidence/receipts/courier-batch")
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class CourierBatchResource {

    private static final int TOO_LARGE = 413;

    private final CourierIntake couriers;
    /** Batches that are in memory: a few of each tenant, so that slow couriers of one hold up nobody else's. */
    private final Bulkhead slots;
    private final TenantAccess tenants;
    private final Callers callers;
    private final RateLimits limits;
    private final IntakeConfig config;

    CourierBatchResource(CourierIntake couriers, TenantAccess tenants, Callers callers, RateLimits limits, IntakeConfig config) {
        this.couriers = couriers;
        this.slots = new Bulkhead(config.couriersPerTenant(), config.couriers());
        this.tenants = tenants;
        this.callers = callers;
        this.limits = limits;
        this.config = config;
    }

    /** Takes a batch in; the same batch again is success. */
    @POST
    @RequiresPermission(Permission.EVIDENCE_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "submitCourierBatch", summary = "Takes a courier's batch of receipts into the ledger, whole or not at all",
            description = "merkle_root is the root hash of RFC 6962 over the receipts' lines: of an object its bytes as they stand in "
                    + "the body, of a string its text. sequence_numbers are as many as receipts, each greater than the one before. "
                    + "The same batch_id with the same content is success, with other content 409.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "201", description = "All of its receipts are in the ledger, and the batch is recorded",
            content = @Content(schema = @Schema(implementation = CourierAnswer.class)))
    @APIResponse(responseCode = "200", description = "The batch was recorded before")
    @APIResponse(responseCode = "400", description = "A member is not valid; error.details.member names it")
    @APIResponse(responseCode = "403", description = "The batch or a receipt is another tenant's")
    @APIResponse(responseCode = "409", description = "Another batch has this id, or the ledger another receipt of some id")
    @APIResponse(responseCode = "422", description = "The root is not that of the receipts, or a receipt is not accepted")
    public Uni<RestResponse<CourierAnswer>> submit(InputStream body, @HeaderParam("Content-Length") @Nullable Long length,
            @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_WRITE_ALL, TenantAccess.HEADER);
        RateLimits.Account account = limits.account(RateLimit.INGEST, callers.current(), Permission.EVIDENCE_WRITE, whose.value());
        if (!slots.tryTake(whose.value())) {
            throw ReceiptProblem.unavailable("too many courier batches are under way");
        }
        boolean handedOver = false;
        try {
            CourierBody batch = CourierBody.parse(read(body, length), config.courierReceipts());
            if (!batch.tenant().equals(whose)) {
                throw new ProblemException(ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN.status(),
                        "the batch names another tenant than the request is for", Map.of("path", "/tenant_id"));
            }
            account.charge(batch.lines().size() - 1L);
            handedOver = true;
            return couriers.take(whose, batch)
                    .onTermination().invoke(() -> slots.giveBack(whose.value()))
                    .map(taken -> answer(whose, taken));
        } finally {
            if (!handedOver) {
                slots.giveBack(whose.value());
            }
        }
    }

    private byte[] read(InputStream body, @Nullable Long length) {
        int most = config.courierBytes();
        byte[] bytes = length != null && length > most ? new byte[0] : ReceiptBody.readAtMost(body, most + 1);
        if (length != null && length > most || bytes.length > most) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, "a courier batch has at most " + most + " bytes",
                    Map.of("reason", "TOO_LARGE"));
        }
        return bytes;
    }

    private static RestResponse<CourierAnswer> answer(TenantId tenant, CourierIntake.Taken taken) {
        return RestResponse.ResponseBuilder.create(taken.isNew() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                CourierAnswer.of(tenant, taken.batch())).build();
    }
}
