package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyActCodec;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutPlan;
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
import java.util.Set;
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
            + "fail_mode (open or closed; open if absent), reason; gate (min_receipts, max_override_rate, max_block_rate, max_degraded_rate) and "
            + "steps ([{percent, bake}], the first one is the rollout's share) by which it halts and widens by itself; evaluation, a gate of the "
            + "evaluations that must have passed its content before each next step")
    @APIResponse(responseCode = "400", description = "A member is not valid; error.details.member is its name")
    @APIResponse(responseCode = "409", description = REFUSED)
    public Uni<ObjectNode> release(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = release(tenant);
        PolicyBody wish = PolicyBody.parse(body, "rollout", "fail_mode", "gate", "steps", "evaluation", "reason");
        RolloutPlan plan = wish.plan();
        FailMode mode = wish.find("fail_mode", FailMode::ofKey);
        return act(call, id, version, wish.reason(), new Deed.Released(rollout(wish, plan), mode == null ? FailMode.OPEN : mode, plan));
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

    /** Gives everyone the content of an earlier version again. */
    @POST
    @Path("restore")
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "restorePolicy", summary = "Writes a new version with the content of this one, which was superseded, and gives it to "
            + "everyone on the terms that this one had; it needs no review, since this one was approved; reason is required")
    @APIResponse(responseCode = "200", description = "The new version; restored_from is this one")
    @APIResponse(responseCode = "409", description = "The version was never approved or released, is released, or revoked; "
            + "error.details.reason says which")
    public Uni<ObjectNode> restore(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String id,
            @PathParam("version") String version, byte @Nullable [] body) {
        PolicyCalls.Call call = release(tenant);
        return policies.restore(call.tenant(), PolicyCalls.id(id, version), call.by(), PolicyBody.parse(body, "reason").requiredReason())
                .map(outcome -> PolicyViews.entry(outcome.entry()).put("restored_from", version).put("published", outcome.published()));
    }

    private PolicyCalls.Call release(@Nullable String tenant) {
        return calls.of(tenant, Permission.POLICY_RELEASE_ALL);
    }

    private Uni<ObjectNode> act(PolicyCalls.Call call, String id, String version, String reason, Deed deed) {
        return policies.act(call.tenant(), PolicyCalls.id(id, version), call.by(), reason, deed)
                .map(outcome -> PolicyViews.entry(outcome.entry()).put("published", outcome.published()));
    }

    /** Where there are steps, the rollout's share is that of the first one. */
    private static Rollout rollout(PolicyBody wish, @Nullable RolloutPlan plan) {
        if (plan == null || plan.steps().isEmpty()) {
            return rollout(wish);
        }
        int first = plan.steps().get(0).basisPoints();
        Rollout rollout = wish.object("rollout") == null ? new Rollout(first, Set.of(), Set.of()) : rollout(wish);
        if (rollout.basisPoints() != first) {
            throw PolicyProblem.invalid("rollout", "must have the share of the first step, " + first + " basis_points");
        }
        return rollout;
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
