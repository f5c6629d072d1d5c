package io.zeroui.tenant.evidence.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One receipt of the ledger.
 *
 * @param receipt the receipt, as it is stored; null where the stored bytes are no longer a JSON object
 * @param rawBase64 the stored bytes, without line feed
 * @param index what the ledger knows about it
 */
@JsonNaming(SnakeCaseStrategy.class)
record EvidenceAnswer(@JsonRawValue @Nullable String receipt, @JsonProperty("raw_base64") String rawBase64,
        Index index) {

    /** The receipt's row; hashes as {@code sha256:{hex}}. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Index(String receiptId, String tenantId, long ledgerSequence, String kind, String repoId,
            @Nullable String gateId, @Nullable String status, String evaluationPoint, @Nullable String severity,
            String plane, String environment, String emitterService, boolean degraded, Instant timestampUtc,
            Instant receivedAt, String kid, String hash, String chainId, long chainPosition, String prevHash,
            String chainHash, String file, long fileOffset, int lineLength, String signatureStatus,
            @Nullable String edgeId) {

        static Index of(IndexedReceipt row) {
            return new Index(row.receiptId(), row.tenantId(), row.ledgerSequence(), row.kind(), row.repoId(),
                    row.gateId(), row.status(), row.evaluationPoint(), row.severity(), row.plane(), row.environment(),
                    row.emitterService(), row.degraded(), row.timestampUtc(), row.receivedAt(), row.kid(),
                    row.link().hash().prefixed(), row.link().chain().value(), row.link().position(),
                    row.link().prevHash().prefixed(), row.link().chainHash().prefixed(), row.file(), row.fileOffset(),
                    row.lineLength(), row.signatureStatus(), row.edgeId());
        }
    }

    static EvidenceAnswer of(StoredReceipt stored) {
        return new EvidenceAnswer(json(stored.bytes()), Base64.getEncoder().encodeToString(stored.bytes()),
                Index.of(stored.index()));
    }

    private static @Nullable String json(byte[] bytes) {
        try {
            return StrictJson.parseObject(bytes, JsonLimits.RECEIPT).isEmpty() ? "{}"
                    : new String(bytes, StandardCharsets.UTF_8);
        } catch (InvalidJson e) {
            return null;
        }
    }
}
