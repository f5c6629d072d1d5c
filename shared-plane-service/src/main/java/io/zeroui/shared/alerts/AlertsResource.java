package io.zeroui.shared.alerts;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Alerts about what the planes report. */
@Path("/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts", description = "What is the matter with the planes, since when, and what was")
public class AlertsResource {

    private final Alerts alerts;
    private final AlertConfig config;
    private final Clock clock;

    AlertsResource(Alerts alerts, AlertConfig config, Clock clock) {
        this.alerts = alerts;
        this.config = config;
        this.clock = clock;
    }

    /** Alerts as they stand. */
    @GET
    @RequiresPermission(value = Permission.TELEMETRY_READ, planeWide = true)
    @Operation(operationId = "alerts", summary = "Alerts that are pending, firing, or resolved a short while ago, in pages")
    @APIResponse(responseCode = "200", description = "How many there are in all, and one page")
    @APIResponse(responseCode = "400", description = "A parameter is wrong")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public Uni<AlertPages.Alerts> list(@RestQuery @Parameter(description = "pending, firing or resolved") @Nullable String state,
            @RestQuery @Parameter(description = "warning or critical") @Nullable String severity,
            @RestQuery @Parameter(description = "ide, tenant, product or shared") @Nullable String plane,
            @RestQuery @Parameter(description = "name of a rule") @Nullable String rule,
            @RestQuery @Parameter(description = "name of an instance") @Nullable String instance,
            @RestQuery @Parameter(description = "1 to 1000, by default 100") @Nullable String limit,
            @RestQuery @Parameter(description = "next_cursor of the answer before") @Nullable String cursor) {
        return alerts.list(AlertQuery.of(state, severity, plane, rule, instance, limit, config), cursor);
    }

    /** Changes. */
    @GET
    @Path("history")
    @RequiresPermission(value = Permission.TELEMETRY_READ, planeWide = true)
    @Operation(operationId = "alertHistory", summary = "Changes of alerts, newest first, in pages")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "400", description = "A parameter is wrong")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public Uni<AlertPages.History> history(@RestQuery @Parameter(description = "RFC 3339 time; by default a week ago") @Nullable String since,
            @RestQuery @Parameter(description = "the state after the change: pending, firing or resolved") @Nullable String state,
            @RestQuery @Parameter(description = "warning or critical") @Nullable String severity,
            @RestQuery @Parameter(description = "ide, tenant, product or shared") @Nullable String plane,
            @RestQuery @Parameter(description = "name of a rule") @Nullable String rule,
            @RestQuery @Parameter(description = "name of an instance") @Nullable String instance,
            @RestQuery @Parameter(description = "1 to 1000, by default 100") @Nullable String limit,
            @RestQuery @Parameter(description = "next_cursor of the answer before") @Nullable String cursor) {
        return alerts.history(AlertQuery.of(state, severity, plane, rule, instance, limit, config), AlertQuery.since(since, clock.instant()), cursor);
    }

    /** Rules. */
    @GET
    @Path("rules")
    @RequiresPermission(value = Permission.TELEMETRY_READ, planeWide = true)
    @Operation(operationId = "alertRules", summary = "When alerts are raised, and when they end")
    @APIResponse(responseCode = "200", description = "All rules that are looked at")
    public AlertPages.Rules rules() {
        return new AlertPages.Rules(alerts.rules().stream().map(AlertPages.Rule::of).toList());
    }
}
