package io.zeroui.product.policy;

import io.zeroui.contracts.policy.lifecycle.PolicyEntry;

/**
 * What came of an act, which is done and stays.
 *
 * @param entry the version as it stands now
 * @param published whether what edges shall have is published by now; where not, that goes on by itself
 */
public record ActOutcome(PolicyEntry entry, boolean published) {
}
