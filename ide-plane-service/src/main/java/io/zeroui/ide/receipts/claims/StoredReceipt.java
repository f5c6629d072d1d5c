package io.zeroui.ide.receipts.claims;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.ide.receipts.ReceiptEntry;

/**
 * A receipt that is durably in its file.
 *
 * @param hash SHA-256 of its line
 * @param position where the line is
 * @param tenantId whose it is
 */
public record StoredReceipt(Hash hash, LinePosition position, TenantId tenantId) {

    /** What others need to know of an entry. */
    public static StoredReceipt of(ReceiptEntry entry) {
        return new StoredReceipt(entry.hash(), entry.position(), entry.tenantId());
    }
}
