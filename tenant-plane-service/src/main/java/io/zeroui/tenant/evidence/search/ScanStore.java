package io.zeroui.tenant.evidence.search;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.search.SearchStore.StoreQuery;
import io.zeroui.tenant.evidence.search.SearchText.Words;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        return read(tenant, filters, words -> now(tenant, filters, words))
                .map(rows -> rows.isEmpty() ? new Moment(0, 0) // no receipt has one of the words
                        : new Moment(rows.get(0).getLong("pin"), rows.get(0).getLong("rows")));
    }

    private static StoreQuery now(TenantId tenant, SearchFilters filters, @Nullable Words words) {
        StoreConditions where = new StoreConditions(tenant);
        return new StoreQuery("""
                SELECT COALESCE((SELECT last.ledger_sequence FROM {home}.receipts_index AS last WHERE last.tenant_id = $1
                                 ORDER BY last.ledger_sequence DESC LIMIT 1), 0) AS pin,
                       count(*) AS rows
                FROM {home}.receipts_index
                WHERE %s
                """.formatted(SearchStore.rows(where, filters, words)), where.values());
    }

    /**
     * The next rows of a moment, at most {@code limit}. Fails as {@link EvidenceStore#answer}.
     *
     * @param pin of the moment
     * @param after the ledger sequence of the row before; 0 for the beginning
     */
    public Uni<List<IndexedReceipt>> list(TenantId tenant, SearchFilters filters, long pin, long after, int limit) {
        return read(tenant, filters, words -> SearchStore.ledger(tenant, filters, words, after, pin, false, limit))
                .map(SearchStore::receipts);
    }

    private Uni<List<Row>> read(TenantId tenant, SearchFilters filters, Function<@Nullable Words, StoreQuery> query) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> Uni.join().all(
                in.execute(STOP_LATE_STATEMENTS).map(done -> List.<Row>of()), SearchStore.rows(in, tenant, filters, query))
                .andFailFast().map(answers -> answers.get(1))));
    }
}
