package io.zeroui.tenant.evidence.lookup;

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
import io.zeroui.tenant.evidence.merkle.ProofAnswer;
import io.zeroui.tenant.evidence.verification.EvidenceVerifier;
import io.zeroui.tenant.evidence.verification.VerificationAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The evidence API: receipts of the ledger. */
@Path("/v1/evidence/receipts")
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class EvidenceResource {

    /** Header that names the tenant whose receipt is meant. */
    public static final String TENANT = TenantAccess.HEADER;

    private static final String NDJSON = "application/x-ndjson";

    private final EvidenceLookup lookup;
    private final EvidenceVerifier verifier;
    private final EvidenceProver prover;
    private final TenantAccess tenants;
    private final EvidenceReads reads;

    EvidenceResource(EvidenceLookup lookup, EvidenceVerifier verifier, EvidenceProver prover, TenantAccess tenants,
            EvidenceReads reads) {
        this.lookup = lookup;
        this.verifier = verifier;
        this.prover = prover;
        this.tenants = tenants;
        this.reads = reads;
    }

    /** One receipt: as JSON with its index fields, or, as {@code application/x-ndjson} or with {@code raw=true}, its bytes. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("{id}")
    @Produces({MediaType.APPLICATION_JSON, NDJSON})
    @Operation(operationId = "getReceipt", summary = "One receipt with its place in the ledger, or its stored bytes")
    public Uni<Response> get(@PathParam("id") String id, @QueryParam("raw") boolean raw,
            @HeaderParam(TENANT) @Nullable String tenant, @Context HttpHeaders headers) {
        boolean asBytes = raw || headers.getAcceptableMediaTypes().stream().findFirst()
                .filter(type -> NDJSON.equals(type.getType() + "/" + type.getSubtype())).isPresent();
        return found(EvidenceAction.READ, tenant, id).map(stored -> asBytes
                ? Response.ok(stored.bytes(), NDJSON).build()
                : Response.ok(EvidenceAnswer.of(stored), MediaType.APPLICATION_JSON_TYPE).build());
    }

    /** Whether a receipt still is what was acknowledged. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.VERIFY)
    @Path("{id}/verify")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "verifyReceipt", summary = "Checks hash, signature and chain from the stored bytes")
    public Uni<VerificationAnswer> verify(@PathParam("id") String id, @HeaderParam(TENANT) @Nullable String tenant) {
        return found(EvidenceAction.VERIFY, tenant, id).chain(stored -> verifier.verify(stored.index(), stored.bytes()));
    }

    /** What shows to somebody outside that a receipt is in the tenant's log. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.VERIFY)
    @Path("{id}/proof")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "proveReceipt", summary = "The inclusion proof of a receipt, with the signed checkpoint")
    public Uni<ProofAnswer> prove(@PathParam("id") String id, @HeaderParam(TENANT) @Nullable String tenant) {
        return found(EvidenceAction.PROVE, tenant, id).chain(prover::prove);
    }

    /** The receipt, and a record of who read it. */
    private Uni<StoredReceipt> found(EvidenceAction action, @Nullable String header, String id) {
        TenantId tenant = tenants.find(header, Permission.EVIDENCE_READ_ALL);
        ReceiptId receipt = receiptId(id);
        EvidenceReads.Begun read = reads.begin(action, receipt.value());
        Uni<StoredReceipt> stored = lookup.get(tenant, receipt);
        return tenant == null ? stored.invoke(found -> read.seen(TenantId.of(found.index().tenantId()), 1))
                : read.noting(tenant, stored, found -> 1);
    }

    private static ReceiptId receiptId(String id) {
        try {
            return ReceiptId.of(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }
}
