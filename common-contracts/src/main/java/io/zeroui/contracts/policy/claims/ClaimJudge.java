package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.receipts.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges one claim. An edge that was heard of with a release has that one or a newer one afterwards; of all that the mirror has handed
 * out since it may have had any, and an edge that was never heard of any at all.
 */
final class ClaimJudge {

    /** How far clocks of edges and planes may differ, or a decision may be younger than the policy that it was made by. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<Release> releases;
    private final Map<String, ReleasedVersion> known;
    private final boolean isComplete;
    private final PolicyClaim claim;
    /** Index of the oldest release that the edge can have had. */
    private final int oldest;

    /**
     * A release as it was handed out.
     *
     * @param version of its targets
     * @param since when edges could have it first; null for no bound
     * @param versions by policy id
     */
    record Release(long version, @Nullable Instant since, Map<String, List<ReleasedVersion>> versions) {

        boolean wasThere(Instant time) {
            return since == null || !time.isBefore(since.minus(TOLERANCE));
        }

        @Nullable ReleasedVersion find(ReleasedVersion of) {
            for (ReleasedVersion one : versions.getOrDefault(of.policy().policyId(), List.of())) {
                if (one.policy().equals(of.policy())) {
                    return one;
                }
            }
            return null;
        }

        /** Whether a newer version of the policy takes its place on the edge, whatever that works on. */
        boolean replaces(ReleasedVersion old, @Nullable EdgeId edge) {
            return versions.getOrDefault(old.policy().policyId(), List.of()).stream()
                    .anyMatch(one -> one.terms().order() > old.terms().order() && one.surelyReaches(edge));
        }
    }

    ClaimJudge(List<Release> releases, Map<String, ReleasedVersion> known, boolean isComplete, PolicyClaim claim, int oldest) {
        this.releases = releases;
        this.known = known;
        this.isComplete = isComplete;
        this.claim = claim;
        this.oldest = oldest;
    }

    PolicyStanding judge() {
        if (releases.isEmpty() || !releases.get(0).wasThere(claim.at())) {
            return PolicyStanding.UNJUDGED;
        }
        PolicyStanding standing = snapshot();
        for (String id : claim.policyVersionIds()) {
            ReleasedVersion version = known.get(id);
            standing = standing.and(version == null ? missing(PolicyStanding.UNKNOWN_POLICY) : version(version));
        }
        return standing;
    }

    /** What was never released here may have been before the history. */
    private PolicyStanding missing(PolicyStanding standing) {
        return isComplete ? standing : PolicyStanding.UNJUDGED;
    }

    private PolicyStanding snapshot() {
        Hash hash = claim.snapshot();
        if (hash == null) {
            return PolicyStanding.CONSISTENT;
        }
        List<String> ids = claim.policyVersionIds();
        if (ids.isEmpty()) {
            return known.values().stream().anyMatch(one -> isOf(hash, one)) ? PolicyStanding.CONSISTENT
                    : missing(PolicyStanding.WRONG_SNAPSHOT);
        }
        boolean mayBe = ids.stream().map(known::get).anyMatch(one -> one == null || isOf(hash, one));
        return mayBe ? PolicyStanding.CONSISTENT : PolicyStanding.WRONG_SNAPSHOT;
    }

    private static boolean isOf(Hash hash, ReleasedVersion version) {
        Hash snapshot = version.snapshot();
        return snapshot == null || snapshot.equals(hash);
    }

    private PolicyStanding version(ReleasedVersion version) {
        boolean wasReleased = false;
        ReleasedVersion lastHad = null;
        for (int i = releases.size() - 1; i >= 0 && lastHad == null; i--) {
            Release release = releases.get(i);
            ReleasedVersion there = release.wasThere(claim.at()) ? release.find(version) : null;
            if (there != null) {
                wasReleased = true;
                if (there.mayReach(claim.edge()) && !release.replaces(there, claim.edge())) {
                    if (i >= oldest) {
                        return PolicyStanding.CONSISTENT;
                    }
                    lastHad = there;
                }
            }
        }
        if (lastHad != null) {
            return releases.get(oldest).replaces(lastHad, claim.edge()) ? PolicyStanding.SUPERSEDED : PolicyStanding.REVOKED;
        }
        return wasReleased ? PolicyStanding.NOT_FOR_EDGE : PolicyStanding.BEFORE_RELEASE;
    }
}
