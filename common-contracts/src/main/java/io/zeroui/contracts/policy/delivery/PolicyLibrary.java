package io.zeroui.contracts.policy.delivery;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.receipts.Hash;
import org.jspecify.annotations.Nullable;

/** Snapshots of policies that somebody has. */
public interface PolicyLibrary {

    /** The bytes of a policy's version with that hash; null where they are not there, or others are. */
    byte @Nullable [] find(PolicyVersion policy, Hash sha256);
}
