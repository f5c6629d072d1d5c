package io.zeroui.product.policy.release;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.ReleaseTerms;

/**
 * A version of a policy that edges may have.
 *
 * @param id which one
 * @param snapshot the bytes of its snapshot, signed
 * @param terms whom it is for
 */
public record ReleasedPolicy(PolicyVersion id, byte[] snapshot, ReleaseTerms terms) {
}
