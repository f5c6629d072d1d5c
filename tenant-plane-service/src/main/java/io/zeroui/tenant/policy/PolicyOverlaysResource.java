package io.zeroui.tenant.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.governance.ActBody;
import io.zeroui.tenant.policy.OverlayBook.Change;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a tenant adds to the policies that are released for it; always something stricter. */
@Path("/v1/policy/overlays")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy", description = "A tenant's policies: the mirror, and the edges that follow it")
public class PolicyOverlaysResource {

    private static final int CHANGES_MOST = 100;

    private final PolicyOverlays overlays;
    private final TenantAccess tenants;
    private final Callers callers;

    PolicyOverlaysResource(PolicyOverlays overlays, TenantAccess tenants, Callers callers) {
        this.overlays = overlays;
        this.tenants = tenants;
        this.callers = callers;
    }

    /**
     * What is added.
     *
     * @param version of the tenant's overlay; 0 while there is none
     * @param items by policy
     * @param changes the last ones, the newest first; at most 100
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Overlays(long version, List<OverlayRule> items, List<OverlayChange> changes) {
    }

    /**
     * A change.
     *
     * @param version of the overlay from then on
     * @param policyId of which policy
     * @param rule what was added; absent where it was taken back
     * @param by who
     * @param at when
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OverlayChange(long version, String policyId, @Nullable OverlayRule rule, String by, Instant at, String reason) {

        static OverlayChange of(Change change) {
            return new OverlayChange(change.overlay().version(), change.policyId(), change.rule(), change.by(), change.at(), change.reason());
        }
    }

    /** What is added to the tenant's policies. */
    @GET
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listPolicyOverlays", summary = "What the tenant adds to its policies, and who did so and why")
    public Uni<Overlays> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        return overlays.get(tenants.get(tenant, Permission.POLICY_READ_ALL, TenantAccess.HEADER), CHANGES_MOST).map(added -> {
            TenantOverlay overlay = added.overlay();
            return new Overlays(overlay == null ? 0 : overlay.version(), overlay == null ? List.of() : overlay.rules(),
                    added.changes().stream().map(OverlayChange::of).toList());
        });
    }

    /** Makes a policy stricter for the tenant. */
    @PUT
    @Path("{policy}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "setPolicyOverlay", summary = "Makes a policy stricter on the tenant's edges, whatever version they have; enforcement (warn, "
            + "soft_block or hard_block: the least), fail_mode (closed), at least one of them; reason is required")
    @APIResponse(responseCode = "404", description = "No release of the tenant has that policy")
    @APIResponse(responseCode = "409", description = "Nothing would be stricter than it was signed")
    public Uni<OverlayRule> set(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("policy") String policy,
            byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.POLICY_RELEASE_ALL, TenantAccess.HEADER);
        ActBody wish = ActBody.parse(body, "enforcement", "fail_mode");
        Enforcement enforcement = wish.parsed("enforcement", Enforcement::ofKey);
        FailMode mode = wish.parsed("fail_mode", FailMode::ofKey);
        Why why = wish.why(callers.current().subject());
        OverlayRule rule = rule(policy, enforcement, mode);
        return overlays.add(whose, rule, why.by(), why.reason()).replaceWith(rule);
    }

    /** Takes back what was added to a policy: it counts as it was signed. */
    @POST
    @Path("{policy}/removal")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.POLICY_RELEASE)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "removePolicyOverlay", summary = "Takes back what was added to a policy: it counts as it was signed; reason is required")
    @APIResponse(responseCode = "404", description = "Nothing is added to that policy")
    public Uni<Overlays> remove(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("policy") String policy,
            byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.POLICY_RELEASE_ALL, TenantAccess.HEADER);
        Why why = ActBody.parse(body).why(callers.current().subject());
        return overlays.takeBack(whose, policy, why.by(), why.reason()).map(now -> new Overlays(now.version(), now.rules(), List.of()));
    }

    private static OverlayRule rule(String policy, @Nullable Enforcement enforcement, @Nullable FailMode mode) {
        try {
            return new OverlayRule(policy, enforcement == null ? null : enforcement.key(), mode == null ? null : mode.key());
        } catch (InvalidEvent e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    "enforcement must be warn, soft_block or hard_block, or fail_mode closed: an overlay only makes stricter",
                    Map.of("member", mode == FailMode.OPEN ? "fail_mode" : "enforcement"));
        }
    }
}
