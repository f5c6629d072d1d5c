package io.zeroui.shared.status;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.telemetry.TelemetryReports;
import io.zeroui.shared.journal.JournalDigest;
import io.zeroui.shared.journal.JournalIndexer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How this plane is doing; answers also while its database is down. */
@Path("/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "status", description = "How this plane is doing")
public class StatusResource {

    private final TelemetryReports reports;
    private final DatabaseSchema schema;
    private final JournalIndexer indexer;

    StatusResource(TelemetryReports reports, DatabaseSchema schema, JournalIndexer indexer) {
        this.reports = reports;
        this.schema = schema;
        this.indexer = indexer;
    }

    /** State, channels and counts. */
    @GET
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Operation(operationId = "status", summary = "State, channels and counts of this plane")
    public Uni<PlaneStatus> status() {
        return reports.report().map(report -> new PlaneStatus(report, schema.state(), indexer.isCaughtUp(), indexer.failure()));
    }

    /** Fingerprint of what is computed from files: the same after it was rebuilt from them. */
    @GET
    @Path("digest")
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Operation(operationId = "digest", summary = "Number of rows and SHA-256 of what is computed from the journals")
    public Uni<JournalDigest> digest() {
        return indexer.digest();
    }
}
