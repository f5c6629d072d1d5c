package io.zeroui.product.policy.index;

import io.zeroui.contracts.policy.lifecycle.PolicyEntry;

/**
 * A version as it is indexed.
 *
 * @param entry how it stands
 * @param snapshotPath its file, relative to {@code ZU_ROOT}
 * @param wasReleased whether it was ever released
 */
record IndexedVersion(PolicyEntry entry, String snapshotPath, boolean wasReleased) {
}
