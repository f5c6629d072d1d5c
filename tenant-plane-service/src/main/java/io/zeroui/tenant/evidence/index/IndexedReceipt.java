package io.zeroui.tenant.evidence.index;

import io.zeroui.tenant.evidence.chain.ChainLink;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the index; the columns of {@code app.receipts_index}.
 *
 * @param file evidence file, relative to {@code ZU_ROOT}
 * @param fileOffset first byte of the line
 * @param lineLength bytes of the line without its line feed
 * @param policyVersionIds of the receipt; null, like the three beside it, in rows that an older version wrote
 * @param signatureReason see {@link SignatureVerdict}; null, like when it was checked, in rows that an older version wrote
 * @param snapshotHash of the receipt; null where it names none, and in rows that an older version wrote
 * @param policyStanding {@link io.zeroui.contracts.policy.claims.PolicyStanding#key}; null in rows that an older version wrote
 * @param parentReceiptId the parent of a decision, the decision of a feedback
 */
public record IndexedReceipt(String tenantId, String receiptId, long ledgerSequence, String kind, String repoId,
        @Nullable String gateId, @Nullable String status, String evaluationPoint, @Nullable String severity,
        String plane, String environment, String emitterService, boolean degraded, Instant timestampUtc,
        Instant receivedAt, String kid, ChainLink link, String file, long fileOffset, int lineLength,
        String signatureStatus, @Nullable String edgeId, @Nullable String moduleId, @Nullable String actorType,
        @Nullable String parentReceiptId, @Nullable List<String> policyVersionIds, @Nullable String signatureReason,
        @Nullable Instant signatureCheckedAt, @Nullable String snapshotHash, @Nullable String policyStanding) {

    public IndexedReceipt {
        policyVersionIds = policyVersionIds == null ? null : List.copyOf(policyVersionIds);
    }
}
