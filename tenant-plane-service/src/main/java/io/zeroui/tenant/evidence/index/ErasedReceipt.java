package io.zeroui.tenant.evidence.index;

import java.time.Instant;

/**
 * What the ledger says of a receipt that it has erased.
 *
 * @param tenantId whose it was
 * @param receiptId its id
 * @param ledgerSequence its place in the ledger
 * @param tombstoneSequence the place of the tombstone; 0 while the index has not reached it
 * @param erasedAt when; the time at which the receipt came while the index has not reached the tombstone
 * @param erasedBy the caller
 * @param reason in words
 * @param caseId the request or case; empty where there is none
 */
public record ErasedReceipt(String tenantId, String receiptId, long ledgerSequence, long tombstoneSequence, Instant erasedAt,
        String erasedBy, String reason, String caseId) {
}
