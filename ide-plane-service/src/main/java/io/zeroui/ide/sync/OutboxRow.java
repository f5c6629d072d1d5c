package io.zeroui.ide.sync;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.ide.receipts.LinePosition;
import java.time.Instant;

/**
 * One row of the outbox: a reference to a line.
 *
 * @param sequence order of sending
 * @param receiptId id of the receipt
 * @param tenantId whose it is
 * @param repoId its repository
 * @param kid who signed it
 * @param hash what its bytes must have
 * @param position where its bytes are
 * @param createdAt when it was indexed
 */
record OutboxRow(long sequence, ReceiptId receiptId, TenantId tenantId, RepoId repoId, Kid kid, Hash hash,
        LinePosition position, Instant createdAt) {
}
