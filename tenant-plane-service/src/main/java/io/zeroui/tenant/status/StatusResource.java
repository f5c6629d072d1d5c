package io.zeroui.tenant.status;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.tenant.evidence.LedgerStatus;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the tenant plane is. */
@Path("/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "status", description = "How this plane is")
public class StatusResource {

    private final LedgerStatus status;

    StatusResource(LedgerStatus status) {
        this.status = status;
    }

    /** Counts and lags now; figures of a database that is down are absent. */
    @GET
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Operation(operationId = "getStatus", summary = "Counts and lags of the ledger")
    public Uni<LedgerStatus.Report> status() {
        return status.report();
    }

    /** Fingerprint of the index: the same after it was rebuilt from the files. */
    @GET
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Path("digest")
    @Operation(operationId = "getDigest", summary = "Number of rows and SHA-256 of the whole index")
    public Uni<EvidenceStore.Digest> digest() {
        return status.digest();
    }
}
