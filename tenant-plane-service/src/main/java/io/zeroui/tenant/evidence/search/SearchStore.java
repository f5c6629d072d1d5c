package io.zeroui.tenant.evidence.search;

import static java.util.stream.Collectors.joining;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.StoreColumns;
import io.zeroui.tenant.evidence.requests.PageCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Statements of the search. They are put together from the texts in this class alone, one for each set of filters, so that each
 * has the plan that is good for it; no text of a request is in them. The database stops one that takes longer than its client waits.
 */
@ApplicationScoped
class SearchStore {

    /** Most groups of an aggregate. */
    static final int MAX_GROUPS = 1_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String STOP_LATE_STATEMENTS = "SELECT set_config('statement_timeout', '9s', true)";
    private static final String STOPPED = "57014";

    /** In the same snapshot as the page: nothing can come between. */
    private static final String LAST_SEQUENCE = """
            (SELECT last.ledger_sequence FROM {home}.receipts_index AS last WHERE last.tenant_id = $1
             ORDER BY last.ledger_sequence DESC LIMIT 1)
            """;

    /** Each policy of a receipt once, however often it names it; a row without policies stays. */
    private static final String POLICIES = """
            LEFT JOIN LATERAL (
                SELECT policy, row_number() OVER () AS place
                FROM (SELECT DISTINCT unnest(policy_version_ids) AS policy) AS named
            ) AS policies ON true
            """;
    private static final String FIRST_POLICY = " FILTER (WHERE COALESCE(place, 1) = 1)";

    private final Tenancy tenancy;

    SearchStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * Rows of a page.
     *
     * @param rows in order
     * @param pin the tenant's last ledger sequence when the first page was read; 0 for an empty ledger
     */
    record Page(List<IndexedReceipt> rows, long pin) {
    }

    /**
     * A statement with its parameters, of which the first is the tenant.
     *
     * @param text with {@code {home}}
     * @param values of its parameters
     */
    record StoreQuery(String text, Tuple values) {
    }

    /** At most {@code limit} rows, newest first, behind a cursor where there is one. Fails as {@link EvidenceStore#answer}. */
    Uni<Page> list(TenantId tenant, SearchFilters filters, @Nullable PageCursor after, int limit) {
        return read(tenant, page(tenant, filters, after, limit)).map(rows -> {
            List<IndexedReceipt> found = receipts(rows);
            return new Page(found, after != null ? after.pin() : found.isEmpty() ? 0 : rows.iterator().next().getLong("pin"));
        });
    }

    static StoreQuery page(TenantId tenant, SearchFilters filters, @Nullable PageCursor after, int limit) {
        StoreConditions where = new StoreConditions(tenant, filters);
        if (after != null) {
            where.add("ledger_sequence <= ", after.pin(), "");
            where.add("(timestamp_utc, ledger_sequence) < (", after.time().atOffset(ZoneOffset.UTC), ", ");
            where.complete(after.sequence(), ")");
        }
        return where.query("""
                SELECT %s, %s AS pin
                FROM {home}.receipts_index
                WHERE %s
                ORDER BY timestamp_utc DESC, ledger_sequence DESC
                LIMIT %s
                """.formatted(StoreColumns.ALL, after == null ? LAST_SEQUENCE : "0::bigint", where, where.parameter(limit)));
    }

    /** At most {@code limit} links of a chain behind a position, in the chain's order. Fails as {@link EvidenceStore#answer}. */
    Uni<List<IndexedReceipt>> listChain(TenantId tenant, SearchFilters filters, long after, int limit) {
        return read(tenant, chain(tenant, filters, after, limit)).map(SearchStore::receipts);
    }

    static StoreQuery chain(TenantId tenant, SearchFilters filters, long after, int limit) {
        StoreConditions where = new StoreConditions(tenant, filters);
        where.add("chain_position > ", after, "");
        return where.query("""
                SELECT %s
                FROM {home}.receipts_index
                WHERE %s
                ORDER BY chain_position
                LIMIT %s
                """.formatted(StoreColumns.ALL, where, where.parameter(limit)));
    }

    /** Counts by keys, which are not empty. Fails as {@link EvidenceStore#answer}. */
    Uni<AggregateAnswer> count(TenantId tenant, SearchFilters filters, List<GroupKey> keys) {
        return read(tenant, counts(tenant, filters, keys)).map(rows -> groups(rows, keys));
    }

    static StoreQuery counts(TenantId tenant, SearchFilters filters, List<GroupKey> keys) {
        StoreConditions where = new StoreConditions(tenant, filters);
        boolean byPolicy = keys.contains(GroupKey.POLICY_VERSION_ID);
        String columns = keys.stream().map(key -> expression(key) + " AS " + key.member()).collect(joining(", "));
        String numbers = IntStream.rangeClosed(1, keys.size()).mapToObj(Integer::toString).collect(joining(", "));
        return where.query("""
                SELECT %s, count(*) AS count, (sum(count(*)%s) OVER ())::bigint AS total
                FROM {home}.receipts_index %s
                WHERE %s
                GROUP BY %s
                ORDER BY %s
                LIMIT %s
                """.formatted(columns, byPolicy ? FIRST_POLICY : "", byPolicy ? POLICIES : "", where, numbers, order(keys),
                where.parameter(MAX_GROUPS + 1)));
    }

    private static String expression(GroupKey key) {
        return switch (key) {
            case DAY -> "to_char(timestamp_utc AT TIME ZONE 'UTC', 'YYYY-MM-DD')";
            case POLICY_VERSION_ID -> "policy";
            default -> key.member();
        };
    }

    private static String order(List<GroupKey> keys) {
        List<String> order = new ArrayList<>();
        int day = keys.indexOf(GroupKey.DAY);
        if (day >= 0) {
            order.add((day + 1) + " DESC");
        }
        order.add("count DESC");
        for (GroupKey key : keys) {
            if (key != GroupKey.DAY) {
                order.add(expression(key) + " COLLATE \"C\" NULLS LAST");
            }
        }
        return String.join(", ", order);
    }

    private static AggregateAnswer groups(RowSet<Row> rows, List<GroupKey> keys) {
        List<Map<String, @Nullable Object>> groups = new ArrayList<>();
        long total = 0;
        for (Row row : rows) {
            Map<String, @Nullable Object> group = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                group.put(keys.get(i).member(), row.getString(i));
            }
            group.put("count", row.getLong("count"));
            groups.add(group);
            total = row.getLong("total");
        }
        boolean truncated = groups.size() > MAX_GROUPS;
        return new AggregateAnswer(truncated ? groups.subList(0, MAX_GROUPS) : groups, total, truncated);
    }

    private Uni<RowSet<Row>> read(TenantId tenant, StoreQuery query) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> inTime(in, query))
                .onFailure(failure -> failure instanceof PgException pg && STOPPED.equals(pg.getSqlState()))
                .transform(failure -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "the search took too long and was stopped; narrow it by from and to")));
    }

    private static Uni<RowSet<Row>> inTime(Statements in, StoreQuery query) {
        return Uni.join().all(in.execute(STOP_LATE_STATEMENTS), in.execute(query.text(), query.values())).andFailFast()
                .map(answers -> answers.get(1));
    }

    private static List<IndexedReceipt> receipts(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(StoreColumns::receipt).toList();
    }
}
