package io.zeroui.tenant.evidence.verification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.chain.ChainLink;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.StoreColumns;
import io.zeroui.tenant.evidence.requests.PageCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

/** The rows of a range and what is before them in their chains. */
@ApplicationScoped
class RangeStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Tenancy tenancy;

    RangeStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * Rows of a page.
     *
     * @param rows in order
     * @param pin the tenant's last ledger sequence when the first page was read
     */
    record Page(List<IndexedReceipt> rows, long pin) {
    }

    /** At most {@code limit} receipts of the time, oldest first. */
    Uni<Page> list(TenantId tenant, RangeRequest range, int limit) {
        PageCursor after = range.after();
        Instant from = after == null ? range.from() : after.time();
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("WITH pin AS (SELECT " + """
                COALESCE($6, (SELECT last.ledger_sequence FROM {home}.receipts_index AS last WHERE last.tenant_id = $1
                              ORDER BY last.ledger_sequence DESC LIMIT 1), 0) AS pin)
                SELECT pin,
                """ + StoreColumns.ALL + """
                FROM {home}.receipts_index, pin
                WHERE tenant_id = $1 AND timestamp_utc < $2 AND timestamp_utc >= $3 AND (timestamp_utc, ledger_sequence) > ($3, $4)
                  AND ledger_sequence <= pin
                ORDER BY timestamp_utc, ledger_sequence
                LIMIT $5
                """, Tuple.of(tenant.value(), utc(range.to()), utc(from), after == null ? 0L : after.sequence(), limit,
                        after == null ? null : after.pin())))
                .map(rows -> new Page(receipts(rows), rows.size() == 0 ? 0 : rows.iterator().next().getLong("pin"))));
    }

    /** The receipts of those ids that there are, in the order of the ledger. */
    Uni<List<IndexedReceipt>> list(TenantId tenant, List<ReceiptId> ids) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("SELECT " + StoreColumns.ALL + """
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND receipt_id = ANY ($2)
                ORDER BY ledger_sequence
                """, Tuple.of(tenant.value(), ids.stream().map(ReceiptId::value).toArray(String[]::new))))
                .map(RangeStore::receipts));
    }

    /** The links before these, those that there are. */
    Uni<List<ChainLink>> predecessors(TenantId tenant, List<ChainLink> links) {
        if (links.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                WITH wanted AS (SELECT * FROM UNNEST ($2::text[], $3::bigint[]) AS link (chain_id, chain_position))
                SELECT r.chain_id, r.chain_position, r.hash, r.commitment, r.prev_hash, r.chain_hash
                FROM wanted
                JOIN {home}.receipts_index AS r
                  ON r.tenant_id = $1 AND r.chain_id = wanted.chain_id AND r.chain_position = wanted.chain_position
                UNION ALL
                SELECT e.chain_id, e.chain_position, zero.hash, zero.hash, zero.hash, e.chain_hash
                FROM (SELECT decode(repeat('00', 32), 'hex') AS hash) AS zero, wanted
                JOIN {home}.erased_receipts AS e
                  ON e.tenant_id = $1 AND e.chain_id = wanted.chain_id AND e.chain_position = wanted.chain_position
                UNION ALL
                SELECT l.chain_id, l.chain_position, zero.hash, zero.hash, zero.hash, l.chain_hash
                FROM (SELECT decode(repeat('00', 32), 'hex') AS hash) AS zero, wanted
                JOIN {home}.dropped_links AS l
                  ON l.tenant_id = $1 AND l.chain_id = wanted.chain_id AND l.chain_position = wanted.chain_position
                """, Tuple.of(tenant.value(), links.stream().map(link -> link.chain().value()).toArray(String[]::new),
                        links.stream().map(link -> link.position() - 1).toArray(Long[]::new))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(StoreColumns::link).toList()));
    }

    private static List<IndexedReceipt> receipts(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(StoreColumns::receipt).toList();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
