package io.zeroui.tenant.evidence.merkle;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's Merkle log in the layout of C2SP tlog-tiles; {@code /v1/evidence/logs/{tenant}} is its prefix. */
@Path("/v1/evidence/logs/{tenant}")
@Tag(name = "evidence log", description = "The tenants' Merkle logs, for auditors and witnesses")
public class LogResource {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String IMMUTABLE = "max-age=604800, immutable, private";

    private final LogKeeper keeper;
    private final LogSigner signer;
    private final LogProofs proofs;
    private final TenantAccess access;
    private final EvidenceWorkers workers;

    LogResource(LogKeeper keeper, LogSigner signer, LogProofs proofs, TenantAccess access, EvidenceWorkers workers) {
        this.keeper = keeper;
        this.signer = signer;
        this.proofs = proofs;
        this.access = access;
        this.workers = workers;
    }

    /** The latest checkpoint, a signed note. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("checkpoint")
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Operation(operationId = "getLogCheckpoint", summary = "The latest signed checkpoint (C2SP tlog-checkpoint)")
    public Uni<Response> checkpoint(@PathParam("tenant") String tenant) {
        TenantId whose = tenant(tenant);
        return workers.read(() -> keeper.files(whose).checkpoint().orElseThrow(LogResource::empty))
                .map(note -> Response.ok(note, TEXT).header("Cache-Control", "no-cache").build());
    }

    /** A tile of hashes or a bundle of entries; only those that a checkpoint covers ever change no more. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("tile/{path: .+}")
    @Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
    @Operation(operationId = "getLogTile", summary = "A Merkle tile or an entry bundle (C2SP tlog-tiles)")
    public Uni<Response> tile(@PathParam("tenant") String tenant, @PathParam("path") String path) {
        TenantId whose = tenant(tenant);
        TilePath tile = tilePath("tile/" + path);
        return workers.read(() -> keeper.files(whose).find(tile).orElseThrow(LogResource::empty))
                .map(bytes -> Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE)
                        .header("Cache-Control", IMMUTABLE).build());
    }

    /** The public key that the log's checkpoints are signed with, as a vkey of C2SP signed-note. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("vkey")
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Operation(operationId = "getLogKey", summary = "The verifier key of the log (C2SP signed-note)")
    public Response key(@PathParam("tenant") String tenant) {
        TenantId whose = tenant(tenant);
        String vkey = signer.verifier(whose).map(VerifierKey::format).orElseThrow(LogResource::empty);
        return Response.ok((vkey + "\n").getBytes(StandardCharsets.UTF_8), TEXT).build();
    }

    /** That the log of one size begins like that of a later one. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.VERIFY)
    @Path("consistency")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getLogConsistency",
            summary = "The consistency proof between two sizes (RFC 9162 2.1.4); to is the latest checkpoint if not given")
    public Uni<ConsistencyAnswer> consistency(@PathParam("tenant") String tenant, @QueryParam("from") long from,
            @QueryParam("to") @Nullable Long to) {
        TenantId whose = tenant(tenant);
        return workers.read(() -> proofs.consistency(whose, from, to));
    }

    private TenantId tenant(String named) {
        return access.get(named, Permission.EVIDENCE_READ_ALL, "tenant");
    }

    private static TilePath tilePath(String path) {
        try {
            return TilePath.parse(path);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    static ProblemException empty() {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "The tenant's log does not have that");
    }
}
