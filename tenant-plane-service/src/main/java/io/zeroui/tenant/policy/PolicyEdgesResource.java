package io.zeroui.tenant.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is active where, in a tenant. */
@Path("/v1/policy/edges")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy", description = "A tenant's policies: the mirror, and the edges that follow it")
public class PolicyEdgesResource {

    private final TenantPolicies policies;
    private final PolicyEdges edges;
    private final TenantAccess tenants;
    private final Clock clock;

    PolicyEdgesResource(TenantPolicies policies, PolicyEdges edges, TenantAccess tenants, Clock clock) {
        this.policies = policies;
        this.edges = edges;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * The fleet.
     *
     * @param mirror what this plane has
     * @param items what its edges said last, those of the last start of this service
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Fleet(Place mirror, List<Place> items) {
    }

    /**
     * What is active in one place.
     *
     * @param edgeId which edge; absent for the mirror
     * @param rootVersion newest root that is believed; 0 for none
     * @param release version of the release that is active; 0 for none
     * @param fresh whether it was the newest not long ago, and nothing of it has expired
     * @param upToDate whether it is the mirror's
     * @param objection why the last delivery was refused; absent where it was not
     * @param detail the same in words
     * @param saidAt when an edge said so; absent for the mirror
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(@Nullable String edgeId, long rootVersion, long release, boolean fresh, boolean upToDate,
            @Nullable PolicyObjection objection, @Nullable String detail, @Nullable Instant saidAt) {
    }

    /** The mirror and all edges that have been heard of. */
    @GET
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listPolicyEdges", summary = "Which release of the tenant's policies is active on which edge, and what was refused")
    public Uni<Fleet> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenants.get(tenant, Permission.POLICY_READ_ALL, TenantAccess.HEADER);
        return policies.state(whose).map(state -> {
            long release = release(state);
            return new Fleet(new Place(null, state.rootVersion(), release, state.isFresh(clock.instant()), true, state.objection(),
                    state.detail(), null), edges.of(whose).stream().map(report -> place(report, release)).toList());
        });
    }

    private static long release(PolicyMirror.State state) {
        PolicyTrust active = state.active();
        Targets targets = active == null ? null : active.targets();
        return targets == null ? 0 : targets.version();
    }

    private static Place place(Report report, long newest) {
        return new Place(report.edge().value(), report.said().rootVersion(), report.said().targetsVersion(), report.said().fresh(),
                report.said().targetsVersion() == newest, report.said().objection(), report.said().detail(), report.said().at());
    }
}
