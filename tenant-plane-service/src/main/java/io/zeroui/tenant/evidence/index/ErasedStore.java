package io.zeroui.tenant.evidence.index;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads what is left of erased receipts. */
@ApplicationScoped
public class ErasedStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String COLUMNS = """
            SELECT gone.tenant_id, gone.receipt_id, gone.ledger_sequence, COALESCE(gone.tombstone_sequence, 0) AS tombstone_sequence,
                   COALESCE(act.done_at, gone.received_at) AS erased_at, COALESCE(act.done_by, '') AS erased_by,
                   COALESCE(act.reason, '') AS reason, COALESCE(act.case_id, '') AS case_id
            FROM {home}.erased_receipts AS gone
            LEFT JOIN {home}.ledger_acts AS act
                ON act.tenant_id = gone.tenant_id AND act.ledger_sequence = gone.tombstone_sequence
            """;

    private final Tenancy tenancy;

    ErasedStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Those of these receipts that the tenant's ledger has erased. */
    public Uni<List<ErasedReceipt>> list(TenantId tenant, Collection<ReceiptId> ids) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute(COLUMNS + """
                WHERE gone.tenant_id = $1 AND gone.receipt_id = ANY ($2)
                ORDER BY gone.ledger_sequence
                """, Tuple.of(tenant.value(), ids.stream().map(ReceiptId::value).toArray(String[]::new))))
                .map(ErasedStore::receipts));
    }

    /** At most two erased receipts of that id, in any tenant. */
    public Uni<List<ErasedReceipt>> list(ReceiptId id) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInEveryHome("whoever asks by the id alone does not know the tenant",
                in -> in.execute(COLUMNS + """
                        WHERE gone.receipt_id = $1
                        LIMIT 2
                        """, Tuple.of(id.value())).map(ErasedStore::receipts))
                .map(found -> found.stream().flatMap(List::stream).limit(2).toList()));
    }

    private static List<ErasedReceipt> receipts(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> {
            OffsetDateTime erasedAt = row.getOffsetDateTime("erased_at");
            return new ErasedReceipt(row.getString("tenant_id"), row.getString("receipt_id"), row.getLong("ledger_sequence"),
                    row.getLong("tombstone_sequence"), erasedAt.toInstant(), row.getString("erased_by"), row.getString("reason"),
                    row.getString("case_id"));
        }).toList();
    }
}
