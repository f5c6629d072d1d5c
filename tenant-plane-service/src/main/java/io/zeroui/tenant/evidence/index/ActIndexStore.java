package io.zeroui.tenant.evidence.index;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped;
import io.zeroui.contracts.ledger.acts.LedgerAct.Erasure;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldPlaced;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldReleased;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.tenant.evidence.index.IndexBatch.ErasedRow;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What acts do to the index. Statements of the indexer's transaction: the rows of an erased receipt are the same whether it was
 * indexed before it was erased, or only what is left of it was found in the files.
 */
final class ActIndexStore {

    private ActIndexStore() {
    }

    /** Notes what is left of receipts; who erased them follows with their tombstones. */
    static Uni<RowSet<Row>> insertErased(Statements in, TenantId tenant, List<ErasedRow> rows) {
        return in.execute("""
                INSERT INTO {home}.erased_receipts
                    (tenant_id, receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash)
                SELECT $1, receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash
                FROM UNNEST ($2::text[], $3::bigint[], $4::timestamptz[], $5::text[], $6::bigint[], $7::bytea[])
                    AS line (receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash)
                ON CONFLICT DO NOTHING
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(rows.stream().map(row -> row.entry().receiptId().value()).toArray(String[]::new))
                .addValue(rows.stream().map(row -> row.entry().sequence()).toArray(Long[]::new))
                .addValue(rows.stream().map(row -> row.entry().receivedAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addValue(rows.stream().map(row -> row.link().chain().value()).toArray(String[]::new))
                .addValue(rows.stream().map(row -> row.link().position()).toArray(Long[]::new))
                .addValue(rows.stream().map(row -> StoreColumns.bytes(row.link().chainHash())).toArray(Buffer[]::new)));
    }

    /**
     * Notes an act and carries it out, with these statements in this order.
     *
     * @param base what the ledger goes on from; null where no days are dropped
     */
    static List<Uni<RowSet<Row>>> apply(Statements in, TenantId tenant, LedgerLine.Act line, @Nullable LedgerBase base) {
        List<Uni<RowSet<Row>>> statements = new ArrayList<>();
        statements.add(note(in, tenant, line.entry(), line.act()));
        if (line.act() instanceof Erasure erasure) {
            statements.add(moveToErased(in, tenant, erasure, line.sequence()));
            statements.add(noteTombstone(in, tenant, erasure, line.sequence()));
            statements.add(forgetRow(in, tenant, erasure));
            statements.add(forgetHashInHead(in, tenant, erasure));
            statements.add(forgetInOutbox(in, tenant, erasure));
        } else if (line.act() instanceof DaysDropped dropped && base != null && base.sequence() == dropped.sequence()) {
            statements.addAll(BaseIndexStore.drop(in, tenant, base)); // a base that was replaced is part of the newer one
        }
        return statements;
    }

    private static Uni<RowSet<Row>> note(Statements in, TenantId tenant, ActEntry line, LedgerAct act) {
        return in.execute("""
                INSERT INTO {home}.ledger_acts
                    (tenant_id, ledger_sequence, act, subject, done_at, done_by, reason, case_id, statement)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT DO NOTHING
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(line.sequence())
                .addValue(ActCodec.kind(act))
                .addValue(subject(act))
                .addValue(line.receivedAt().atOffset(ZoneOffset.UTC))
                .addValue(act.why().by())
                .addValue(act.why().reason())
                .addValue(act.why().caseId())
                .addValue(line.statement()));
    }

    /** What an act is about. */
    static String subject(LedgerAct act) {
        if (act instanceof Erasure erasure) {
            return erasure.receiptId().value();
        }
        if (act instanceof HoldPlaced hold) {
            return hold.holdId();
        }
        return act instanceof HoldReleased released ? released.holdId() : "";
    }

    private static Uni<RowSet<Row>> moveToErased(Statements in, TenantId tenant, Erasure erasure, long tombstone) {
        return in.execute("""
                INSERT INTO {home}.erased_receipts
                    (tenant_id, receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash, tombstone_sequence)
                SELECT tenant_id, receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash, $4::bigint
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND receipt_id = $2 AND ledger_sequence = $3
                ON CONFLICT DO NOTHING
                """, Tuple.of(tenant.value(), erasure.receiptId().value(), erasure.sequence(), tombstone));
    }

    private static Uni<RowSet<Row>> noteTombstone(Statements in, TenantId tenant, Erasure erasure, long tombstone) {
        return in.execute("""
                UPDATE {home}.erased_receipts
                SET tombstone_sequence = $4, updated_at = now()
                WHERE tenant_id = $1 AND receipt_id = $2 AND ledger_sequence = $3 AND tombstone_sequence IS NULL
                """, Tuple.of(tenant.value(), erasure.receiptId().value(), erasure.sequence(), tombstone));
    }

    /** The row, and the hash of its line in the row behind it. */
    private static Uni<RowSet<Row>> forgetRow(Statements in, TenantId tenant, Erasure erasure) {
        return in.execute("SELECT app.forget_receipt($1, $2)", Tuple.of(tenant.value(), erasure.receiptId().value()));
    }

    private static Uni<RowSet<Row>> forgetHashInHead(Statements in, TenantId tenant, Erasure erasure) {
        return in.execute("""
                UPDATE {home}.chain_heads AS head
                SET hash = decode(repeat('00', 32), 'hex'), updated_at = now()
                FROM {home}.erased_receipts AS erased
                WHERE erased.tenant_id = $1 AND erased.receipt_id = $2 AND head.tenant_id = $1
                  AND head.chain_id = erased.chain_id AND head.position = erased.chain_position
                """, Tuple.of(tenant.value(), erasure.receiptId().value()));
    }

    /** An event that nobody has acknowledged is written anew, at the end, without the receipt. */
    private static Uni<RowSet<Row>> forgetInOutbox(Statements in, TenantId tenant, Erasure erasure) {
        return in.execute("""
                WITH gone AS (
                    DELETE FROM {home}.outbox
                    WHERE tenant_id = $1
                      AND EXISTS (SELECT FROM jsonb_array_elements(payload -> 'items') AS item WHERE item ->> 'receipt_id' = $2)
                    RETURNING channel, payload, created_at
                )
                INSERT INTO {home}.outbox (channel, tenant_id, payload, created_at)
                SELECT channel, $1, jsonb_set(payload, '{items}', others.items), created_at
                FROM gone, LATERAL (
                    SELECT jsonb_agg(item ORDER BY place) AS items
                    FROM jsonb_array_elements(payload -> 'items') WITH ORDINALITY AS each (item, place)
                    WHERE item ->> 'receipt_id' <> $2
                ) AS others
                WHERE others.items IS NOT NULL
                """, Tuple.of(tenant.value(), erasure.receiptId().value()));
    }
}
