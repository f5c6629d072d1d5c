package io.zeroui.contracts.policy.lifecycle;

import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is done to a version of a policy. */
public sealed interface Deed {

    /** What kind of deed it is, as histories name it. */
    String kind();

    /** Whether it must be said why. */
    default boolean wantsReason() {
        return this instanceof Rejected || this instanceof Halted || this instanceof Killed || this instanceof Revoked
                || this instanceof Restored;
    }

    /**
     * It is written, once and for all.
     *
     * @param content hash of its content
     * @param labels what is said of it
     */
    record Drafted(Hash content, PolicyLabels labels) implements Deed {
        @Override
        public String kind() {
            return "drafted";
        }
    }

    /** It is given to review. */
    record Submitted() implements Deed {
        @Override
        public String kind() {
            return "submitted";
        }
    }

    /** Somebody else approves it. */
    record Approved() implements Deed {
        @Override
        public String kind() {
            return "approved";
        }
    }

    /** The review refuses it. */
    record Rejected() implements Deed {
        @Override
        public String kind() {
            return "rejected";
        }
    }

    /**
     * Edges get it.
     *
     * @param rollout which ones
     * @param failMode what a gate does without it
     * @param plan how it looks after itself; null where people do
     */
    record Released(Rollout rollout, FailMode failMode, @Nullable RolloutPlan plan) implements Deed {

        /** Without a plan. */
        public Released(Rollout rollout, FailMode failMode) {
            this(rollout, failMode, null);
        }

        @Override
        public String kind() {
            return "released";
        }
    }

    /**
     * More edges get it.
     *
     * @param rollout all that had it, and more
     */
    record Promoted(Rollout rollout) implements Deed {
        @Override
        public String kind() {
            return "promoted";
        }
    }

    /** No edge has it any more; it can be promoted again. */
    record Halted() implements Deed {
        @Override
        public String kind() {
            return "halted";
        }
    }

    /**
     * It is switched off where it is, or on again.
     *
     * @param until when it is on again by itself; null switches it on
     */
    record Killed(@Nullable Instant until) implements Deed {
        @Override
        public String kind() {
            return "killed";
        }
    }

    /**
     * It is a new version with the content and labels of an earlier one of the policy, which was approved and released; every edge gets
     * it at once, on the terms that the earlier one had last. It needs no review, since that content was reviewed.
     *
     * @param from the earlier version
     */
    record Restored(String from) implements Deed {

        public Restored {
            if (!PolicyVersion.isVersion(from)) {
                throw new IllegalArgumentException("what is restored is a version");
            }
        }

        @Override
        public String kind() {
            return "restored";
        }
    }

    /** It must not be used any more. */
    record Revoked() implements Deed {
        @Override
        public String kind() {
            return "revoked";
        }
    }
}
