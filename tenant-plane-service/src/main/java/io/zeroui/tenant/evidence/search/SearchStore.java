package io.zeroui.tenant.evidence.search;

import static java.util.stream.Collectors.joining;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
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
import io.zeroui.tenant.evidence.index.WordStore;
import io.zeroui.tenant.evidence.requests.PageCursor;
import io.zeroui.tenant.evidence.search.SearchText.Words;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        return read(tenant, filters, words -> page(tenant, filters, words, after, limit)).map(rows -> new Page(receipts(rows),
                after != null ? after.pin() : rows.isEmpty() ? 0 : rows.get(0).getLong("pin")));
    }

    static StoreQuery page(TenantId tenant, SearchFilters filters, @Nullable Words words, @Nullable PageCursor after, int limit) {
        StoreConditions where = new StoreConditions(tenant);
        String pin = after == null ? LAST_SEQUENCE : "0::bigint";
        if (words != null && words.lead()) {
            return new StoreQuery("""
                    SELECT %1$s, %2$s AS pin
                    FROM %3$s
                    WHERE %4$s
                    ORDER BY word_time DESC, word_sequence DESC
                    LIMIT %5$s
                    """.formatted(StoreColumns.ALL, pin, where.byWord(StoreColumns.ALL, filters, words, after), where.equal(filters),
                    where.parameter(limit)), where.values());
        }
        return new StoreQuery("""
                SELECT %s, %s AS pin
                FROM {home}.receipts_index
                WHERE %s%s
                ORDER BY timestamp_utc DESC, ledger_sequence DESC
                LIMIT %s
                """.formatted(StoreColumns.ALL, pin, rows(where, filters, words), where.behind(after), where.parameter(limit)),
                where.values());
    }

    /** All conditions of the filters. */
    static String rows(StoreConditions where, SearchFilters filters, @Nullable Words words) {
        return where.equal(filters) + where.times(filters)
                + where.words("receipts_index", words, words == null ? List.of() : words.required());
    }

    /** At most {@code limit} links of a chain behind a position, in the chain's order. Fails as {@link EvidenceStore#answer}. */
    Uni<List<IndexedReceipt>> listChain(TenantId tenant, SearchFilters filters, long after, int limit) {
        return read(tenant, filters, words -> chain(tenant, filters, words, after, limit)).map(SearchStore::receipts);
    }

    static StoreQuery chain(TenantId tenant, SearchFilters filters, @Nullable Words words, long after, int limit) {
        StoreConditions where = new StoreConditions(tenant);
        return new StoreQuery("""
                SELECT %s
                FROM {home}.receipts_index
                WHERE %s AND chain_position > %s
                ORDER BY chain_position
                LIMIT %s
                """.formatted(StoreColumns.ALL, rows(where, filters, words), where.parameter(after), where.parameter(limit)),
                where.values());
    }

    /**
     * At most {@code limit} rows of a stretch of the ledger that begins behind {@code after} and ends at {@code to}, in its order or,
     * backward, from its end. Fails as {@link EvidenceStore#answer}.
     */
    Uni<List<IndexedReceipt>> listLedger(TenantId tenant, SearchFilters filters, long after, long to, boolean backward, int limit) {
        return read(tenant, filters, words -> ledger(tenant, filters, words, after, to, backward, limit)).map(SearchStore::receipts);
    }

    static StoreQuery ledger(TenantId tenant, SearchFilters filters, @Nullable Words words, long after, long to, boolean backward,
            int limit) {
        StoreConditions where = new StoreConditions(tenant);
        return new StoreQuery("""
                SELECT %s
                FROM {home}.receipts_index
                WHERE %s AND ledger_sequence > %s AND ledger_sequence <= %s
                ORDER BY ledger_sequence %s
                LIMIT %s
                """.formatted(StoreColumns.ALL, rows(where, filters, words), where.parameter(after), where.parameter(to),
                backward ? "DESC" : "ASC", where.parameter(limit)), where.values());
    }

    /** How far the tenant's ledger is indexed; 0 where there is none. Fails as {@link EvidenceStore#answer}. */
    Uni<Long> last(TenantId tenant) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT COALESCE(max(ledger_sequence), 0)::bigint AS last
                FROM {home}.ledger_watermarks
                WHERE tenant_id = $1
                """, Tuple.of(tenant.value()))).map(rows -> rows.iterator().next().getLong("last")));
    }

    /** Counts by keys, which are not empty. Fails as {@link EvidenceStore#answer}. */
    Uni<AggregateAnswer> count(TenantId tenant, SearchFilters filters, List<GroupKey> keys) {
        return read(tenant, filters, words -> counts(tenant, filters, words, keys)).map(rows -> groups(rows, keys));
    }

    static StoreQuery counts(TenantId tenant, SearchFilters filters, @Nullable Words words, List<GroupKey> keys) {
        StoreConditions where = new StoreConditions(tenant);
        boolean byPolicy = keys.contains(GroupKey.POLICY_VERSION_ID);
        String columns = keys.stream().map(key -> expression(key) + " AS " + key.member()).collect(joining(", "));
        String numbers = IntStream.rangeClosed(1, keys.size()).mapToObj(Integer::toString).collect(joining(", "));
        String byWord = words != null && words.lead() ? where.byWord(StoreColumns.ALL, filters, words, null) : "";
        return new StoreQuery("""
                SELECT %s, count(*) AS count, (sum(count(*)%s) OVER ())::bigint AS total
                FROM %s %s
                WHERE %s
                GROUP BY %s
                ORDER BY %s
                LIMIT %s
                """.formatted(columns, byPolicy ? FIRST_POLICY : "",
                byWord.isEmpty() ? "{home}.receipts_index" : byWord, byPolicy ? POLICIES : "",
                byWord.isEmpty() ? rows(where, filters, words) : where.equal(filters), numbers, order(keys), where.parameter(MAX_GROUPS + 1)), where.values());
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

    private static AggregateAnswer groups(List<Row> rows, List<GroupKey> keys) {
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

    /** What a statement answers that is made for the words of the filters' text; nothing where no receipt has one of them. */
    private Uni<List<Row>> read(TenantId tenant, SearchFilters filters, Function<@Nullable Words, StoreQuery> query) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> Uni.join().all(
                in.execute(STOP_LATE_STATEMENTS).map(done -> List.<Row>of()), rows(in, tenant, filters, query))
                .andFailFast().map(answers -> answers.get(1)))
                .onFailure(failure -> failure instanceof PgException pg && STOPPED.equals(pg.getSqlState()))
                .transform(failure -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "the search took too long and was stopped; narrow it by from and to")));
    }

    /** The same in somebody's transaction. */
    static Uni<List<Row>> rows(Statements in, TenantId tenant, SearchFilters filters, Function<@Nullable Words, StoreQuery> query) {
        SearchText text = filters.text();
        return text == null ? rows(in, query.apply(null)) : rows(in, tenant, filters, text, query);
    }

    private static Uni<List<Row>> rows(Statements in, TenantId tenant, SearchFilters filters, SearchText text,
            Function<@Nullable Words, StoreQuery> query) {
        return WordStore.look(in, tenant, text.all(), SearchText.MAX_WORDS + 1, filters.from(), filters.to()).map(text::words)
                .chain(words -> words.entries() == 0 ? Uni.createFrom().item(List.of())
                        : lead(in, tenant, filters, words).chain(best -> rows(in, query.apply(best))));
    }

    private static Uni<List<Row>> rows(Statements in, StoreQuery query) {
        return in.execute(query.text(), query.values()).map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    /** Common words follow where a filter has few rows: either way few are read. */
    private static Uni<Words> lead(Statements in, TenantId tenant, SearchFilters filters, Words words) {
        StoreConditions where = new StoreConditions(tenant);
        String fewest = words.areCommon() ? where.fewest(filters, WordStore.COMMON) : null;
        return fewest == null ? Uni.createFrom().item(words) : in.execute(fewest, where.values())
                .map(rows -> rows.iterator().next().getLong("rows") < WordStore.COMMON ? words.following() : words);
    }

    static List<IndexedReceipt> receipts(List<Row> rows) {
        return rows.stream().map(StoreColumns::receipt).toList();
    }
}
