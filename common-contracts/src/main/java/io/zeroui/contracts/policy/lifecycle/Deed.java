package io.zeroui.contracts.policy.lifecycle;

import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is done to a version of a policy. */
public sealed interface Deed {

    /** What kind of deed it is, as histories name it. */
    String kind();

    /** Whether it must be said why. */
    default boolean wantsReason() {
        return this instanceof Rejected || this instanceof Halted || this instanceof Killed || this instanceof Revoked;
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
     */
    record Released(Rollout rollout, FailMode failMode) implements Deed {
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

    /** It must not be used any more. */
    record Revoked() implements Deed {
        @Override
        public String kind() {
            return "revoked";
        }
    }
}
