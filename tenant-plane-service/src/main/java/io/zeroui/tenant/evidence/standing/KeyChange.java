package io.zeroui.tenant.evidence.standing;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.receipts.Hash;

/**
 * What a key's files say now.
 *
 * @param kid the key
 * @param digest of what its signatures are judged by
 * @param isLimited whether there are times at which it is not to be believed
 */
record KeyChange(Kid kid, Hash digest, boolean isLimited) {
}
