package io.zeroui.tenant.evidence;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import org.jspecify.annotations.Nullable;

/**
 * That a receipt is in a ledger.
 *
 * @param tenant whose ledger
 * @param hash SHA-256 of the receipt's line
 * @param sequence its place; null where it had been there before
 */
public record LedgerPlace(TenantId tenant, Hash hash, @Nullable Long sequence) {
}
