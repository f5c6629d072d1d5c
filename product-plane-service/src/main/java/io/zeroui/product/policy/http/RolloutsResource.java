package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.product.policy.PolicyLifecycle;
import io.zeroui.product.policy.gates.PolicyRollouts;
import io.zeroui.product.policy.gates.WatchedVersion;
import io.zeroui.product.policy.publication.ReleasePublisher;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How a tenant's released versions fare. */
@Path("/v1/policy-rollouts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies", description = "Tenants' policies, from draft to revocation")
public class RolloutsResource {

    private final PolicyLifecycle policies;
    private final PolicyCalls calls;
    private final PolicyRollouts rollouts;
    private final ReleasePublisher publisher;

    RolloutsResource(PolicyLifecycle policies, PolicyCalls calls, PolicyRollouts rollouts, ReleasePublisher publisher) {
        this.policies = policies;
        this.calls = calls;
        this.rollouts = rollouts;
        this.publisher = publisher;
    }

    /** The released versions in pages. */
    @GET
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listPolicyRollouts", summary = "Released versions in the order of their releases, each with its share, gate, counts, "
            + "verdict and next step; after is a release's order; unpublished says why edges cannot have all of it yet")
    public Uni<ObjectNode> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = PolicyCalls.limit(limit);
        TenantId whose = calls.reader(tenant);
        return policies.read(whose, book -> released(book, after, most))
                .chain(versions -> rollouts.reports(whose, versions))
                .map(reports -> PolicyViews.items(reports.stream().map(RolloutViews::rollout).toList()))
                .invoke(page -> unpublished(page, whose));
    }

    private static List<WatchedVersion> released(PolicyBook book, long after, int most) {
        return book.released().stream()
                .filter(entry -> {
                    ReleaseTerms terms = entry.terms();
                    return terms != null && terms.order() > after;
                })
                .limit(most)
                .flatMap(entry -> WatchedVersion.of(entry, book.history(entry.id())).stream()).toList();
    }

    private void unpublished(ObjectNode page, TenantId tenant) {
        publisher.unpublished().stream().filter(one -> one.tenant().equals(tenant.value()))
                .forEach(one -> page.putObject("unpublished").put("failures", one.failures()).put("failure", one.failure()));
    }
}
