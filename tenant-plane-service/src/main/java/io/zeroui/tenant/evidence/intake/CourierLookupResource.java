package io.zeroui.tenant.evidence.intake;

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
import io.zeroui.tenant.evidence.courier.CourierBatches;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What couriers brought. */
@Path("/v1/evidence/courier-batches")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class CourierLookupResource {

    private static final int MAX_NAME = 128;

    private final CourierIntake couriers;
    private final CourierBatches batches;
    private final TenantAccess tenants;
    private final EvidenceReads reads;

    CourierLookupResource(CourierIntake couriers, CourierBatches batches, TenantAccess tenants,
            EvidenceReads reads) {
        this.couriers = couriers;
        this.batches = batches;
        this.tenants = tenants;
        this.reads = reads;
    }

    /** The sequence numbers of an emitter that couriers brought, and those between them that are missing. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getCourierRange", summary = "Which sequence numbers of an emitter are missing, at most 1,000 gaps")
    public Uni<RangeAnswer> range(@QueryParam("emitter_service") @Nullable String emitterService,
            @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        String emitter = name("emitter_service", emitterService);
        return reads.begin(EvidenceAction.COURIER, "emitter_service=" + emitter)
                .noting(whose, batches.range(whose, emitter).map(range -> RangeAnswer.of(emitter, range)), range -> 0);
    }

    /** A batch. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("{id}")
    @Operation(operationId = "getCourierBatch", summary = "A courier batch and the sequence numbers that are missing around it")
    public Uni<CourierAnswer> get(@PathParam("id") String id, @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        String batch = name("id", id);
        return reads.begin(EvidenceAction.COURIER, batch)
                .noting(whose, couriers.get(whose, batch).map(row -> CourierAnswer.of(whose, row)), CourierAnswer::receipts);
    }

    /** That a receipt is in a batch. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("{id}/merkle-proof")
    @Operation(operationId = "proveCourierReceipt", summary = "The inclusion proof (RFC 6962) of a receipt in a courier batch")
    public Uni<BatchProofAnswer> prove(@PathParam("id") String id, @QueryParam("receipt_id") @Nullable String receipt,
            @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        String batch = name("id", id);
        return reads.begin(EvidenceAction.COURIER, batch)
                .noting(whose, couriers.prove(whose, batch, receiptId(receipt)), proof -> 1);
    }

    private static String name(String parameter, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > MAX_NAME || text.indexOf('\0') >= 0) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    parameter + " must have 1 to " + MAX_NAME + " characters", Map.of("member", parameter));
        }
        return text;
    }

    private static ReceiptId receiptId(@Nullable String text) {
        try {
            return ReceiptId.of(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    "receipt_id: " + e.getMessage(), Map.of("member", "receipt_id"));
        }
    }
}
