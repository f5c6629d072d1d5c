package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.receipts.ReceiptLine;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import org.jspecify.annotations.Nullable;

/**
 * A receipt that was checked and is new to its tenant's ledger.
 *
 * @param line the receipt
 * @param origin who delivered it; null where nobody is waiting for an acknowledgement
 */
public record Arrival(ReceiptLine line, @Nullable Delivered origin) {
}
