package io.zeroui.contracts.policy.lifecycle;

import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a policy as it stands.
 *
 * @param id which one
 * @param content hash of its content
 * @param labels type, scope and enforcement
 * @param state where it stands
 * @param author who wrote it
 * @param draftedAt when
 * @param draftedAs number of the act that wrote it
 * @param approver who approved it; null while nobody has
 * @param lastTerms on which edges have it, or had it last; null where it was never released
 * @param plan how it looks after itself while it is released; null where people do
 * @param lastAct number of the last act that changed it, or superseded it
 */
public record PolicyEntry(PolicyVersion id, Hash content, PolicyLabels labels, PolicyState state, String author, Instant draftedAt,
        long draftedAs, @Nullable String approver, @Nullable ReleaseTerms lastTerms, @Nullable RolloutPlan plan,
        long lastAct) {

    PolicyEntry in(PolicyState next, PolicyAct act) {
        return new PolicyEntry(id, content, labels, next, author, draftedAt, draftedAs, approver, lastTerms, null, act.number());
    }

    PolicyEntry approvedBy(PolicyAct act) {
        return new PolicyEntry(id, content, labels, PolicyState.APPROVED, author, draftedAt, draftedAs, act.by(), null, null, act.number());
    }

    PolicyEntry on(ReleaseTerms next, PolicyAct act) {
        return new PolicyEntry(id, content, labels, PolicyState.RELEASED, author, draftedAt, draftedAs, approver, next, plan, act.number());
    }

    PolicyEntry by(@Nullable RolloutPlan next) {
        return new PolicyEntry(id, content, labels, state, author, draftedAt, draftedAs, approver, lastTerms, next, lastAct);
    }

    /** The terms on which edges have it; null unless it is released. */
    public @Nullable ReleaseTerms terms() {
        return state == PolicyState.RELEASED ? lastTerms : null;
    }

    /** Whether it is released, and was before the version of these terms. */
    boolean isBefore(ReleaseTerms later) {
        ReleaseTerms on = terms();
        return on != null && on.order() < later.order();
    }

    /** Whom it is for; nobody unless it is released. */
    public Rollout rollout() {
        ReleaseTerms on = terms();
        return on == null ? PolicyBook.NOBODY : on.rollout();
    }
}
