package io.zeroui.ide.receipts;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.DecisionStatus;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptKind;
import io.zeroui.contracts.receipts.ReceiptLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of one receipt; the line itself stays in its file.
 *
 * @param id id of the receipt
 * @param kind decision or feedback
 * @param tenantId whose it is
 * @param repoId repository of its actor
 * @param gateId gate of a decision
 * @param status status of a decision
 * @param evaluationPoint evaluation point, {@code unknown} where it names none
 * @param severity severity, where it names one
 * @param timestampUtc the receipt's own time
 * @param kid id of the key that signed it
 * @param hash SHA-256 of the line
 * @param position where the line is
 */
public record ReceiptEntry(ReceiptId id, ReceiptKind kind, TenantId tenantId, RepoId repoId, @Nullable String gateId,
        @Nullable String status, String evaluationPoint, @Nullable String severity, Instant timestampUtc, Kid kid,
        Hash hash, LinePosition position) {

    /** The entry of an inspected line that lies at {@code position}. */
    public static ReceiptEntry of(ReceiptLine line, TenantId tenantId, LinePosition position) {
        ReceiptHeader header = line.header();
        DecisionStatus status = header.status();
        return new ReceiptEntry(header.id(), header.kind(), tenantId, header.repoId(), header.gateId(),
                status == null ? null : status.key(), header.evaluationPoint().key(), header.severity(),
                header.timestampUtc(), header.kid(), line.hash(), position);
    }
}
