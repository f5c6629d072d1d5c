package io.zeroui.ide.policy.opa;

import io.zeroui.contracts.access.Permission;
import io.zeroui.ide.policy.EdgePolicies;
import io.zeroui.runtime.policy.opa.OpaInstances;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes what OPAs on this machine say of themselves; who may fetch a bundle may say what became of it. */
@Path("/v1/status")
@Tag(name = "policy", description = "Policies that count on this edge")
public class OpaReportsResource {

    private final EdgePolicies policies;
    private final OpaInstances instances;

    OpaReportsResource(EdgePolicies policies, OpaInstances instances) {
        this.policies = policies;
        this.instances = instances;
    }

    /** Notes a report. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "reportOpaStatus", summary = "What an OPA has: a report in the form of OPA's status API")
    public RestResponse<Void> report(byte[] report) {
        instances.note(policies.tenant(), report);
        return RestResponse.ok();
    }
}
