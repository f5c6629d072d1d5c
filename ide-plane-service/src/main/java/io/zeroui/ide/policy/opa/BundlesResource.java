package io.zeroui.ide.policy.opa;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.ide.policy.ActivePolicies;
import io.zeroui.ide.policy.ActivePolicies.ActivePolicy;
import io.zeroui.ide.policy.EdgePolicies;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.bundles.BundleAnswers;
import io.zeroui.runtime.policy.bundles.BundleAnswers.Present;
import io.zeroui.runtime.policy.bundles.BundlePlan;
import io.zeroui.runtime.policy.bundles.PolicyBundle;
import io.zeroui.runtime.policy.bundles.PolicyBundles;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The policies that count on this edge as bundles of OPA. */
@Path("/v1/bundles")
@Produces(PolicyBundle.MEDIA_TYPE)
@Tag(name = "policy", description = "Policies that count on this edge")
public class BundlesResource {

    private final EdgePolicies policies;
    private final PolicyBundles bundles;
    private final BundleAnswers answers;
    private final ReceiptWorkers workers;
    private final Clock clock;

    BundlesResource(EdgePolicies policies, PolicyBundles bundles, BundleAnswers answers, ReceiptWorkers workers, Clock clock) {
        this.policies = policies;
        this.bundles = bundles;
        this.answers = answers;
        this.workers = workers;
        this.clock = clock;
        policies.whenTaken(() -> answers.changed(policies.tenant()));
    }

    /** A bundle: of all policies, or of one. */
    @GET
    @Path("{name}")
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "getBundle", summary = "The policies that are active on this edge as a bundle of OPA: `policies`, or the id of one")
    @APIResponse(responseCode = "200", description = "The bundle: a tarball, compressed with gzip, with a strong ETag")
    @APIResponse(responseCode = "304", description = "The bundle that If-None-Match names, also after waiting as long as Prefer: wait=N says")
    @APIResponse(responseCode = "404", description = "No release is active here, or no version of that policy is for this edge")
    @APIResponse(responseCode = "503", description = "Too many callers wait")
    public Uni<RestResponse<byte[]>> get(@PathParam("name") String name, @HeaderParam("If-None-Match") @Nullable String known,
            @HeaderParam("Prefer") @Nullable String prefer) {
        return answers.answer(policies.tenant(), known, prefer, () -> workers.read(() -> present(name)));
    }

    private Present present(String name) throws Exception {
        Instant now = clock.instant();
        PolicyMirror.State state = policies.state();
        ActivePolicies active = policies.active();
        BundlePlan plan = active.targetsVersion() == 0 ? null
                : BundlePlan.of(policies.tenant(), name, active.targetsVersion(), state.isFresh(now), active.terms(), now)
                        .map(signed -> signed.with(active::added)).orElse(null);
        if (plan == null) {
            throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_NOT_FOUND.status(),
                    "No release is active here, or no policy of it has this name", Map.of("release", active.targetsVersion()));
        }
        return Present.of(bundles.of(plan, policy -> snapshot(active, policy)), plan, state.freshUntil());
    }

    private static ObjectNode snapshot(ActivePolicies active, PolicyVersion policy) throws PolicyRefused {
        ActivePolicy one = active.byId().get(policy.policyId());
        if (one == null) {
            throw new PolicyRefused(PolicyObjection.NOT_A_TARGET, "nothing promises " + policy.id());
        }
        return one.snapshot();
    }
}
