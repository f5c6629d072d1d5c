package io.zeroui.tenant.evidence.search;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.StoreColumns;
import io.zeroui.tenant.evidence.search.SearchStore.StoreQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads all that the filters of a search let pass, in the ledger's order, for those who can wait longer than a client does. */
@ApplicationScoped
public class ScanStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(65);
    private static final String STOP_LATE_STATEMENTS = "SELECT set_config('statement_timeout', '60s', true)";

    private final Tenancy tenancy;

    ScanStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * One moment of a tenant's index.
     *
     * @param pin the tenant's last ledger sequence; 0 for an empty ledger
     * @param rows that the filters let pass
     */
    public record Moment(long pin, long rows) {
    }

    /** The present moment. Fails as {@link EvidenceStore#answer}. */
    public Uni<Moment> now(TenantId tenant, SearchFilters filters) {
        StoreConditions where = new StoreConditions(tenant, filters);
        return read(tenant, where.query("""
                SELECT COALESCE((SELECT last.ledger_sequence FROM {home}.receipts_index AS last WHERE last.tenant_id = $1
                                 ORDER BY last.ledger_sequence DESC LIMIT 1), 0) AS pin,
                       count(*) AS rows
                FROM {home}.receipts_index
                WHERE %s
                """.formatted(where))).map(rows -> {
            Row row = rows.iterator().next();
            return new Moment(row.getLong("pin"), row.getLong("rows"));
        });
    }

    /**
     * The next rows of a moment, at most {@code limit}. Fails as {@link EvidenceStore#answer}.
     *
     * @param pin of the moment
     * @param after the ledger sequence of the row before; 0 for the beginning
     */
    public Uni<List<IndexedReceipt>> list(TenantId tenant, SearchFilters filters, long pin, long after, int limit) {
        StoreConditions where = new StoreConditions(tenant, filters);
        where.add("ledger_sequence > ", after, "");
        where.add("ledger_sequence <= ", pin, "");
        return read(tenant, where.query("""
                SELECT %s
                FROM {home}.receipts_index
                WHERE %s
                ORDER BY ledger_sequence
                LIMIT %s
                """.formatted(StoreColumns.ALL, where, where.parameter(limit))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(StoreColumns::receipt).toList());
    }

    private Uni<RowSet<Row>> read(TenantId tenant, StoreQuery query) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> inTime(in, query)));
    }

    private static Uni<RowSet<Row>> inTime(Statements in, StoreQuery query) {
        return Uni.join().all(in.execute(STOP_LATE_STATEMENTS), in.execute(query.text(), query.values())).andFailFast()
                .map(answers -> answers.get(1));
    }
}
