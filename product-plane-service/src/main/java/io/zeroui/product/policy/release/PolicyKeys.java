package io.zeroui.product.policy.release;

import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.policy.trust.Role;
import io.zeroui.contracts.policy.trust.RoleName;
import java.util.List;

/** Whose signatures releases bear. */
interface PolicyKeys {

    /** What signs for a role now, at least as many as its threshold. */
    List<MetadataSigner> signers(RoleName role);

    /** Keys that the next root replaces, and that must sign it. */
    List<MetadataSigner> formerRoot();

    /** The role as a root should have it. */
    Role role(RoleName role);
}
