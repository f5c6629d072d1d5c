package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.receipts.Hash;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy's version in a release.
 *
 * @param policy which
 * @param snapshot the {@code snapshot_hash} that gates read with it; null where it has none
 * @param terms on what terms
 */
public record ReleasedVersion(PolicyVersion policy, @Nullable Hash snapshot, ReleaseTerms terms) {

    /** Whether an edge may take it; of one that is not known it is assumed, and so of all where repositories are named. */
    boolean mayReach(@Nullable EdgeId edge) {
        return edge == null || !terms.rollout().repos().isEmpty() || surelyReaches(edge);
    }

    /** Whether an edge takes it, whatever it works on, if nothing newer does. */
    boolean surelyReaches(@Nullable EdgeId edge) {
        Rollout rollout = terms.rollout();
        return rollout.isForEveryone() || edge != null && rollout.includes(policy.policyId(), edge, Set.of());
    }
}
