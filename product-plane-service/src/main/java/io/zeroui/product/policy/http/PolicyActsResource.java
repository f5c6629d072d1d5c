package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyActCodec;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.product.policy.PolicyLifecycle;
import io.zeroui.product.policy.PolicyProblem;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is done to a version of a policy. Each answers the version as it stands then, and 409 where it is not allowed. */
@Path("/v1/policies/{id}/versions/{version}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "policies", description = "Tenants' policies, from draft to revocation")
public class PolicyActsResource {

    private static final String REFUSED = "The act is not allowed now; error.details.reason says why";

    private final PolicyLifecycle policies;
    private final PolicyCalls calls;

    PolicyActsResource(PolicyLifecycle policies, PolicyCalls calls) {
        this.policies = policies;
        this.calls = calls;
    }

    /** Gives a draft to review. */
    @POST
    @Path("submission")
    @RequiresPermission(Permission.POLICY_AUTHOR)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "submitPolicy", summary = "Gives a draft to review; reason")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> submit(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = calls.of(tenant, Permission.POLICY_AUTHOR_ALL);
        return act(call, id, version, PolicyBody.parse(body, "reason").reason(), new Deed.Submitted());
    }

    /** Approves what is in review. */
    @POST
    @Path("approval")
    @RequiresPermission(Permission.POLICY_APPROVE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "approvePolicy", summary = "Approves what is in review, by somebody else than its author; reason")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> approve(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = calls.of(tenant, Permission.POLICY_APPROVE_ALL);
        return act(call, id, version, PolicyBody.parse(body, "reason").reason(), new Deed.Approved());
    }

    /** Rejects what is in review. */
    @POST
    @Path("rejection")
    @RequiresPermission(Permission.POLICY_APPROVE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "rejectPolicy", summary = "Rejects what is in review, for good; reason is required")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> reject(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = calls.of(tenant, Permission.POLICY_APPROVE_ALL);
        return act(call, id, version, PolicyBody.parse(body, "reason").requiredReason(), new Deed.Rejected());
    }

    /** Gives an approved version to edges. */
    @POST
    @Path("release")
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "releasePolicy", summary = "Gives an approved version to edges; rollout (basis_points, edges, repos; everyone if absent), "
            + "fail_mode (open or closed; open if absent), reason")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> release(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = release(tenant);
        PolicyBody wish = PolicyBody.parse(body, "rollout", "fail_mode", "reason");
        FailMode mode = wish.find("fail_mode", FailMode::ofKey);
        return act(call, id, version, wish.reason(), new Deed.Released(rollout(wish), mode == null ? FailMode.OPEN : mode));
    }

    /** Gives a released version to more edges. */
    @POST
    @Path("promotion")
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "promotePolicy", summary = "Gives a released version to more edges; rollout (everyone if absent), which supersedes older "
            + "versions once it is for everyone; reason")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> promote(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = release(tenant);
        PolicyBody wish = PolicyBody.parse(body, "rollout", "reason");
        return act(call, id, version, wish.reason(), new Deed.Promoted(rollout(wish)));
    }

    /** Takes a released version from all edges. */
    @POST
    @Path("halt")
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "haltPolicy", summary = "Takes a released version from all edges until it is promoted again; reason is required")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> halt(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        return act(release(tenant), id, version, PolicyBody.parse(body, "reason").requiredReason(), new Deed.Halted());
    }

    /** Switches a released version off, or on again. */
    @POST
    @Path("kill")
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "killPolicy", summary = "Switches a released version off where it is, until a time: killed_until, null to switch it on; "
            + "reason is required")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> kill(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = release(tenant);
        PolicyBody wish = PolicyBody.parse(body, "killed_until", "reason");
        if (!wish.has("killed_until")) {
            throw PolicyProblem.invalid("killed_until", "is required: a time, or null to switch the version on again");
        }
        Instant until = wish.time("killed_until");
        return act(call, id, version, wish.requiredReason(), new Deed.Killed(until));
    }

    /** Ends the use of a version for good. */
    @POST
    @Path("revocation")
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "revokePolicy", summary = "Ends the use of a version for good; reason is required")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> revoke(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        return act(release(tenant), id, version, PolicyBody.parse(body, "reason").requiredReason(), new Deed.Revoked());
    }

    private PolicyCalls.Call release(@Nullable String tenant) {
        return calls.of(tenant, Permission.POLICY_RELEASE_ALL);
    }

    private Uni<ObjectNode> act(PolicyCalls.Call call, String id, String version, String reason, Deed deed) {
        return policies.act(call.tenant(), PolicyCalls.id(id, version), call.by(), reason, deed)
                .map(outcome -> PolicyViews.entry(outcome.entry()).put("published", outcome.published()));
    }

    private static Rollout rollout(PolicyBody wish) {
        ObjectNode given = wish.object("rollout");
        try {
            return given == null ? Rollout.everyone() : PolicyActCodec.rollout(given);
        } catch (IllegalArgumentException e) {
            throw PolicyProblem.invalid("rollout", "is not valid: " + e.getMessage());
        }
    }
}
