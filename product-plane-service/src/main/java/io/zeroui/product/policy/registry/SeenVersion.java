package io.zeroui.product.policy.registry;

import io.zeroui.contracts.policy.PolicyVersion;

/**
 * A version as it was when somebody decided on it.
 *
 * @param id which one
 * @param lastAct number of the last act that had changed it
 */
public record SeenVersion(PolicyVersion id, long lastAct) {
}
