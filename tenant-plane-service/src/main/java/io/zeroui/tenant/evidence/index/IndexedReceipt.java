package io.zeroui.tenant.evidence.index;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.chain.ChainLink;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of the index; the columns of {@code app.receipts_index}.
 *
 * @param file evidence file, relative to {@code ZU_ROOT}
 * @param fileOffset first byte of the line
 * @param lineLength bytes of the line without its line feed
 */
public record IndexedReceipt(String tenantId, String receiptId, long ledgerSequence, String kind, String repoId,
        @Nullable String gateId, @Nullable String status, String evaluationPoint, @Nullable String severity,
        String plane, String environment, String emitterService, boolean degraded, Instant timestampUtc,
        Instant receivedAt, String kid, ChainLink link, String file, long fileOffset, int lineLength,
        String signatureStatus, @Nullable String edgeId) {

    /** What {@link #of} reads. */
    static final String COLUMNS = """
            tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point, severity, plane,
            environment, emitter_service, degraded, timestamp_utc, received_at, kid, hash, chain_id, chain_position,
            prev_hash, chain_hash, file, file_offset, line_length, signature_status, edge_id
            """;

    static IndexedReceipt of(Row row) {
        return new IndexedReceipt(row.getString("tenant_id"), row.getString("receipt_id"),
                row.getLong("ledger_sequence"), row.getString("kind"), row.getString("repo_id"),
                row.getString("gate_id"), row.getString("status"), row.getString("evaluation_point"),
                row.getString("severity"), row.getString("plane"), row.getString("environment"),
                row.getString("emitter_service"), row.getBoolean("degraded"), instant(row, "timestamp_utc"),
                instant(row, "received_at"), row.getString("kid"), link(row), row.getString("file"),
                row.getLong("file_offset"), row.getInteger("line_length"), row.getString("signature_status"),
                row.getString("edge_id"));
    }

    static ChainLink link(Row row) {
        return new ChainLink(new ChainId(row.getString("chain_id")), row.getLong("chain_position"), hash(row, "hash"),
                hash(row, "prev_hash"), hash(row, "chain_hash"));
    }

    static Hash hash(Row row, String column) {
        Buffer bytes = (Buffer) row.getValue(column);
        return new Hash(bytes.getBytes());
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time.toInstant();
    }
}
