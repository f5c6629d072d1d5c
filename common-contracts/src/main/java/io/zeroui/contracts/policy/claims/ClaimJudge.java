package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.receipts.Hash;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges one claim. An edge that was heard of with a release has that one or a newer one afterwards; of all that the mirror has handed
 * out since it may have had any, and an edge that was never heard of any at all.
 */
final class ClaimJudge {

    /** How far clocks of edges and planes may differ, or a decision may be younger than the policy that it was made by. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final ReleaseTimeline releases;
    private final PolicyClaim claim;
    /** Index of the oldest release that the edge can have had. */
    private final int oldest;

    ClaimJudge(ReleaseTimeline releases, PolicyClaim claim, int oldest) {
        this.releases = releases;
        this.claim = claim;
        this.oldest = oldest;
    }

    PolicyStanding judge() {
        if (releases.size() == 0 || !releases.wasThere(0, claim.at())) {
            return PolicyStanding.UNJUDGED;
        }
        PolicyStanding standing = snapshot();
        for (String id : claim.policyVersionIds()) {
            ReleasedVersion version = releases.find(id);
            standing = standing.and(version == null ? missing(PolicyStanding.UNKNOWN_POLICY) : version(version));
        }
        return standing;
    }

    /** What was never released here may have been before the history. */
    private PolicyStanding missing(PolicyStanding standing) {
        return releases.isComplete() ? standing : PolicyStanding.UNJUDGED;
    }

    private PolicyStanding snapshot() {
        Hash hash = claim.snapshot();
        if (hash == null) {
            return PolicyStanding.CONSISTENT;
        }
        List<String> ids = claim.policyVersionIds();
        if (ids.isEmpty()) {
            return releases.all().stream().anyMatch(one -> isOf(hash, one)) ? PolicyStanding.CONSISTENT
                    : missing(PolicyStanding.WRONG_SNAPSHOT);
        }
        boolean mayBe = ids.stream().anyMatch(id -> mayBe(hash, releases.find(id)));
        return mayBe ? PolicyStanding.CONSISTENT : PolicyStanding.WRONG_SNAPSHOT;
    }

    private static boolean mayBe(Hash hash, @Nullable ReleasedVersion version) {
        return version == null || isOf(hash, version);
    }

    private static boolean isOf(Hash hash, ReleasedVersion version) {
        Hash snapshot = version.snapshot();
        return snapshot == null || snapshot.equals(hash);
    }

    private PolicyStanding version(ReleasedVersion version) {
        boolean wasReleased = false;
        ReleasedVersion lastHad = null;
        for (int i = releases.size() - 1; i >= 0 && lastHad == null; i--) {
            ReleasedVersion there = releases.wasThere(i, claim.at()) ? releases.find(i, version) : null;
            if (there != null) {
                wasReleased = true;
                if (there.mayReach(claim.edge()) && !releases.replaces(i, there, claim.edge())) {
                    if (i >= oldest) {
                        return PolicyStanding.CONSISTENT;
                    }
                    lastHad = there;
                }
            }
        }
        if (lastHad != null) {
            return releases.replaces(oldest, lastHad, claim.edge()) ? PolicyStanding.SUPERSEDED : PolicyStanding.REVOKED;
        }
        return wasReleased ? PolicyStanding.NOT_FOR_EDGE : PolicyStanding.BEFORE_RELEASE;
    }
}
