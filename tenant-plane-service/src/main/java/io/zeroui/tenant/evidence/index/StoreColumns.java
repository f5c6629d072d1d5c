package io.zeroui.tenant.evidence.index;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.chain.ChainLink;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code app.receipts_index}. Written, rows are turned by ninety degrees: one array per column, as
 * {@code UNNEST} wants them.
 */
public final class StoreColumns<R> {

    /** What {@link #receipt} reads, and {@link #of} writes in this order. */
    public static final String ALL = """
            tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point, severity, plane,
            environment, emitter_service, degraded, timestamp_utc, received_at, kid, hash, chain_id, chain_position,
            prev_hash, chain_hash, file, file_offset, line_length, signature_status, edge_id, module_id, actor_type,
            parent_receipt_id, policy_version_ids, signature_reason, signature_checked_at, commitment,
            snapshot_hash, policy_standing
            """;

    /**
     * The same from {@link #of}, whose policy ids are joined, since {@code UNNEST} would flatten an array of arrays, and whose snapshot hash
     * is a text, as a receipt has it.
     */
    static final String WRITTEN = ALL.replace("policy_version_ids", "string_to_array(policy_version_ids, E'\\x1f')")
            .replace("snapshot_hash", "decode(substr(snapshot_hash, 8), 'hex')");

    /** Unit separator, a control character: no label has one. */
    private static final String SEPARATOR = "\u001f";

    private final List<R> rows;
    private final Tuple tuple = Tuple.tuple();

    private StoreColumns(List<R> rows) {
        this.rows = rows;
    }

    /** The parameters of the index's INSERT. */
    static Tuple of(List<IndexedReceipt> rows) {
        return new StoreColumns<>(rows)
                .add(String[]::new, IndexedReceipt::tenantId)
                .add(String[]::new, IndexedReceipt::receiptId)
                .add(Long[]::new, IndexedReceipt::ledgerSequence)
                .add(String[]::new, IndexedReceipt::kind)
                .add(String[]::new, IndexedReceipt::repoId)
                .add(String[]::new, IndexedReceipt::gateId)
                .add(String[]::new, IndexedReceipt::status)
                .add(String[]::new, IndexedReceipt::evaluationPoint)
                .add(String[]::new, IndexedReceipt::severity)
                .add(String[]::new, IndexedReceipt::plane)
                .add(String[]::new, IndexedReceipt::environment)
                .add(String[]::new, IndexedReceipt::emitterService)
                .add(Boolean[]::new, IndexedReceipt::degraded)
                .add(OffsetDateTime[]::new, row -> row.timestampUtc().atOffset(ZoneOffset.UTC))
                .add(OffsetDateTime[]::new, row -> row.receivedAt().atOffset(ZoneOffset.UTC))
                .add(String[]::new, IndexedReceipt::kid)
                .add(Buffer[]::new, row -> bytes(row.link().hash()))
                .add(String[]::new, row -> row.link().chain().value())
                .add(Long[]::new, row -> row.link().position())
                .add(Buffer[]::new, row -> bytes(row.link().prevHash()))
                .add(Buffer[]::new, row -> bytes(row.link().chainHash()))
                .add(String[]::new, IndexedReceipt::file)
                .add(Long[]::new, IndexedReceipt::fileOffset)
                .add(Integer[]::new, IndexedReceipt::lineLength)
                .add(String[]::new, IndexedReceipt::signatureStatus)
                .add(String[]::new, IndexedReceipt::edgeId)
                .add(String[]::new, IndexedReceipt::moduleId)
                .add(String[]::new, IndexedReceipt::actorType)
                .add(String[]::new, IndexedReceipt::parentReceiptId)
                .add(String[]::new, StoreColumns::joinedPolicies)
                .add(String[]::new, IndexedReceipt::signatureReason)
                .add(OffsetDateTime[]::new, StoreColumns::checkedAt)
                .add(Buffer[]::new, row -> bytes(row.link().commitment()))
                .add(String[]::new, IndexedReceipt::snapshotHash)
                .add(String[]::new, IndexedReceipt::policyStanding).tuple;
    }

    private static @Nullable String joinedPolicies(IndexedReceipt row) {
        List<String> policies = row.policyVersionIds();
        return policies == null ? null : String.join(SEPARATOR, policies);
    }

    private static @Nullable OffsetDateTime checkedAt(IndexedReceipt row) {
        Instant time = row.signatureCheckedAt();
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** Bytes as the driver wants them. */
    static Buffer bytes(Hash hash) {
        return Buffer.buffer(hash.bytes());
    }

    @SuppressWarnings("CheckReturnValue")
    private <T> StoreColumns<R> add(IntFunction<T[]> array, Function<R, T> value) {
        tuple.addValue(rows.stream().map(value).toArray(array));
        return this;
    }

    /** The receipt of a row with all columns. */
    public static IndexedReceipt receipt(Row row) {
        return new IndexedReceipt(row.getString("tenant_id"), row.getString("receipt_id"),
                row.getLong("ledger_sequence"), row.getString("kind"), row.getString("repo_id"),
                row.getString("gate_id"), row.getString("status"), row.getString("evaluation_point"),
                row.getString("severity"), row.getString("plane"), row.getString("environment"),
                row.getString("emitter_service"), row.getBoolean("degraded"), instant(row, "timestamp_utc"),
                instant(row, "received_at"), row.getString("kid"), link(row), row.getString("file"),
                row.getLong("file_offset"), row.getInteger("line_length"), row.getString("signature_status"),
                row.getString("edge_id"), row.getString("module_id"), row.getString("actor_type"),
                row.getString("parent_receipt_id"), policies(row), row.getString("signature_reason"),
                row.getOffsetDateTime("signature_checked_at") == null ? null : instant(row, "signature_checked_at"),
                row.getValue("snapshot_hash") == null ? null : hash(row, "snapshot_hash").prefixed(), row.getString("policy_standing"));
    }

    private static @Nullable List<String> policies(Row row) {
        String[] policies = row.getArrayOfStrings("policy_version_ids");
        return policies == null ? null : List.of(policies);
    }

    /** The link of a row with the columns of the chain. */
    public static ChainLink link(Row row) {
        return new ChainLink(new ChainId(row.getString("chain_id")), row.getLong("chain_position"), hash(row, "hash"),
                hash(row, row.getValue("commitment") == null ? "hash" : "commitment"), hash(row, "prev_hash"),
                hash(row, "chain_hash"));
    }

    /** A hash. */
    public static Hash hash(Row row, String column) {
        Buffer bytes = (Buffer) row.getValue(column);
        return new Hash(bytes.getBytes());
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time.toInstant();
    }
}
