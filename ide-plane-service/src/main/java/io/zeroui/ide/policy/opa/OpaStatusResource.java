package io.zeroui.ide.policy.opa;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.access.Permission;
import io.zeroui.ide.policy.EdgePolicies;
import io.zeroui.runtime.policy.opa.OpaInstance;
import io.zeroui.runtime.policy.opa.OpaInstances;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which OPAs follow this edge. */
@Path("/v1/policy/opa-status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy", description = "Policies that count on this edge")
public class OpaStatusResource {

    private final EdgePolicies policies;
    private final OpaInstances instances;

    OpaStatusResource(EdgePolicies policies, OpaInstances instances) {
        this.policies = policies;
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
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "listOpaStatus", summary = "Which bundles are active in the OPAs that report to this edge, and what failed")
    public Opas list() {
        return new Opas(instances.of(policies.tenant()));
    }
}
