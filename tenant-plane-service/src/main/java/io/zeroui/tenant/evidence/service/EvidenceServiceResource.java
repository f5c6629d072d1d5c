package io.zeroui.tenant.evidence.service;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.LimitsConfig;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.LedgerStatus;
import io.zeroui.tenant.evidence.ReceiptIntake;
import io.zeroui.tenant.evidence.export.ExportConfig;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.merkle.LogSigner;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The evidence API about itself. */
@Path("/v1/evidence")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence", description = "Receipts in the tenants' ledgers")
public class EvidenceServiceResource {

    private static final int UNAVAILABLE = 503;

    private final LedgerStatus status;
    private final TotalsStore totals;
    private final ReceiptIntake intake;
    private final LogSigner signer;
    private final LedgerFolders folders;
    private final IntakeConfig intakeConfig;
    private final ExportConfig exportConfig;
    private final LimitsConfig limits;
    private final TenantAccess tenants;

    EvidenceServiceResource(LedgerStatus status, TotalsStore totals, ReceiptIntake intake, LogSigner signer,
            LedgerFolders folders, IntakeConfig intakeConfig, ExportConfig exportConfig, LimitsConfig limits,
            TenantAccess tenants) {
        this.status = status;
        this.totals = totals;
        this.intake = intake;
        this.signer = signer;
        this.folders = folders;
        this.intakeConfig = intakeConfig;
        this.exportConfig = exportConfig;
        this.limits = limits;
        this.tenants = tenants;
    }

    /**
     * Whether the ledger works.
     *
     * @param status {@code up}, {@code behind} while the index or the logs follow, {@code starting}
     * @param indexLag receipts that are durable and not indexed, over all tenants
     * @param logLag receipts that no checkpoint has yet, over all tenants
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Health(String status, long indexLag, long logLag) {
    }

    /**
     * A tenant's figures of this moment.
     *
     * @param receipts indexed
     * @param courierBatches recorded
     * @param underWay receipts that came over HTTP and are not answered yet
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Metrics(String tenantId, long receipts, long courierBatches, long underWay) {
    }

    /** Whether receipts are taken and found; 503 while the ledgers are being recovered. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("health")
    @Operation(operationId = "getEvidenceHealth", summary = "Whether the ledger takes receipts, and how far its index is behind")
    public Uni<Response> health() {
        return status.report().map(report -> {
            boolean recovered = "recovered".equals(report.ledger());
            String text = !recovered ? "starting" : report.caughtUp() ? "up" : "behind";
            return Response.status(recovered ? Response.Status.OK.getStatusCode() : UNAVAILABLE)
                    .entity(new Health(text, report.indexLag(), report.logLag())).build();
        });
    }

    /** How much there is of the tenant. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("metrics")
    @Operation(operationId = "getEvidenceMetrics", summary = "How many receipts and courier batches the tenant has")
    public Uni<Metrics> metrics(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        return totals.of(whose).map(found -> new Metrics(whose.value(), found.receipts(), found.courierBatches(),
                intake.underWay(whose)));
    }

    /** How the API is set for the tenant. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Path("config")
    @Operation(operationId = "getEvidenceConfig", summary = "Limits, bounds, retention, log origin and formats")
    public EvidenceConfigAnswer config(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.EVIDENCE_READ_ALL, TenantAccess.HEADER);
        return new EvidenceConfigAnswer(whose.value(), folders.region().value(), EvidenceConfigAnswer.limits(limits),
                EvidenceConfigAnswer.Intake.of(intakeConfig), EvidenceConfigAnswer.Exports.of(exportConfig), "unlimited",
                signer.verifier(whose).map(key -> key.name()).orElse(null), EvidenceConfigAnswer.Formats.ALL);
    }
}
