package io.zeroui.tenant.evidence.index;

import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.tenant.evidence.journal.JournalLine;

/**
 * A ledger line with what the index needs of its receipt.
 *
 * @param journal its journal line
 * @param header of the receipt
 * @param signature outcome of the signature check
 * @param generation of the tenant's keys, read before the check
 */
public record LedgerLine(JournalLine journal, ReceiptHeader header, SignatureVerdict signature, long generation) {

    /** Its place in the ledger. */
    public long sequence() {
        return journal.entry().sequence();
    }
}
