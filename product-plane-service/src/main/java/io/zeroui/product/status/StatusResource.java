package io.zeroui.product.status;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.product.policy.LifecycleStatus;
import io.zeroui.product.policy.gates.RolloutGatekeeper;
import io.zeroui.product.policy.index.IndexDigest;
import io.zeroui.product.policy.index.PolicyIndexer;
import io.zeroui.product.policy.publication.ReleasePublisher;
import io.zeroui.product.policy.registry.SnapshotSigner;
import io.zeroui.product.reports.CountTotals;
import io.zeroui.product.reports.ReceiptCounts;
import io.zeroui.product.witness.WitnessSigner;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.telemetry.TelemetryReports;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How this plane is doing; answers also while its database is down. */
@Path("/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "status", description = "How this plane is doing")
public class StatusResource {

    private final TelemetryReports reports;
    private final DatabaseSchema schema;
    private final ReceiptCounts counts;
    private final WitnessSigner witness;
    private final SnapshotSigner snapshots;
    private final ReleasePublisher publisher;
    private final PolicyIndexer indexer;
    private final RolloutGatekeeper gatekeeper;

    StatusResource(TelemetryReports reports, DatabaseSchema schema, ReceiptCounts counts, WitnessSigner witness,
            SnapshotSigner snapshots, ReleasePublisher publisher, PolicyIndexer indexer, RolloutGatekeeper gatekeeper) {
        this.reports = reports;
        this.schema = schema;
        this.counts = counts;
        this.witness = witness;
        this.snapshots = snapshots;
        this.publisher = publisher;
        this.indexer = indexer;
        this.gatekeeper = gatekeeper;
    }

    /** State, channels and counts. */
    @GET
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Operation(operationId = "status", summary = "State, channels and counts of this plane")
    public Uni<PlaneStatus> status() {
        Uni<@Nullable CountTotals> evidence = counts.totals().onFailure(ProblemException.class).recoverWithNull();
        return reports.report()
                .chain(report -> evidence.map(totals -> new PlaneStatus(report, schema.state(), witness(),
                        LifecycleStatus.of(snapshots, publisher, indexer, gatekeeper), totals)));
    }

    /** Fingerprint of what is computed from files: the same after it was rebuilt from them. */
    @GET
    @Path("digest")
    @RequiresPermission(value = Permission.STATUS_READ, planeWide = true)
    @Operation(operationId = "digest", summary = "Number of rows and SHA-256 of the index of policies")
    public Uni<IndexDigest> digest() {
        return indexer.digest();
    }

    private String witness() {
        return witness.verifier().map(VerifierKey::format).orElse("none: ZEROUI_WITNESS_KEY is not set");
    }
}
