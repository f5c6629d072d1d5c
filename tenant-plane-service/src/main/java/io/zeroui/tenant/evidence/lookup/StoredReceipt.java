package io.zeroui.tenant.evidence.lookup;

import io.zeroui.tenant.evidence.index.IndexedReceipt;

/**
 * A receipt as the ledger has it.
 *
 * @param index its row
 * @param bytes what lies at its place in the evidence file
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredReceipt(IndexedReceipt index, byte[] bytes) {
}
