package io.zeroui.runtime.policy.bundles;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a bundle's bytes depend on: equal plans make equal bundles. A moment is not part of it, but what the moment makes of the
 * policies is, so a plan changes when a release comes, a policy is stale, or its kill ends, and not in between.
 *
 * @param tenant whose policies
 * @param name {@link #ALL}, or the id of the one policy in it
 * @param release version of the targets; 0 in a bundle of one policy, which must not change because another policy does
 * @param fresh whether the release was the newest not long ago, and nothing of it has expired
 * @param parts in the order of their ids
 */
public record BundlePlan(TenantId tenant, String name, long release, boolean fresh, List<Part> parts) {

    /** The name of the bundle of all policies. */
    public static final String ALL = "policies";

    public BundlePlan {
        parts = List.copyOf(parts);
    }

    /**
     * One policy in it.
     *
     * @param policy which version
     * @param failMode what a gate does without it, the tenant's addition included
     * @param killedUntil until when it is switched off; null where it is not
     * @param added what the tenant adds to it; null for nothing
     */
    public record Part(PolicyVersion policy, FailMode failMode, @Nullable Instant killedUntil, @Nullable OverlayRule added) {

        /** {@code active}, {@code stale} or {@code killed}, as the edge's own interface calls it. */
        String state(boolean fresh) {
            return killedUntil != null ? "killed" : fresh ? "active" : "stale";
        }
    }

    /**
     * The plan of a bundle; empty where nothing has that name.
     *
     * @param chosen the versions that are for the caller, one of each policy
     */
    public static Optional<BundlePlan> of(TenantId tenant, String name, long release, boolean fresh, Map<PolicyVersion, ReleaseTerms> chosen,
            Instant now) {
        boolean all = name.equals(ALL);
        List<Part> parts = chosen.entrySet().stream().filter(one -> all || one.getKey().policyId().equals(name))
                .map(one -> new Part(one.getKey(), one.getValue().failMode(), killed(one.getValue(), now), null))
                .sorted(Comparator.comparing(Part::policy)).toList();
        return !all && parts.isEmpty() ? Optional.empty() : Optional.of(new BundlePlan(tenant, name, all ? release : 0, fresh, parts));
    }

    /**
     * The plan with what the tenant adds.
     *
     * @param overlay the addition to a policy, by its id
     */
    public BundlePlan with(Function<String, Optional<OverlayRule>> overlay) {
        return new BundlePlan(tenant, name, release, fresh, parts.stream().map(part -> overlay.apply(part.policy().policyId())
                .map(rule -> new Part(part.policy(), rule.strengthen(part.failMode()), part.killedUntil(), rule)).orElse(part)).toList());
    }

    /** When the plan will be another one by itself, if no release comes; null for never. */
    @Nullable Instant holdsUntil(@Nullable Instant freshUntil) {
        Instant earliest = fresh ? freshUntil : null;
        for (Part part : parts) {
            Instant ends = part.killedUntil();
            if (ends != null && (earliest == null || ends.isBefore(earliest))) {
                earliest = ends;
            }
        }
        return earliest;
    }

    private static @Nullable Instant killed(ReleaseTerms terms, Instant now) {
        Instant until = terms.killedUntil();
        return until != null && now.isBefore(until) ? until : null;
    }
}
