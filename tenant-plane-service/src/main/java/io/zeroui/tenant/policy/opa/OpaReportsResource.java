package io.zeroui.tenant.policy.opa;

import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.policy.opa.OpaInstances;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Takes what a tenant's OPAs say of themselves; who may fetch a bundle may say what became of it. */
@Path("/v1/status")
@Tag(name = "policy", description = "A tenant's policies: the mirror, and the edges that follow it")
public class OpaReportsResource {

    private final TenantAccess tenants;
    private final OpaInstances instances;

    OpaReportsResource(TenantAccess tenants, OpaInstances instances) {
        this.tenants = tenants;
        this.instances = instances;
    }

    /** Notes a report. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "reportOpaStatus", summary = "What an OPA has: a report in the form of OPA's status API")
    public RestResponse<Void> report(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, byte[] report) {
        TenantId whose = tenants.get(tenant, Permission.POLICY_READ_ALL, TenantAccess.HEADER);
        instances.note(whose, report);
        return RestResponse.ok();
    }
}
