package io.zeroui.ide.policy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.ide.policy.ActivePolicies.ActivePolicy;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The policies that count on this edge, for its gates; answered from memory, without database and network. */
@Path("/v1/policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy", description = "Policies that count on this edge")
public class PolicyResource {

    private final EdgePolicies policies;
    private final Clock clock;

    PolicyResource(EdgePolicies policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * The active release.
     *
     * @param status how it stands
     * @param policies without their contents
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record ActiveRelease(PolicyStatus status, List<ActivePolicyView> policies) {
    }

    /** All policies of the active release that are for this edge. */
    @GET
    @Path("active")
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "listActivePolicies", summary = "Which policies are active on this edge, and how fresh they are")
    public ActiveRelease list() {
        Instant now = clock.instant();
        PolicyStatus status = policies.status();
        return new ActiveRelease(status, policies.active().all().stream()
                .map(policy -> ActivePolicyView.of(policy, status.fresh(), now, false)).toList());
    }

    /** One of them, with its content. */
    @GET
    @Path("active/{policy}")
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "getActivePolicy", summary = "A policy that is active on this edge, with its content")
    @APIResponse(responseCode = "304", description = "The same version, in the same state, as If-None-Match says")
    @APIResponse(responseCode = "404", description = "No version of that policy is for this edge")
    public RestResponse<ActivePolicyView> get(@PathParam("policy") String policy, @HeaderParam("If-None-Match") @Nullable String known) {
        ActivePolicy active = policies.active().byId().get(policy);
        if (active == null) {
            throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_NOT_FOUND.status(),
                    "No version of that policy is for this edge", Map.of("policy_id", policy, "release", policies.active().targetsVersion()));
        }
        ActivePolicyView view = ActivePolicyView.of(active, policies.status().fresh(), clock.instant(), true);
        String added = view.overlay() == null ? "" : "-" + view.enforcement() + "-" + view.failMode();
        String tag = "\"" + view.snapshotHash().replace("sha256:", "") + "-" + view.state() + added + "\"";
        return (tag.equals(known) ? RestResponse.ResponseBuilder.<ActivePolicyView> create(RestResponse.Status.NOT_MODIFIED)
                : RestResponse.ResponseBuilder.ok(view)).header("ETag", tag).build();
    }
}
