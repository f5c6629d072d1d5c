package io.zeroui.tenant.evidence.standing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.SignatureVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The table {@code app.key_evaluations}, and the outcome of signature checks in {@code app.receipts_index}. */
@ApplicationScoped
class KeyEvaluationStore {

    /** Most keys that are judged together. */
    static final int KEYS_MOST = 1_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Tenancy tenancy;

    KeyEvaluationStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * A key whose rows are not all judged yet.
     *
     * @param kid the key
     * @param digest by what they are to be judged
     * @param evaluatedTo up to which ledger sequence they are
     * @param target up to which they have to be
     */
    record Open(Kid kid, Hash digest, long evaluatedTo, long target) {
    }

    /**
     * A row to be judged.
     *
     * @param file evidence file, relative to {@code ZU_ROOT}
     */
    record Candidate(String receiptId, Kid kid, Instant receivedAt, String file, long offset, int length) {
    }

    /** A row's verdict. */
    record Judged(String receiptId, SignatureVerdict verdict) {
    }

    /**
     * Notes what the files of keys say now. Rows of a key about which that is new are to be judged: all of them, or, where the
     * key was not known before and has no limits, only if one of them did not hold without it.
     *
     * @return how far the index is: rows behind it are judged as they are written
     */
    Uni<Long> note(TenantId tenant, List<KeyChange> changes) {
        return tenancy.inTenant(tenant, in -> watermark(in, tenant).chain(target -> in.execute("""
                INSERT INTO {home}.key_evaluations AS e (tenant_id, kid, digest, evaluated_to, target)
                SELECT $1, k.kid, k.digest,
                       CASE WHEN k.is_limited OR k.kid IN (SELECT r.kid FROM {home}.receipts_index AS r
                                                            WHERE r.tenant_id = $1 AND r.signature_status <> 'verified')
                            THEN 0 ELSE $2 END, $2
                FROM UNNEST ($3::text[], $4::bytea[], $5::boolean[]) AS k (kid, digest, is_limited)
                ON CONFLICT (tenant_id, kid) DO UPDATE
                SET digest = excluded.digest, evaluated_to = 0, target = excluded.target, changed_rows = 0, updated_at = now()
                WHERE e.digest <> excluded.digest OR (e.target = 0 AND excluded.target > 0)
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(target)
                .addValue(changes.stream().map(change -> change.kid().value()).toArray(String[]::new))
                .addValue(changes.stream().map(change -> bytes(change.digest())).toArray(Buffer[]::new))
                .addValue(changes.stream().map(KeyChange::isLimited).toArray(Boolean[]::new)))
                .replaceWith(target)))
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** The writer of the index holds this row, so nothing that was judged before is still to be written. */
    private static Uni<Long> watermark(Statements in, TenantId tenant) {
        return in.execute("""
                SELECT ledger_sequence
                FROM {home}.ledger_watermarks
                WHERE tenant_id = $1
                FOR UPDATE
                """, Tuple.of(tenant.value()))
                .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong("ledger_sequence"));
    }

    /** Keys with rows to be judged, those that are least far first; at most {@link #KEYS_MOST}. */
    Uni<List<Open>> listOpen(TenantId tenant) {
        return list(tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT kid, digest, evaluated_to, target
                FROM {home}.key_evaluations
                WHERE tenant_id = $1 AND evaluated_to < target
                ORDER BY evaluated_to, kid
                LIMIT $2
                """, Tuple.of(tenant.value(), KEYS_MOST))), row -> new Open(Kid.of(row.getString("kid")),
                new Hash(((Buffer) row.getValue("digest")).getBytes()), row.getLong("evaluated_to"), row.getLong("target")));
    }

