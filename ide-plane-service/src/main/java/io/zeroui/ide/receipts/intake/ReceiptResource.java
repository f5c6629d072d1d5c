package io.zeroui.ide.receipts.intake;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.runtime.intake.ReceiptBody;
import io.zeroui.runtime.intake.ReceiptProblem;
import io.zeroui.runtime.intake.StreamOrder;
import io.zeroui.runtime.intake.SubmitOutcome;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Takes in one receipt. */
@Path("/v1/receipts")
@Tag(name = "receipts")
public class ReceiptResource {

    private final ReceiptLog log;
    private final Callers callers;
    private final int maxBytes;
    private final Semaphore underWay;

    ReceiptResource(ReceiptLog log, ReceiptsConfig config, Callers callers) {
        this.log = log;
        this.callers = callers;
        this.maxBytes = config.maxLineBytes();
        this.underWay = new Semaphore(config.maxSingles());
    }

    /** Takes in the receipt that is the body: one line, which may end in one line feed. */
    @POST
    @RequiresPermission(Permission.RECEIPTS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Consumes({ MediaType.APPLICATION_JSON, "application/x-ndjson" })
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes in one receipt",
            description = "The body is stored byte for byte. The answer comes when it is durable on the disk.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "201", description = "Stored", content = @Content(schema = @Schema(implementation = ReceiptAnswer.class)))
    @APIResponse(responseCode = "200", description = "The same bytes were stored before")
    @APIResponse(responseCode = "202", description = "Stored; the index could not say whether the id is new")
    @APIResponse(responseCode = "409", description = "Another receipt has this id")
    @APIResponse(responseCode = "422", description = "Signature, time or content is not accepted")
    @APIResponse(responseCode = "503", description = "Nothing was promised; try again")
    public Uni<RestResponse<ReceiptAnswer>> submit(InputStream body,
            @HeaderParam("Content-Length") @Nullable Long length) {
        TenantId owner = TenantAccess.owner(callers.current(), Permission.RECEIPTS_WRITE_ALL);
        byte[] line = ReceiptBody.read(body, length, maxBytes);
        if (!underWay.tryAcquire()) {
            throw ReceiptProblem.unavailable("too many receipts are under way");
        }
        return log.submit(List.of(line), owner, new StreamOrder())
                .eventually(() -> underWay.release())
                .map(outcomes -> answer(outcomes.get(0)));
    }

    private static RestResponse<ReceiptAnswer> answer(SubmitOutcome<StoredReceipt> outcome) {
        if (outcome instanceof SubmitOutcome.Stored<StoredReceipt> stored) {
            return RestResponse.ResponseBuilder
                    .create(RestResponse.Status.fromStatusCode(stored.status()), ReceiptAnswer.of(stored))
                    .build();
        }
        if (outcome instanceof SubmitOutcome.Refused<StoredReceipt> refused) {
            throw ReceiptProblem.of(refused.id(), refused.refusal());
        }
        throw ReceiptProblem.unavailable(((SubmitOutcome.Unavailable<StoredReceipt>) outcome).detail());
    }
}
