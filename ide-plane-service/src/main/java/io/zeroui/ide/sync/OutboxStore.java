package io.zeroui.ide.sync;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** SQL on {@code core.outbox} and {@code core.edge_epoch}; rows are added by the index's transaction. */
@ApplicationScoped
class OutboxStore {

    /** The relay sends one stream in one order, whoever's receipts they are. */
    private static final String RELAY = "the outbox is one queue of all tenants";

    private final Tenancy tenancy;

    OutboxStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The identity of this outbox. */
    Uni<String> epoch() {
        return tenancy.readInPlane(RELAY, in -> in.execute("SELECT epoch::text AS epoch FROM core.edge_epoch WHERE single"))
                .map(rows -> rows.iterator().next().getString("epoch"));
    }

    /** Rows to send, with a greater sequence, in order. */
    Uni<List<OutboxRow>> listAfter(long sequence, int limit) {
        return tenancy.readInPlane(RELAY, in -> in.execute("""
                SELECT sequence, receipt_id, tenant_id, repo_id, kid, hash, file, file_offset, line_length, created_at
                  FROM core.outbox
                 WHERE sequence > $1 AND parked_reason IS NULL
                 ORDER BY sequence
                 LIMIT $2
                """, Tuple.of(sequence, limit))).map(rows -> {
            List<OutboxRow> found = new ArrayList<>(rows.size());
            rows.forEach(row -> found.add(rowOf(row)));
            return found;
        });
    }

    /** Removes acknowledged rows; returns how many there were. */
    Uni<Integer> drop(List<SequenceRange> ranges) {
        return tenancy.inPlane(RELAY, in -> in.execute("""
                DELETE FROM core.outbox
                 USING UNNEST ($1::bigint[], $2::bigint[]) AS acknowledged (first, last)
                 WHERE sequence BETWEEN acknowledged.first AND acknowledged.last
                """, Tuple.of(ranges.stream().map(SequenceRange::from).toArray(Long[]::new),
                ranges.stream().map(SequenceRange::to).toArray(Long[]::new))))
                .map(rows -> rows.rowCount());
    }

    /** Sets rows aside that cannot be sent. */
    Uni<Void> park(List<Long> sequences, String reason) {
        return tenancy.inPlane(RELAY, in -> in.execute(
                "UPDATE core.outbox SET parked_reason = $2 WHERE sequence = ANY ($1)",
                Tuple.of(sequences.toArray(Long[]::new), reason)))
                .replaceWithVoid();
    }

    /** Gives rows that were set aside another chance. */
    Uni<Integer> unpark() {
        return tenancy.inPlane(RELAY, in -> in.execute(
                "UPDATE core.outbox SET parked_reason = NULL WHERE parked_reason IS NOT NULL"))
                .map(rows -> rows.rowCount());
    }

    /** How many rows wait, how many are set aside, and the oldest. */
    Uni<OutboxState> state() {
        return tenancy.readInPlane(RELAY, in -> in.execute("""
                SELECT count(*) FILTER (WHERE parked_reason IS NULL) AS waiting,
                       count(*) FILTER (WHERE parked_reason IS NOT NULL) AS parked,
                       min(created_at) AS oldest
                  FROM core.outbox
                """)).map(rows -> {
            Row row = rows.iterator().next();
            return new OutboxState(row.getLong("waiting"), row.getLong("parked"),
                    row.getOffsetDateTime("oldest") == null ? null : row.getOffsetDateTime("oldest").toInstant());
        });
    }

    private static OutboxRow rowOf(Row row) {
        return new OutboxRow(row.getLong("sequence"), ReceiptId.of(row.getString("receipt_id")),
                TenantId.of(row.getString("tenant_id")), RepoId.of(row.getString("repo_id")),
                Kid.of(row.getString("kid")), new Hash(row.getBuffer("hash").getBytes()),
                new LinePosition(row.getString("file"), row.getLong("file_offset"), row.getInteger("line_length")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
