package io.zeroui.tenant.evidence.lookup;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.index.IndexedReceipt;

/**
 * A receipt as the ledger has it.
 *
 * @param index its row
 * @param bytes what lies at its place in the evidence file
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredReceipt(IndexedReceipt index, byte[] bytes) {

    /** Whether the bytes are those that were acknowledged. */
    boolean isHashValid() {
        return Hash.of(bytes).equals(index.link().hash());
    }
}
