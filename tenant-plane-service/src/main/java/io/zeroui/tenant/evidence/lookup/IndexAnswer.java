package io.zeroui.tenant.evidence.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ledger knows about a receipt: its row; hashes as {@code sha256:{hex}}. Members without a value are left out. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IndexAnswer(String receiptId, String tenantId, long ledgerSequence, String kind, String repoId,
        @Nullable String gateId, @Nullable String status, String evaluationPoint, @Nullable String severity,
        String plane, String environment, String emitterService, boolean degraded, Instant timestampUtc,
        Instant receivedAt, String kid, String hash, String chainId, long chainPosition, String prevHash,
        String chainHash, String file, long fileOffset, int lineLength, String signatureStatus,
        @Nullable String edgeId, @Nullable String moduleId, @Nullable String actorType,
        @Nullable String parentReceiptId, @Nullable List<String> policyVersionIds, @Nullable String signatureReason,
        @Nullable Instant signatureCheckedAt, String commitment, @Nullable String snapshotHash,
        @Nullable String policyStanding) {

    public IndexAnswer {
        policyVersionIds = policyVersionIds == null ? null : List.copyOf(policyVersionIds);
    }

    /** The answer for a row. */
    public static IndexAnswer of(IndexedReceipt row) {
        return new IndexAnswer(row.receiptId(), row.tenantId(), row.ledgerSequence(), row.kind(), row.repoId(),
                row.gateId(), row.status(), row.evaluationPoint(), row.severity(), row.plane(), row.environment(),
                row.emitterService(), row.degraded(), row.timestampUtc(), row.receivedAt(), row.kid(),
                row.link().hash().prefixed(), row.link().chain().value(), row.link().position(),
                row.link().prevHash().prefixed(), row.link().chainHash().prefixed(), row.file(), row.fileOffset(),
                row.lineLength(), row.signatureStatus(), row.edgeId(), row.moduleId(), row.actorType(),
                row.parentReceiptId(), row.policyVersionIds(), row.signatureReason(), row.signatureCheckedAt(),
                row.link().commitment().prefixed(), row.snapshotHash(), row.policyStanding());
    }
}
