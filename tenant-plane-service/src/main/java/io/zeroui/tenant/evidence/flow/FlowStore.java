package io.zeroui.tenant.evidence.flow;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.StoreColumns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads a flow level by level, in one transaction: at every level the number of rows is bounded, and no plan can go wrong. */
@ApplicationScoped
class FlowStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String STOP_LATE_STATEMENTS = "SELECT set_config('statement_timeout', '9s', true)";

    private final Tenancy tenancy;

    FlowStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Levels of a tenant's flow. */
    final class StoreLevels {

        private final TenantId tenant;
        private final Statements in;

        private StoreLevels(TenantId tenant, Statements in) {
            this.tenant = tenant;
            this.in = in;
        }

        /** The receipt of that id, in a list of one or none. */
        Uni<List<IndexedReceipt>> byId(String id) {
            return in.execute("SELECT " + StoreColumns.ALL + """
                    FROM {home}.receipts_index
                    WHERE tenant_id = $1 AND receipt_id = $2
                    """, Tuple.of(tenant.value(), id)).map(FlowStore::receipts);
        }

        /** The first receipts that name one of these as their parent, by time; of one parent no more are read either. */
        Uni<List<IndexedReceipt>> childrenOf(List<String> ids, int limit) {
            return in.execute("SELECT " + StoreColumns.ALL + """
                    FROM UNNEST ($2::text[]) AS parent (id)
                    CROSS JOIN LATERAL (
                        SELECT *
                        FROM {home}.receipts_index
                        WHERE tenant_id = $1 AND parent_receipt_id = parent.id
                        ORDER BY timestamp_utc, ledger_sequence
                        LIMIT $3
                    ) AS child
                    ORDER BY timestamp_utc, ledger_sequence
                    LIMIT $3
                    """, Tuple.of(tenant.value(), ids.toArray(String[]::new), limit)).map(FlowStore::receipts);
        }
    }

    /** Runs work that reads levels; fails as {@link EvidenceStore#answer} and as the work does. */
    <T> Uni<T> read(TenantId tenant, Function<StoreLevels, Uni<T>> work) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant,
                in -> in.execute(STOP_LATE_STATEMENTS).chain(() -> work.apply(new StoreLevels(tenant, in)))));
    }

    private static List<IndexedReceipt> receipts(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(StoreColumns::receipt).toList();
    }
}
