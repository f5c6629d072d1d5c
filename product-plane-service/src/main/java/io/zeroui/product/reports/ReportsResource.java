package io.zeroui.product.reports;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports over the receipts of a tenant. */
@Path("/v1/reports/receipts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reports", description = "How many receipts a tenant's ledger has")
public class ReportsResource {

    private final ReceiptCounts counts;
    private final ReportsConfig config;
    private final TenantAccess tenants;

    ReportsResource(ReceiptCounts counts, ReportsConfig config, TenantAccess tenants) {
        this.counts = counts;
        this.config = config;
        this.tenants = tenants;
    }

    /** Counts per day, kind, gate and status, in pages. */
    @GET
    @RequiresPermission(Permission.REPORTS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "receiptReport", summary = "Counts per day, kind, gate and status, in pages")
    @APIResponse(responseCode = "200", description = "One page of counts")
    @APIResponse(responseCode = "400", description = "A parameter is missing or wrong")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public Uni<ReceiptReport> report(@BeanParam ReportParameters parameters) {
        return counts.report(query(parameters));
    }

    /** Counts per day. */
    @GET
    @RequiresPermission(Permission.REPORTS_READ)
    @Limited(RateLimit.QUERY)
    @Path("daily")
    @Operation(operationId = "dailyReport", summary = "Counts per day, with decisions by status")
    @APIResponse(responseCode = "200", description = "The days that have receipts")
    @APIResponse(responseCode = "400", description = "A parameter is missing or wrong")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public Uni<DailyReport> daily(@BeanParam ReportParameters parameters) {
        return counts.daily(query(parameters));
    }

    private ReportQuery query(ReportParameters parameters) {
        TenantId tenant = tenants.get(parameters.tenant, Permission.REPORTS_READ_ALL, "tenant");
        return ReportQuery.of(tenant, parameters, config, LocalDate.now(ZoneOffset.UTC));
    }
}
