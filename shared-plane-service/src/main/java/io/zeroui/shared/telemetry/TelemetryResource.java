package io.zeroui.shared.telemetry;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** How the planes are doing. */
@Path("/v1/telemetry")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "telemetry", description = "Health, lag and counts of all planes, never a payload")
public class TelemetryResource {

    private final PlaneTelemetry telemetry;
    private final TelemetryStoreConfig config;

    TelemetryResource(PlaneTelemetry telemetry, TelemetryStoreConfig config) {
        this.telemetry = telemetry;
        this.config = config;
    }

    /** All planes. */
    @GET
    @RequiresPermission(value = Permission.TELEMETRY_READ, planeWide = true)
    @Path("planes")
    @Operation(operationId = "planes", summary = "The newest reports of all planes")
    @APIResponse(responseCode = "200", description = "One element per plane")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public Uni<PlaneHealth.Overview> planes() {
        return telemetry.overview();
    }

    /** One plane. */
    @GET
    @RequiresPermission(value = Permission.TELEMETRY_READ, planeWide = true)
    @Path("planes/{plane}")
    @Operation(operationId = "plane", summary = "The newest reports of one plane")
    @APIResponse(responseCode = "200", description = "The plane, also when it never reported")
    @APIResponse(responseCode = "404", description = "There is no such plane")
    public Uni<PlaneHealth> plane(
            @RestPath @Parameter(description = "ide, tenant, product or shared") String plane) {
        Plane found = HistoryQuery.plane(plane).orElseThrow(() -> new ProblemException(
                ErrorCode.RESOURCE_NOT_FOUND, "There is no such plane; there are ide, tenant, product and shared"));
        return telemetry.health(found);
    }

    /** Earlier reports. */
    @GET
    @RequiresPermission(value = Permission.TELEMETRY_READ, planeWide = true)
    @Path("history")
    @Operation(operationId = "history", summary = "Earlier reports of a plane, newest first, in pages")
    @APIResponse(responseCode = "200", description = "One page of reports")
    @APIResponse(responseCode = "400", description = "A parameter is missing or wrong")
    public Uni<TelemetryHistory> history(
            @RestQuery @Parameter(description = "ide, tenant, product or shared", required = true) @Nullable String plane,
            @RestQuery @Parameter(description = "RFC 3339 time; by default an hour ago") @Nullable String since,
            @RestQuery @Parameter(description = "1 to 1000, by default 100") @Nullable String limit,
            @RestQuery @Parameter(description = "next_cursor of the answer before") @Nullable String cursor) {
        return telemetry.history(HistoryQuery.of(plane, since, limit, cursor, config, Instant.now()));
    }
}