    /** The rows of these keys behind {@code from} up to {@code to} in the ledger. */
    Uni<List<Candidate>> list(TenantId tenant, List<Kid> kids, long from, long to) {
        return list(tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT receipt_id, kid, received_at, file, file_offset, line_length
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND ledger_sequence > $2 AND ledger_sequence <= $3 AND kid = ANY ($4)
                """, Tuple.of(tenant.value(), from, to, values(kids)))), row -> new Candidate(row.getString("receipt_id"),
                Kid.of(row.getString("kid")), row.getOffsetDateTime("received_at").toInstant(), row.getString("file"),
                row.getLong("file_offset"), row.getInteger("line_length")));
    }

    /**
     * Writes verdicts down, together with how far it came; all or nothing.
     *
     * @param keys as they were listed
     * @param to the rows up to this ledger sequence are judged
     * @return how many rows have another status now; fails with {@link NotNow} where the tenant is being moved, or the files of
     *         one of the keys changed meanwhile
     */
    Uni<Long> write(TenantId tenant, List<Open> keys, long to, List<Judged> judged) {
        return tenancy.inTenant(tenant, in -> in.execute("SELECT app.may_judge($1) AS free", Tuple.of(tenant.value()))
                .chain(found -> found.iterator().next().getBoolean("free") ? update(in, tenant, judged)
                        : Uni.createFrom().failure(new NotNow("the tenant is being moved")))
                .chain(changed -> advance(in, tenant, keys, to, changed)))
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static Uni<Map<String, Long>> update(Statements in, TenantId tenant, List<Judged> judged) {
        if (judged.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return in.execute("""
                UPDATE {home}.receipts_index AS r
                SET signature_status = v.status, signature_reason = v.reason, signature_checked_at = v.checked_at
                FROM UNNEST ($2::text[], $3::text[], $4::text[], $5::timestamptz[]) AS v (receipt_id, status, reason, checked_at)
                WHERE r.tenant_id = $1 AND r.receipt_id = v.receipt_id
                  AND (r.signature_status, r.signature_reason) IS DISTINCT FROM (v.status, v.reason)
                RETURNING r.kid
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(judged.stream().map(Judged::receiptId).toArray(String[]::new))
                .addValue(judged.stream().map(row -> row.verdict().status().key()).toArray(String[]::new))
                .addValue(judged.stream().map(row -> row.verdict().reason()).toArray(String[]::new))
                .addValue(judged.stream().map(row -> row.verdict().checkedAt().atOffset(ZoneOffset.UTC))
                        .toArray(java.time.OffsetDateTime[]::new)))
                .map(rows -> {
                    Map<String, Long> changed = new HashMap<>();
                    rows.forEach(row -> changed.merge(row.getString("kid"), 1L, Long::sum));
                    return changed;
                });
    }

    private static Uni<Long> advance(Statements in, TenantId tenant, List<Open> keys, long to, Map<String, Long> changed) {
        return in.execute("""
                UPDATE {home}.key_evaluations AS e
                SET evaluated_to = $2, changed_rows = changed_rows + k.changed, updated_at = now()
                FROM UNNEST ($3::text[], $4::bytea[], $5::bigint[], $6::bigint[]) AS k (kid, digest, evaluated_to, changed)
                WHERE e.tenant_id = $1 AND e.kid = k.kid AND e.digest = k.digest AND e.evaluated_to = k.evaluated_to
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(to)
                .addValue(values(keys.stream().map(Open::kid).toList()))
                .addValue(keys.stream().map(key -> bytes(key.digest())).toArray(Buffer[]::new))
                .addValue(keys.stream().map(Open::evaluatedTo).toArray(Long[]::new))
                .addValue(keys.stream().map(key -> changed.getOrDefault(key.kid().value(), 0L)).toArray(Long[]::new)))
                .chain(rows -> rows.rowCount() == keys.size()
                        ? Uni.createFrom().item(changed.values().stream().mapToLong(Long::longValue).sum())
                        : Uni.createFrom().failure(new NotNow("files of keys changed meanwhile")));
    }

    private static <T> Uni<List<T>> list(Uni<RowSet<Row>> rows, java.util.function.Function<Row, T> view) {
        return rows.map(found -> StreamSupport.stream(found.spliterator(), false).map(view).toList())
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static String[] values(List<Kid> kids) {
        return kids.stream().map(Kid::value).toArray(String[]::new);
    }

    private static Buffer bytes(Hash hash) {
        return Buffer.buffer(hash.bytes());
    }
}
