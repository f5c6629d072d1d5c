package io.zeroui.tenant.policy.opa;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.policy.opa.OpaInstance;
import io.zeroui.runtime.policy.opa.OpaInstances;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which OPAs follow a tenant's mirror. */
@Path("/v1/policy/opa-status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy", description = "A tenant's policies: the mirror, and the edges that follow it")
public class OpaStatusResource {

    private final TenantAccess tenants;
    private final OpaInstances instances;

    OpaStatusResource(TenantAccess tenants, OpaInstances instances) {
        this.tenants = tenants;
        this.instances = instances;
    }

    /**
     * OPAs.
     *
     * @param items what each said last, those since the last start of this service
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Opas(List<OpaInstance> items) {
    }

    /** What OPAs said last. */
    @GET
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listOpaStatus", summary = "Which bundles are active in the OPAs that report to this plane, and what failed")
    public Opas list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.POLICY_READ_ALL, TenantAccess.HEADER);
        return new Opas(instances.of(whose));
    }
}
