package io.zeroui.tenant.policy.opa;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.contracts.policy.release.ReleaseChoice;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.policy.bundles.BundleAnswers;
import io.zeroui.runtime.policy.bundles.BundleAnswers.Present;
import io.zeroui.runtime.policy.bundles.BundlePlan;
import io.zeroui.runtime.policy.bundles.PolicyBundle;
import io.zeroui.runtime.policy.bundles.PolicyBundles;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.policy.FollowingEdges;
import io.zeroui.tenant.policy.PolicyOverlays;
import io.zeroui.tenant.policy.TenantPolicies;
import io.zeroui.tenant.policy.TenantPolicies.Mirrored;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A tenant's policies as bundles of OPA. */
@Path("/v1/bundles")
@Produces(PolicyBundle.MEDIA_TYPE)
@Tag(name = "policy", description = "A tenant's policies: the mirror, and the edges that follow it")
public class BundlesResource {

    private static final int REPOS_MOST = 64;
    private static final int RETRIES = 2;

    private final TenantPolicies policies;
    private final PolicyOverlays overlays;
    private final FollowingEdges edges;
    private final PolicyBundles bundles;
    private final BundleAnswers answers;
    private final TenantAccess tenants;
    private final Clock clock;

    BundlesResource(TenantPolicies policies, PolicyOverlays overlays, FollowingEdges edges, PolicyBundles bundles, BundleAnswers answers,
            TenantAccess tenants, Clock clock) {
        this.policies = policies;
        this.overlays = overlays;
        this.edges = edges;
        this.bundles = bundles;
        this.answers = answers;
        this.tenants = tenants;
        this.clock = clock;
        policies.whenChanged(answers::changed);
    }

    /** What is asked for: of which edge, null for what is for everyone, that works on which repositories. */
    private record Wanted(TenantId tenant, String name, @Nullable EdgeId edge, Set<RepoId> repos) {

        Map<PolicyVersion, ReleaseTerms> choose(Map<PolicyVersion, ReleaseTerms> released) {
            return edge == null ? ReleaseChoice.ofEveryone(released) : ReleaseChoice.of(released, edge, repos);
        }
    }

    /** A bundle: of all policies, or of one. */
    @GET
    @Path("{name}")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getBundle", summary = "A tenant's policies as a bundle of OPA: `policies`, or the id of one")
    @Parameter(name = "edge", description = "An edge of the tenant: the versions that are for it; without it those that are for everyone")
    @Parameter(name = "repo", description = "A repository that the edge works on; only the edge itself knows all of them")
    @APIResponse(responseCode = "200", description = "The bundle: a tarball, compressed with gzip, with a strong ETag")
    @APIResponse(responseCode = "304", description = "The bundle that If-None-Match names, also after waiting as long as Prefer: wait=N says")
    @APIResponse(responseCode = "404", description = "No release is here, no version of that policy is for the caller, or the edge is none of the tenant's")
    @APIResponse(responseCode = "503", description = "Too many callers wait")
    public Uni<RestResponse<byte[]>> get(@PathParam("name") String name, @QueryParam("edge") @Nullable String edge,
            @QueryParam("repo") List<String> repos, @HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @HeaderParam("If-None-Match") @Nullable String known, @HeaderParam("Prefer") @Nullable String prefer) {
        TenantId whose = tenants.get(tenant, Permission.POLICY_READ_ALL, TenantAccess.HEADER);
        Wanted wanted = new Wanted(whose, name, edge(whose, edge), repos(repos));
        return answers.answer(whose, known, prefer, () -> present(wanted));
    }

    private Uni<Present> present(Wanted wanted) {
        return policies.mirrored(wanted.tenant())
                .map(Unchecked.function(mirrored -> present(wanted, mirrored)))
                .onFailure(PolicyRefused.class).retry().atMost(RETRIES) // another release came, and files of the last one are gone
                .onFailure(PolicyRefused.class).transform(damaged -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "The policies on the disk are not those that were signed: " + damaged.getMessage()));
    }

    private Present present(Wanted wanted, Mirrored mirrored) throws Exception {
        Instant now = clock.instant();
        TenantOverlay overlay = overlays.now(wanted.tenant());
        BundlePlan plan = mirrored.release() == 0 ? null
                : BundlePlan.of(wanted.tenant(), wanted.name(), mirrored.release(), mirrored.state().isFresh(now), wanted.choose(mirrored.terms()), now)
                        .map(signed -> overlay == null ? signed : signed.with(overlay::of)).orElse(null);
        if (plan == null) {
            throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_NOT_FOUND.status(),
                    "The tenant has no release, or no policy of it has this name and is for who asks", Map.of("release", mirrored.release()));
        }
        return Present.of(bundles.of(plan, mirrored::snapshot), plan, mirrored.state().freshUntil());
    }

    private @Nullable EdgeId edge(TenantId tenant, @Nullable String named) {
        if (named == null) {
            return null;
        }
        try {
            EdgeId edge = EdgeId.of(named);
            if (edges.isOf(tenant, edge)) {
                return edge;
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), String.valueOf(e.getMessage()),
                    Map.of("parameter", "edge"));
        }
        throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_NOT_FOUND.status(), "The tenant has no such edge",
                Map.of("parameter", "edge"));
    }

    private static Set<RepoId> repos(List<String> named) {
        if (named.size() > REPOS_MOST) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    "At most " + REPOS_MOST + " repositories are named", Map.of("parameter", "repo"));
        }
        try {
            return named.stream().map(RepoId::of).collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), String.valueOf(e.getMessage()),
                    Map.of("parameter", "repo"));
        }
    }
}
